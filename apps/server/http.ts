import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Bindings, Logger } from 'pino';
import type { EventLog } from '#log';
import type { Runtime } from '#runtime';
import { Connections } from './connections.js';
import { serveDocsPage } from './docs/docs-page.js';
import { serveDocument } from './docs/openapi.js';
import { acceptJsonOnly, BODY_LIMIT, limitBodies, readUnreadBodies } from './json-body.js';
import { RequestMetrics } from './health/metrics.js';
import { KeyHook } from './keys/key-hook.js';
import { accessOf } from './keys/needs.js';
import { nestLogger, RequestLog } from './logging.js';
import { serveWebPage, type PageOptions } from './page/web-page.js';
import { methodsOf } from './problems/methods.js';
import { Problem } from './problems/problem.js';
import { answerProblem } from './problems/problem-filter.js';
import { answerBrokenRequest, answerByProtocol } from './protocol.js';
import { EVENT_LOG } from './provided.js';
import type { Settings } from '../settings.js';
import { compressAnswers } from './reading/compression.js';
import { assertWellFormed, parseQuery } from './reading/query.js';
import { traceRequests } from './tracing.js';

export interface ApplicationOptions {
  readonly logger: Logger;
  readonly version: string;
  readonly runtime: Runtime;
  /** The origins of pages that may use the API. */
  readonly cors?: Settings['cors'];
  readonly page?: PageOptions;
  readonly trustedProxies?: Settings['trustedProxies'];
  /** Seconds for which the log has been behind its cluster; 0 while it has everything. */
  readonly behind?: () => number;
}

/** The whole HTTP application, not yet listening. `root` is `AppModule.of(…)`. */
export async function createApplication(
  root: DynamicModule,
  { logger, version, runtime, cors = [], page = {}, trustedProxies = [], behind }: ApplicationOptions,
): Promise<NestFastifyApplication> {
  const adapter = new Adapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (parent: FastifyBaseLogger, bindings: Bindings) =>
      new RequestLog(parent as Logger, bindings),
    bodyLimit: BODY_LIMIT,
    // No module has middleware: hooks do the work before a handler.
    skipMiddie: true,
    // While it stops, requests on open connections are still answered; then the connection is closed.
    return503OnClosing: false,
    requestIdHeader: false,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    // No route has a schema of Fastify's own, and its compilers are slow to load.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    genReqId: ({ headers }: IncomingMessage) => requestIdIn(headers) ?? runtime.id(),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500, querystringParser: parseQuery },
    // The router refuses some requests before any hook of ours; these answers get the usual headers here.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      adapter.secure?.(request, reply.header('x-request-id', request.id));
      answerProblem(error, request, reply);
    },
    clientErrorHandler: answerBrokenRequest,
    // Node would answer without a body; `answerByProtocol` answers instead.
    http: { requireHostHeader: false },
  });
  const fastify: FastifyInstance = adapter.getInstance();
  adapter.connections = new Connections(fastify.server, runtime);
  rememberRoutes(fastify);
  await traceRequests(fastify, version);
  logRequests(fastify);
  if (behind !== undefined) addBehindHeader(fastify, behind);
  const allowed = methodsOf(fastify);
  fastify.setNotFoundHandler((request, reply) => {
    // Nest passes a target such as `*health` on to this handler before any hook of ours.
    adapter.secure?.(request, reply);
    return answerProblem(missing(request.raw.url ?? '', allowed), request, reply);
  });

  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: nestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  if (cors.length > 0) app.enableCors(corsOptions(cors));
  app.useSecurityHeaders({
    // A proxy in front provides TLS.
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      directives: {
        'upgrade-insecure-requests': null,
        'font-src': "'self' data:",
        'style-src': "'self' 'unsafe-inline'",
      },
    },
  });
  app.get(RequestMetrics).countRequests(fastify);
  answerByProtocol(fastify);
  app.get(KeyHook).addTo(fastify);
  // Does not read the body of a request without a handler into memory.
  fastify.addHook('onRequest', ({ is404, raw }, _reply, done) =>
    done(is404 ? missing(raw.url ?? '', allowed) : undefined),
  );
  fastify.addHook('onRequest', (request, _reply, done) => {
    assertWellFormed(request.query);
    done();
  });
  acceptJsonOnly(fastify, app.get<EventLog>(EVENT_LOG));
  limitBodies(fastify);
  readUnreadBodies(fastify, runtime);
  compressAnswers(fastify);
  serveDocument(app, version);
  serveDocsPage(fastify);
  serveWebPage(fastify, page);
  await app.init();
  return app;
}

