import type { ReceiptQuestion } from '#audit';
import { Faults, isObject, pointerToken } from '#json';
import { viewNamed, VIEWS, type View } from '#views';
import { Problem, type ProblemFault } from '../problems/problem.js';

/** The question of an address. */
export type AskedFor =
  | { readonly kind: 'state' }
  | { readonly kind: 'list'; readonly view: View }
  | { readonly kind: 'item' | 'timeline'; readonly view: View; readonly id: string };

/** A question for which there can be a receipt. */
export interface AskedQuestion extends ReceiptQuestion {
  readonly asks: AskedFor;
}

/** A question in a request for a receipt. */
export interface ReceiptRequest extends Pick<ReceiptQuestion, 'path'> {
  /** The parameters of the address, each a text. */
  readonly parameters?: ReceiptQuestion['parameters'];
}

const MOST_PATH = 500;

/**
 * The question in the body of a request, `{ path, parameters }`. Throws Problem: `malformed-body` where it is not an object, `invalid-question`
 * with the pointer of each fault. The values of the parameters are checked later.
 */
export function questionIn(body: unknown): AskedQuestion {
  if (!isObject(body)) {
    throw new Problem('malformed-body', 'The body must be a question: { "path": …, "parameters": {…} }.');
  }
  const { path, parameters = {}, ...others } = body;
  const asks = typeof path === 'string' ? askedBy(path) : undefined;
  const faults = new Faults();
  for (const name of Object.keys(others))
    faults.add(pointerToken(name), 'is not a member here; the members are parameters, path');
  if (!asks) faults.add('/path', pathFault(path));
  addParameterFaults(parameters, faults);
  if (faults.count > 0 || !asks) throw invalidQuestion(faults.all);
  return { path: path as string, parameters: parameters as Readonly<Record<string, string>>, asks };
}

/** The question of the address; undefined where there is no receipt for it. */
export function askedBy(path: string): AskedFor | undefined {
  if (path === '/v1/state') return { kind: 'state' };
  if (path.length > MOST_PATH) return undefined;
  const [, name = '', id, timeline] = /^\/v1\/([a-z]+)(?:\/([^/?#]+)(\/timeline)?)?$/.exec(path) ?? [];
  const view = viewNamed(name);
  if (!view) return undefined;
  if (id === undefined) return { kind: 'list', view };
  const decoded = decodedOf(id);
  return decoded === undefined ? undefined : { kind: timeline ? 'timeline' : 'item', view, id: decoded };
}

/** The refusal as `invalid-question`, with pointers into the body instead of names of parameters. Any other error is unchanged. */
export function inBody(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const errors = error.more.errors ?? [];
  if (!errors.some(({ parameter }) => parameter !== undefined)) return error;
  const faults = errors.map(({ parameter, detail }) =>
    parameter === undefined ? { detail } : { pointer: `/parameters${pointerToken(parameter)}`, detail },
  );
  return new Problem('invalid-question', error.detail, { errors: faults, cause: error });
}

function pathFault(path: unknown): string {
  if (typeof path === 'string' && path.includes('?'))
    return 'It must have no query: put the part after ? into parameters.';
  const views = VIEWS.map(({ name }) => name).join(', ');
  return `It must be the address of an answer, as for GET: /v1/state, /v1/<view>, /v1/<view>/<id>, /v1/<view>/<id>/timeline; the views are ${views}.`;
}

function addParameterFaults(parameters: unknown, faults: Faults): void {
  if (!isObject(parameters)) return faults.add('/parameters', 'must be an object whose members are texts');
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value !== 'string')
      faults.add(`/parameters${pointerToken(name)}`, 'must be a text, as in an address');
  }
}

const invalidQuestion = (errors: readonly ProblemFault[]): Problem =>
  new Problem('invalid-question', errors[0]?.detail ?? 'The question has faults.', { errors });

function decodedOf(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
