import type { Sending } from './sending.js';

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly Parameter[];
  readonly headers: readonly Parameter[];
  readonly body: boolean;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: { readonly example?: string };
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly parameters?: readonly Parameter[]; readonly requestBody?: object }>>
    >
  >;
}

export async function operationsOf(sending: Sending): Promise<Operation[]> {
  const { text } = await sending.send({ method: 'GET', path: '/openapi.json' });
  const { paths } = JSON.parse(text) as Document;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter((parameter) => parameter.in === 'query'),
      headers: parameters.filter((parameter) => parameter.in === 'header'),
      body: requestBody !== undefined,
    })),
  );
}