/** Fetch standard, §3.2. A page sends its key in `Authorization`, so no cookies are needed. */
const corsOptions = (origins: readonly string[]): Parameters<NestFastifyApplication['enableCors']>[0] => ({
  origin: origins.includes('*') ? '*' : [...origins],
  methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
  allowedHeaders: [
    'Authorization',
    'Content-Type',
    'If-None-Match',
    'Last-Event-ID',
    'X-Request-Id',
    'Traceparent',
    'Tracestate',
  ],
  exposedHeaders: [
    'Allow',
    'Borderline-Basis',
    'Borderline-Behind',
    'ETag',
    'Link',
    'Location',
    'Retry-After',
    'WWW-Authenticate',
    'X-Request-Id',
  ],
  // Seconds; browsers keep it for two hours at most.
  maxAge: 7_200,
  // An OPTIONS that is not a preflight is not refused here, so that every refusal is a problem of this service.
  strictPreflight: false,
});

function noSchemas(): never {
  throw new Error('A route has a schema of Fastify, for which no compiler is loaded.');
}

class Adapter extends FastifyAdapter {
  /** The open connections; they are ended while the server closes. */
  connections: Connections | undefined;
  /** Sets the security headers of Nest, once it has given them. */
  secure: ((request: FastifyRequest, reply: FastifyReply) => Error | undefined) | undefined;

  /** Nest would answer only 404; our handler, set before, distinguishes an unknown address from a wrong method. */
  override setNotFoundHandler(): FastifyInstance {
    return this.getInstance();
  }

  /**
   * Sets the headers on the reply of Fastify, which writes all its headers in one call. Nest would set them on the response of Node, which
   * would then take every header of the answer one by one.
   */
  override registerSecurityHook(hook: Parameters<FastifyAdapter['registerSecurityHook']>[0]): void {
    const secure = (request: FastifyRequest, reply: FastifyReply): Error | undefined =>
      hook(request, {
        setHeader: (name, value) => reply.header(name, value),
        removeHeader: (name) => reply.removeHeader(name),
      });
    this.secure = secure;
    this.getInstance().addHook('onRequest', (request, reply, done) => done(secure(request, reply)));
  }

  /** A handler that streams has sent its answer already. */
  override reply(response: FastifyReply, body: unknown, statusCode?: number): FastifyReply {
    return response.sent ? response : super.reply(response, body, statusCode);
  }

  override async close(): Promise<void> {
    const stop = this.connections?.closeIdle();
    await super.close().finally(stop);
  }
}

/** The client's own id where it sends a valid one, so that its log can be compared with ours. */
function requestIdIn(headers: IncomingHttpHeaders): string | undefined {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : undefined;
}

function missing(url: string, allowed: (url: string) => string[]): Problem {
  const methods = allowed(url);
  if (methods.length === 0)
    return new Problem('not-found', 'There is no such address; /docs lists the addresses.');
  const allow = methods.join(', ');
  return new Problem('method-not-allowed', `This address allows only ${allow}.`, { headers: { allow } });
}

function rememberRoutes(fastify: FastifyInstance): void {
  fastify.decorateRequest('route');
  fastify.addHook('onRequest', (request, _reply, done) => {
    request.route = request.routeOptions.config;
    done();
  });
}

/** One line for each answered request, with the id that the answer has too. */
function logRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, url } = request;
    const key = accessOf(request)?.id;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info(
      { method, url, status: reply.statusCode, ms, ...(key === undefined ? {} : { key }) },
      'answered',
    );
    done();
  });
}

/** Adds to each answer of an instance that is behind for how long the instance has been behind. */
function addBehindHeader(fastify: FastifyInstance, behind: () => number): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    const seconds = behind();
    if (seconds > 0) reply.header('borderline-behind', String(Math.ceil(seconds)));
    done();
  });
}
