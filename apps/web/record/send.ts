import { effect, signal } from '@preact/signals';
import type { DryRun, Recorded } from '../api.js';
import { ask, Refusal } from '../data.js';
import { asOf, today } from '../state.js';
import { draft, type Draft } from './draft.js';
import { fields, nameOfField, valueOf } from './schema.js';
import { edtfOf } from './when.js';

interface Fault {
  readonly pointer?: string;
  readonly detail: string;
}

export const faults = signal<readonly Fault[]>([]);
/** The answer to the last preview, or to the last recording. */
export const outcome = signal<DryRun | Recorded | undefined>(undefined);

/** Removes the preview when the draft changes, because the preview belongs to the earlier text. */
effect(() => {
  void draft.value;
  if (outcome.peek() && 'dryRun' in outcome.peek()!) outcome.value = undefined;
});

/** A time as EDTF. A text that is not understood is sent unchanged, so that the server names its fault. */
const time = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : (edtfOf(text, today.value) ?? text.trim());

function put(data: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) data[name] = value;
  else put((data[name] ??= {}) as Record<string, unknown>, rest, value);
}

function development({ id, type, values }: Draft): object {
  const data: Record<string, unknown> = {};
  for (const field of fields.value) {
    const text = values[nameOfField(field)] ?? '';
    const value = field.kind === 'time' ? time(text) : valueOf(field, text);
    if (value !== undefined) put(data, field.path, value);
  }
  const {
    occurred,
    until,
    reportedAt,
    publisher,
    title,
    url,
    publishedAt,
    quote,
    claimant,
    standing,
    reliability,
  } = values;
  const text = (one: string | undefined): string | undefined =>
    one?.trim() === '' ? undefined : one?.trim();
  const reported = time(reportedAt) ?? today.value;
  return {
    id,
    type,
    occurred: time(occurred),
    until: time(until),
    reportedAt: reported,
    data,
    source: {
      publisher: text(publisher),
      title: text(title),
      url: text(url),
      publishedAt: time(publishedAt) ?? reported,
      quote: text(quote),
    },
    attribution: {
      claimant: text(claimant),
      standing: standing ?? 'observation',
      reliability: text(reliability) ?? 'F6',
    },
  };
}

/** The request that records the draft: a development, or a correction or retraction of one. */
function requestOf(one: Draft): { path: string; body: object } {
  const { target, isRetraction, values } = one;
  if (target === undefined) return { path: '/v1/developments', body: development(one) };
  const { kind = 'amended', reason = '' } = values;
  const about = {
    kind,
    reason,
    ...(kind === 'amended' && { reportedAt: time(values['reportedAt']) ?? today.value }),
  };
  const path = `/v1/developments/${encodeURIComponent(target)}`;
  if (isRetraction) return { path: `${path}/retractions`, body: about };
  const { occurred, until, data, source, attribution } = development(one) as Record<string, unknown>;
  return {
    path: `${path}/corrections`,
    body: { ...about, replacement: { occurred, until, data, source, attribution } },
  };
}

/** Previews or records the draft. A draft that is refused keeps its texts. */
export async function send(isPreview: boolean): Promise<boolean> {
  faults.value = [];
  outcome.value = undefined;
  try {
    const { path, body } = requestOf(draft.value);
    const query = isPreview ? `?dryRun=true${asOf.value === undefined ? '' : `&asOf=${asOf.value}`}` : '';
    outcome.value = await ask<DryRun | Recorded>(path + query, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    return true;
  } catch (error) {
    const problem = error instanceof Refusal ? error.problem : undefined;
    const found = problem?.errors as readonly Fault[] | undefined;
    faults.value =
      found && found.length > 0
        ? found
        : [{ detail: error instanceof Error ? error.message : String(error) }];
    return false;
  }
}
