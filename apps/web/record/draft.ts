import { effect, signal } from '@preact/signals';
import type { Entry } from '../api.js';
import { typedFrom } from './typed.js';

/** What is typed, by field. Data of the type is under `data.<member>`. */
export type Values = Readonly<Record<string, string>>;

/** A report that is being written; the same id until it is sent, so that sending it twice records it once. */
export interface Draft {
  readonly id: string;
  readonly type: string;
  readonly values: Values;
  /** The event that it corrects or retracts. */
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

/** The draft outlives a reload; the key is not part of it. */
export const draft = signal<Draft>(kept() ?? emptyDraft());

function kept(): Draft | undefined {
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
    // Without storage it lives as long as the page.
  }
});

export const setValue = (name: string, value: string): void => {
  draft.value = { ...draft.value, values: { ...draft.value.values, [name]: value } };
};

/** A draft that corrects an event, with all that the event says. */
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
