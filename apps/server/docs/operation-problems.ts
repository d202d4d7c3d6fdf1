import {
  detailsOf,
  isProblemCode,
  Problem,
  PROBLEMS,
  typeOf,
  type ProblemCode,
  type ProblemDetails,
} from '../problems/problem.js';
import { ref } from './components.js';

/** The properties of an operation that decide its problems. */
export interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly description?: string;
  readonly requestBody?: object;
  readonly responses?: Readonly<Record<string, Response>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}

type Response =
  | { readonly content?: Readonly<Record<string, object>>; readonly $ref?: never }
  | { readonly $ref: string; readonly content?: never };

interface Facts {
  readonly path: string;
  /** The scope that the key must have; undefined: no key is needed. */
  readonly scope: string | undefined;
  /** Whether the number of requests of a client is limited. */
  readonly isCounted: boolean;
  readonly hasBody: boolean;
  readonly hasId: boolean;
  readonly parameters: readonly string[];
}

const always = (): boolean => true;
const hasBody = (facts: Facts): boolean => facts.hasBody;
const needsKey = ({ scope }: Facts): boolean => scope !== undefined;
const isWebhook = ({ path }: Facts): boolean => path.startsWith('/v1/webhooks');
const records = ({ path }: Facts): boolean => path.startsWith('/v1/developments');

/** The operations that may answer with each problem. A spec compares it with the answers to hostile requests. */
const ANSWERED_BY: Readonly<Record<ProblemCode, (facts: Facts) => boolean>> = {
  'malformed-request': always,
  'malformed-body': hasBody,
  'invalid-parameter': always,
  // A probe accepts any parameter.
  'unknown-parameter': ({ path }) => path !== '/health/live',
  'key-needed': needsKey,
  'scope-missing': needsKey,
  'not-found': ({ hasId, parameters }) => hasId || parameters.includes('subject'),
  // The method of a documented operation is allowed.
  'method-not-allowed': () => false,
  'not-acceptable': ({ parameters }) => parameters.includes('format'),
  'id-conflict': records,
  'wrong-revision': records,
  'another-log': ({ path, hasBody: has }) =>
    path === '/v1/events' ||
    path === '/v1/changes' ||
    (/^\/v1\/webhooks(\/\{id\}\/redeliver)?$/.test(path) && has),
  'too-large': hasBody,
  'unsupported-media-type': hasBody,
  'inexact-value': hasBody,
  'too-many-members': hasBody,
  'invalid-development': records,
  'has-warnings': ({ parameters }) => parameters.includes('strict'),
  'invalid-question': ({ path }) => path === '/v1/audit/receipts',
  'not-a-receipt': ({ path }) => path === '/v1/audit/receipts/verify',
  'invalid-webhook': (facts) => isWebhook(facts) && facts.hasBody,
  'too-many-webhooks': ({ path, hasBody: has }) => path === '/v1/webhooks' && has,
  'webhook-conflict': ({ path }) => /^\/v1\/webhooks\/\{id\}\/(redeliver|skip)$/.test(path),
  'too-many-requests': ({ isCounted }) => isCounted,
  // A fault of the service is the `default` answer.
  internal: () => false,
  'not-supported': records,
  behind: ({ parameters }) => parameters.some((name) => /atLeast$|^recordedAt$|^size$|^strict$/.test(name)),
  unavailable: ({ path }) => path !== '/health/live',
};

const CODES = Object.keys(ANSWERED_BY).filter(isProblemCode);

/** Gives operations the answers with problems, as components that they share. */
export class ProblemResponses {
  private readonly examples = new Map<ProblemCode, object>();
  private readonly responses = new Map<string, object>([
    [
      'Problem',
      { description: 'Another problem; its `type` leads to the explanation.', content: contentOf() },
    ],
  ]);

  /** The operation with a response for each status of its problems, and a response for any other status. */
  addedTo(path: string, operation: Operation, needs: Pick<Facts, 'scope' | 'isCounted'>): Operation {
    const facts = factsOf(path, operation, needs);
    const codes = CODES.filter((code) => ANSWERED_BY[code](facts));
    const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))].sort();
    const problems = statuses.map(
      (status) => [status, this.shared(codes.filter((code) => PROBLEMS[code].status === status))] as const,
    );
    const responses = { ...operation.responses, ...Object.fromEntries(problems), default: this.shared([]) };
    return { ...operation, responses };
  }

  get components(): { readonly responses: object; readonly examples: object } {
    return { responses: Object.fromEntries(this.responses), examples: Object.fromEntries(this.examples) };
  }

  private shared(codes: readonly ProblemCode[]): { readonly $ref: string } {
    for (const code of codes) {
      this.examples.set(code, { summary: PROBLEMS[code].title, value: exampleOf(code) });
    }
    const name = codes.map(pascalCase).join('Or') || 'Problem';
    if (!this.responses.has(name)) {
      const meanings = codes.map((code) => `[\`${code}\`](${typeOf(code)}): ${PROBLEMS[code].meaning}`);
      this.responses.set(name, { description: meanings.join('\n\n'), content: contentOf(codes) });
    }
    return { $ref: `#/components/responses/${name}` };
  }
}

/** `malformed-request` → `MalformedRequest` */
const pascalCase = (code: string): string =>
  code.replace(/(^|-)[a-z]/g, (start) => start.slice(-1).toUpperCase());

function contentOf(codes: readonly ProblemCode[] = []): object {
  const examples = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }] as const);
  return {
    'application/problem+json': {
      schema: ref('ProblemDetails'),
      ...(codes.length > 0 && { examples: Object.fromEntries(examples) }),
    },
  };
}

const exampleOf = (code: ProblemCode): ProblemDetails =>
  detailsOf(new Problem(code, PROBLEMS[code].title), '/v1/crossings#01953f21-8a00-7c3e-9b1d-5a0c6f2e4d7b');

function factsOf(
  path: string,
  { parameters = [], requestBody }: Operation,
  needs: Pick<Facts, 'scope' | 'isCounted'>,
): Facts {
  return {
    path,
    ...needs,
    hasBody: requestBody !== undefined,
    hasId: path.includes('{'),
    parameters: parameters.map(({ name }) => name),
  };
}
