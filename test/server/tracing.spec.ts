import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Post } from '@nestjs/common';
import {
  context,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type ContextManager,
} from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { Needs } from '../../apps/server/keys/needs.js';
import { traceParentIn } from '../../apps/server/tracing.js';
import { application, type Application } from './application.js';
import { removeFolder, spawnServer, temporaryFolder } from './spawned.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const SOUND = `00-${TRACE}-${SPAN}-01`;

describe('a traceparent', () => {
  it.each([
    [SOUND, 1],
    [`00-${TRACE}-${SPAN}-00`, 0],
    [`00-${TRACE}-${SPAN}-ff`, 255],
    // A header of a later version may have more members (§3.2.4).
    [`cc-${TRACE}-${SPAN}-01`, 1],
    [`cc-${TRACE}-${SPAN}-01-what-the-future-brings`, 1],
  ])('%s is read', (header, flags) => {
    expect(traceParentIn(header)).toEqual({ traceId: TRACE, spanId: SPAN, flags });
  });

  it.each([
    undefined,
    '',
    'x',
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `cc-${TRACE}-${SPAN}-01more`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-1`,
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}a-${SPAN}-01`,
    ` ${SOUND}`,
    `${SOUND}\n`,
    `${SOUND}, ${SOUND}`,
    `00-${TRACE}-${SPAN}-0g`,
  ])('%j is ignored', (header) => {
    expect(traceParentIn(header)).toBeUndefined();
  });
});

it('is in every line of the log about its request; a wrong traceparent is in no line', async () => {
  const folder = temporaryFolder();
  const server = await spawnServer(folder, [], { BORDERLINE_LOG_LEVEL: 'info' });
  const wrong = [`00-${'0'.repeat(32)}-${SPAN}-01`, 'x'.repeat(4000)];
  for (const traceparent of [SOUND, ...wrong]) {
    expect((await fetch(`${server.url}/health/live`, { headers: { traceparent } })).status).toBe(200);
  }
  await server.stop();
  removeFolder(folder);
  const lines = server.stderr().trim().split('\n');
  const answered = lines.map((line) => JSON.parse(line) as object).filter((line) => 'status' in line);
  expect(answered).toHaveLength(3);
  expect(answered[0]).toMatchObject({ traceId: TRACE, spanId: SPAN });
  for (const line of answered.slice(1)) expect(line).not.toHaveProperty('traceId');
});

@Controller('probe')
class Probe {
  @Get('active/:id')
  active(): object {
    return { ...trace.getActiveSpan()?.spanContext() };
  }

  @Post('active')
  @Needs('report')
  sent(@Body() _: unknown): object {
    return this.active();
  }

  @Get('bug')
  bug(): never {
    throw new Error('a bug');
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo() && tries < 500; tries += 1) await pause(20);
}

/** The parts of an SDK for Node that the tests need. */
class Contexts implements ContextManager {
  private readonly storage = new AsyncLocalStorage<Context>();

  active = (): Context => this.storage.getStore() ?? ROOT_CONTEXT;
  with = (<T>(active: Context, run: () => T) => this.storage.run(active, run)) as ContextManager['with'];
  bind = <T>(_: Context, target: T): T => target;
  enable = (): this => this;
  disable = (): this => this;
}

describe('where an OpenTelemetry SDK is loaded', () => {
  const exporter = new InMemorySpanExporter();
  let running: Application;
  beforeAll(async () => {
    trace.setGlobalTracerProvider(
      new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
    );
    context.setGlobalContextManager(new Contexts());
    running = await application([Probe], { BORDERLINE_KEY: 'a-key' });
  });
  afterAll(async () => {
    await running.stop();
    trace.disable();
    context.disable();
  });

  /** The span of a request, once the request has been answered. */
  const spanOf = async (path: string, init: RequestInit = {}) => {
    exporter.reset();
    const response = await fetch(running.url + path, init);
    const text = await response.text();
    await until(() => exporter.getFinishedSpans().length > 0);
    const [span] = exporter.getFinishedSpans();
    return { span: span!, text };
  };

  it('each request is a server span in the trace of its sender', async () => {
    const headers = { traceparent: SOUND, tracestate: 'a=1', 'user-agent': 'a test' };
    const { span } = await spanOf('/v1/crossings/nowhere?asOf=2025-11-05', { headers });
    expect(span.name).toBe('GET /v1/crossings/:id');
    expect(span.kind).toBe(1);
    expect(span.parentSpanContext).toMatchObject({ traceId: TRACE, spanId: SPAN, isRemote: true });
    expect(span.spanContext().traceId).toBe(TRACE);
    expect(span.spanContext().traceState?.serialize()).toBe('a=1');
    expect(span.attributes).toEqual({
      'http.request.method': 'GET',
      'http.route': '/v1/crossings/:id',
      'http.response.status_code': 404,
      'url.scheme': 'http',
      'url.path': '/v1/crossings/nowhere',
      'url.query': 'asOf=2025-11-05',
      'client.address': '127.0.0.1',
      'network.protocol.version': '1.1',
      'user_agent.original': 'a test',
    });
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
  });

  it('the span is active in the handler, also after a body was read', async () => {
    const sending = {
      method: 'POST',
      headers: { authorization: 'Bearer a-key', 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'x'.repeat(300_000) }),
    };
    for (const [path, init] of [
      ['/probe/active/1', {}],
      ['/probe/active', sending],
    ] as const) {
      const { span, text } = await spanOf(path, init);
      const { spanId, traceId } = span.spanContext();
      expect(JSON.parse(text)).toMatchObject({ spanId, traceId });
      expect(span.parentSpanContext).toBeUndefined();
    }
  });

  it('a wrong traceparent begins another trace', async () => {
    const { span } = await spanOf('/health/live', {
      headers: { traceparent: `${SOUND}-more`, tracestate: '=,=;\t' },
    });
    expect(span.spanContext().traceId).not.toBe(TRACE);
  });

  it('a fault of the service is a fault of the span; an unknown address has no route', async () => {
    const { span } = await spanOf('/probe/bug');
    expect(span.status.code).toBe(SpanStatusCode.ERROR);
    expect(span.attributes).toMatchObject({ 'http.response.status_code': 500, 'error.type': '500' });
    const missing = await spanOf('/nowhere/1234');
    expect(missing.span.name).toBe('GET');
    expect(missing.span.attributes).not.toHaveProperty(['http.route']);
  });
});
