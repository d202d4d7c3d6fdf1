import type { IncomingHttpHeaders } from 'node:http';
import type { Context, Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The place of a request in a trace (W3C Trace Context). */
export interface TraceParent {
  /** 32 hex digits, not all 0. */
  readonly traceId: string;
  /** 16 hex digits, not all 0. */
  readonly spanId: string;
  readonly flags: number;
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The header by §3.2 of the recommendation. Undefined: it must be ignored, as if it were absent. */
export function traceParentIn(header: string | string[] | undefined): TraceParent | undefined {
  const [, version, traceId = '', spanId = '', flags = '', more] =
    TRACEPARENT.exec(typeof header === 'string' ? header : '') ?? [];
  const isVersion = version !== undefined && version !== 'ff' && (version !== '00' || more === undefined);
  if (!isVersion || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}

/** Where any copy of OpenTelemetry's API with this major version has the registered SDK. */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');

/**
 * Follows requests through a trace: the ids of the trace are in their lines of the log. Where an OpenTelemetry SDK was registered before
 * the server started, each request has a server span, which is active in its handler. Without an SDK the API is not even loaded.
 */
export async function traceRequests(fastify: FastifyInstance, version: string): Promise<void> {
  const spans = REGISTERED in globalThis ? new Spans(await import('@opentelemetry/api'), version) : undefined;
  fastify.addHook('onRequest', (request, reply, done) => {
    const { traceparent } = request.headers;
    const parent = traceparent === undefined ? undefined : traceParentIn(traceparent);
    const ids = spans?.start(request, reply.raw, parent) ?? parent;
    if (ids) {
      const { traceId, spanId } = ids;
      request.log = reply.log = request.log.child({ traceId, spanId });
    }
    done();
  });
  // The span becomes active only here: the context would be lost while the body is read.
  if (spans) fastify.addHook('preHandler', (request, _reply, done) => spans.run(request, done));
}

/** The methods of the conventions (HTTP spans, `http.request.method`) that Node knows. */
const METHODS = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

type Raw = Pick<import('node:http').ServerResponse, 'once' | 'statusCode'>;

/** A server span for each request, by the semantic conventions of OpenTelemetry for HTTP. */
class Spans {
  private readonly contexts = new WeakMap<FastifyRequest, Context>();

  constructor(
    private readonly api: typeof import('@opentelemetry/api'),
    private readonly version: string,
  ) {}

  /** Starts the span, which ends with the answer or the connection. Returns its ids; undefined where no SDK makes any. */
  start(
    request: FastifyRequest,
    raw: Raw,
    parent: TraceParent | undefined,
  ): Pick<TraceParent, 'traceId' | 'spanId'> | undefined {
    const { trace, SpanKind, isSpanContextValid } = this.api;
    const { method, route } = namesOf(request);
    const context = this.contextIn(request.headers, parent);
    const span = trace
      .getTracer('borderline', this.version)
      .startSpan(
        route === undefined ? method : `${method} ${route}`,
        { kind: SpanKind.SERVER, attributes: attributesOf(request) },
        context,
      );
    this.contexts.set(request, trace.setSpan(context, span));
    raw.once('close', () => this.end(span, raw.statusCode));
    const ids = span.spanContext();
    return isSpanContextValid(ids) ? ids : undefined;
  }

  run(request: FastifyRequest, done: () => void): void {
    const { context, ROOT_CONTEXT } = this.api;
    context.with(this.contexts.get(request) ?? ROOT_CONTEXT, done);
  }

  /** By the registered propagator; else by the headers of W3C. */
  private contextIn(headers: IncomingHttpHeaders, parent: TraceParent | undefined): Context {
    const { createTraceState, propagation, ROOT_CONTEXT, trace } = this.api;
    const extracted = propagation.extract(ROOT_CONTEXT, headers);
    if (parent === undefined || trace.getSpanContext(extracted)) return extracted;
    const { traceId, spanId, flags } = parent;
    const state = headers['tracestate'];
    return trace.setSpanContext(extracted, {
      traceId,
      spanId,
      traceFlags: flags,
      isRemote: true,
      ...(typeof state === 'string' && { traceState: createTraceState(state) }),
    });
  }

  private end(span: Span, status: number): void {
    span.setAttribute('http.response.status_code', status);
    if (status >= 500) {
      span.setAttribute('error.type', String(status));
      span.setStatus({ code: this.api.SpanStatusCode.ERROR });
    }
    span.end();
  }
}

function namesOf({ method, is404, routeOptions }: FastifyRequest): {
  readonly method: string;
  readonly route?: string;
} {
  const known = METHODS.includes(method) ? method : 'HTTP';
  return { method: known, ...(!is404 && routeOptions.url !== undefined && { route: routeOptions.url }) };
}

function attributesOf(request: FastifyRequest): Record<string, string> {
  const { method, route } = namesOf(request);
  const [path = '', ...query] = (request.raw.url ?? '').split('?');
  const agent = request.headers['user-agent'];
  return {
    'http.request.method': method === 'HTTP' ? '_OTHER' : method,
    ...(method === 'HTTP' && { 'http.request.method_original': request.method }),
    ...(route !== undefined && { 'http.route': route }),
    'url.scheme': request.protocol,
    'url.path': path,
    ...(query.length > 0 && { 'url.query': query.join('?') }),
    'client.address': request.ip,
    'network.protocol.version': request.raw.httpVersion,
    ...(agent !== undefined && { 'user_agent.original': agent }),
  };
}
