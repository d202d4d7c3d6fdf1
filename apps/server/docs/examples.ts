import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A question and its answer by a server with only the corpus. */
export interface Example {
  /** The address; method and path are the operation's. */
  readonly ask: string;
  readonly accept?: string;
  readonly body?: unknown;
  /** Instead of a body: the name of an operation; its first answer is the body. */
  readonly sends?: string;
  readonly status: number;
  /** The media type of the answer. */
  readonly type: string;
  /** JSON, or the text of another type. */
  readonly answer: unknown;
}

/** The examples by operation: `GET /v1/crossings/{id}`. */
export type Examples = Readonly<Record<string, readonly Example[]>>;

/** A spec asks all questions of this file, and fails where the answer of the server differs. */
export const EXAMPLES_FILE = join(import.meta.dirname, 'examples.json');

interface DescribedOperation {
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>;
}

let examples: Examples | undefined;

/** The operations of a path with the examples of their answers. */
export function withExamples(path: string, methods: object): object {
  examples ??= JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8')) as Examples;
  const known = examples;
  return Object.fromEntries(
    Object.entries(methods as Record<string, DescribedOperation>).map(([method, operation]) => [
      method,
      (known[`${method.toUpperCase()} ${path}`] ?? []).reduce(withExample, operation),
    ]),
  );
}

/** Tools would resolve the references of a JSON Schema within the document, so it cannot be an example there. */
const hasReferences = (answer: unknown): boolean => JSON.stringify(answer).includes('"$ref":');

function withExample(
  operation: DescribedOperation,
  { ask, status, type, answer }: Example,
): DescribedOperation {
  const response = operation.responses?.[status];
  const content = response?.content?.[type] as { readonly examples?: object } | undefined;
  if (!response || !content || hasReferences(answer)) return operation;
  const examples = { ...content.examples, [ask]: { summary: ask, value: answer } };
  return {
    ...operation,
    responses: {
      ...operation.responses,
      [status]: { ...response, content: { ...response.content, [type]: { ...content, examples } } },
    },
  };
}
