import type { Sending } from './sending.js';

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly Parameter[];
  readonly headers: readonly Parameter[];
  readonly body: boolean;
  /** The codes of the problems that the operation may answer, by the document. */
  readonly problems: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: {
    readonly type?: string;
    readonly example?: string;
    readonly enum?: readonly string[];
  };
}

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: {
    readonly responses: Readonly<
      Record<string, { readonly content: Readonly<Record<string, { readonly examples?: object }>> }>
    >;
  };
}

export async function operationsOf(sending: Sending): Promise<Operation[]> {
  const { text } = await sending.send({ method: 'GET', path: '/openapi.json' });
  const { paths, components } = JSON.parse(text) as Document;
  const problemsOf = ({ responses }: Described): string[] =>
    Object.values(responses).flatMap(({ $ref }) => {
      const content = components.responses[$ref?.split('/').at(-1) ?? '']?.content;
      return Object.keys(content?.['application/problem+json']?.examples ?? {});
    });
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const { parameters = [], requestBody } = operation;
      return {
        method: method.toUpperCase(),
        path,
        query: parameters.filter((parameter) => parameter.in === 'query'),
        headers: parameters.filter((parameter) => parameter.in === 'header'),
        body: requestBody !== undefined,
        problems: problemsOf(operation),
      };
    }),
  );
}

/** The operation of an address; undefined where the document has none. A fixed address takes precedence over `{id}`. */
export function operationAt(
  operations: readonly Operation[],
  sent: { readonly method: string; readonly path: string },
): Operation | undefined {
  const [address = ''] = sent.path.split('?');
  const method = sent.method === 'HEAD' ? 'GET' : sent.method;
  const found = operations.filter((operation) => operation.method === method && matches(operation, address));
  return found.find(({ path }) => path === address) ?? found[0];
}

function matches({ path }: Operation, address: string): boolean {
  const pattern = path
    .split(/(\{\w+\})/)
    .map((part) => (part === '{path}' ? '.*' : part.startsWith('{') ? '[^/]+' : part.replaceAll('.', '\\.')));
  return new RegExp(`^${pattern.join('')}$`).test(address);
}
