import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { varyBy } from '../reading/answer.js';
import { ClientGone } from '../reading/client.js';
import { detailsOf, headersOf, Problem, PROBLEMS } from './problem.js';
import { problemOf } from './problem-of.js';

/** Only this filter turns errors into HTTP. The answer to a bug has only an id; the log has the whole error. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof ClientGone) return;
  const problem = problemOf(error);
  if (problem === undefined) request.log.error({ err: error }, 'a bug');
  else if (PROBLEMS[problem.code].status >= 500) request.log.warn(causeOf(error), problem.detail);
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const shown =
    problem ??
    new Problem('internal', 'The server failed; its log has the reason, under the id in `instance`.');
  const { vary, ...headers } = headersOf(shown);
  if (vary !== undefined) varyBy(reply, vary);
  reply
    .code(PROBLEMS[shown.code].status)
    .headers(headers)
    .type('application/problem+json')
    // Serialized here: the serializer of the route is for its answers.
    .serializer((body: unknown) => JSON.stringify(body))
    .send(detailsOf(shown, instanceOf(request)));
}

/** Our own refusals need no stack; the stack of another error shows its origin. */
function causeOf(error: unknown): { readonly err?: unknown } {
  const cause = error instanceof Problem ? error.cause : error;
  return cause === undefined ? {} : { err: cause };
}

/** The path and the id of the request: a URI reference that identifies this occurrence (RFC 9457 §3.1.5). */
function instanceOf(request: FastifyRequest): string {
  const [path = ''] = (request.raw.url ?? '').split(/[?#]/);
  return `${path.replace(/[^\x21-\x7e]|["<>\\^`{|}]/g, '_')}#${request.id}`;
}
