import { effect, signal } from '@preact/signals';
import type { Entry } from '../api.js';

/** The typed texts, by field. The data of the type is under `data.<member>`. */
export type Values = Readonly<Record<string, string>>;

/** A report that is being written. It keeps its id until it is sent, so a report that is sent twice is recorded once. */
export interface Draft {
  readonly id: string;
  readonly type: string;
  readonly values: Values;
  /** The id of the event that the report corrects or retracts. */
  readonly target?: string;
  readonly isRetraction?: boolean;
}

const NAME = 'borderline.draft';

/** A random UUID (version 4). `crypto.randomUUID` is missing on plain HTTP. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const emptyDraft = (type = 'crossing.closed'): Draft => ({ id: newId(), type, values: {} });

/** The draft. It survives a reload. The key is not part of the draft. */
export const draft = signal<Draft>(storedDraft() ?? emptyDraft());

function storedDraft(): Draft | undefined {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? '') as Draft;
  } catch {
    return undefined;
  }
}

effect(() => {
  const text = JSON.stringify(draft.value);
  try {
    localStorage.setItem(NAME, text);
  } catch {
    // Without storage the draft lives as long as the page.
  }
});

export const setValue = (name: string, value: string): void => {
  draft.value = { ...draft.value, values: { ...draft.value.values, [name]: value } };
};

/** A draft that corrects an event. Its fields have the values of the event. */
export function correctionDraft({ id, type, occurred, until, data, source, attribution }: Entry): Draft {
  const values = {
    occurred: occurred?.edtf ?? '',
    until: until?.edtf ?? '',
    publisher: source.publisher,
    title: source.title,
    ...(source.url !== undefined && { url: source.url }),
    publishedAt: source.publishedAt.edtf,
    claimant: attribution.claimant,
    standing: attribution.standing,
    reliability: attribution.reliability,
    kind: 'amended',
    ...typedFrom(data, 'data'),
  };
  return { ...emptyDraft(type), values, target: id };
}

export const retractionDraft = ({ id, type }: Entry): Draft => ({
  ...emptyDraft(type),
  target: id,
  isRetraction: true,
  values: { kind: 'amended' },
});

/** The texts that a person would have typed for a value, by the path of their field: the reverse of `valueOf`. */
function typedFrom(value: unknown, path: string): Readonly<Record<string, string>> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object') return { [path]: typeof value === 'string' ? value : JSON.stringify(value) };
  if (Array.isArray(value)) return { [path]: listTyped(value as readonly unknown[]) };
  const { edtf, type, coordinates } = value as Readonly<Record<string, unknown>>;
  if (typeof edtf === 'string') return { [path]: edtf };
  if (type === 'Point') return { [path]: [...(coordinates as readonly number[])].reverse().join(', ') };
  const entries = Object.entries(value);
  // The members of an object have fields of their own. An object with free names is one field, with a line for each member.
  return Object.assign(
    { [path]: entries.map(([name, one]) => `${name}: ${String(one)}`).join('\n') },
    ...entries.map(([name, one]) => typedFrom(one, `${path}.${name}`)),
  ) as Readonly<Record<string, string>>;
}

function listTyped(list: readonly unknown[]): string {
  if (list.every((one) => typeof one === 'string')) return list.join('\n');
  const rows = list.map((one) => Object.values(one as object) as unknown[]);
  return rows.flat().every((one) => typeof one === 'string')
    ? rows.map((row) => row.join(' | ')).join('\n')
    : JSON.stringify(list);
}
