import type { Changed } from './api.js';
import { nameOf } from './events.js';
import { instant, number, words } from './words/index.js';

/** A number of things, as the API gives the number. */
interface Count {
  readonly value?: number;
  readonly min?: number;
  readonly max?: number;
  readonly qualifier?: string;
}

/** A number in words: `about 280`, `more than 1,800`, `1,100–1,200`. It is never more exact than the report. */
export function countWords({ value, min, max, qualifier }: Count): string {
  const range =
    value === undefined
      ? [min, max].flatMap((one) => (one === undefined ? [] : [number(one)])).join('–')
      : number(value);
  const open = min === undefined ? 'atMost' : max === undefined ? 'atLeast' : undefined;
  const kind = qualifier ?? (value === undefined ? open : undefined);
  return kind === undefined ? range : `${words.value.qualifiers[kind] ?? kind} ${range}`;
}

export const unitWords = (unit: string | undefined): string => words.value.units[unit ?? ''] ?? unit ?? '';

/** The word for a value of a closed set in the language of the page, or the name of a subject or actor, or the text itself. */
function word(text: string): string {
  const { value: w } = words;
  return w.status[text as keyof typeof w.status] ?? w.states[text] ?? nameOf(text);
}

/** The members that have columns of their own beside the value. */
const LEFT_OUT = new Set(['claimant', 'standing', 'reliability', 'certain']);

/** A value of an aspect in words: `closed`, `about 1,000`, `open · 20 Nov 2025`. */
export function valueWords(value: unknown): string {
  const { value: w } = words;
  if (value === undefined || value === null) return w.compare.nothing;
  if (typeof value === 'string') return word(value);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return w.choices[String(value)] ?? String(value);
  if (Array.isArray(value)) return value.map(valueWords).join(', ');
  const { at, atEarliest, earliest, ...members } = value as Readonly<Record<string, unknown>>;
  const time = typeof at === 'string' ? [instant(at, (atEarliest ?? earliest) as string | undefined)] : [];
  const [first = [], ...rest] = Object.entries(members).map(([name, one]) => memberWords(name, one));
  return [...first, ...time, ...rest.flat()].join(' · ');
}

/** The members that need no name before their value. */
const BARE = /^(status|stance|outcome|verdict)$/;

/** A member in words; no words where another column has the member. */
function memberWords(name: string, value: unknown): readonly string[] {
  const { value: w } = words;
  if (LEFT_OUT.has(name)) return [];
  if (name === 'possible') return [w.either((value as readonly string[]).map(word))];
  if (name === 'count') return [countWords(value as Count)];
  return [
    BARE.test(name) ? valueWords(value) : `${(w.members[name] ?? name).toLowerCase()}: ${valueWords(value)}`,
  ];
}

/** An aspect of a comparison in words: `status/road` is “Status, road”, `count/truck/lt.budrys` is “Count, trucks, Kęstutis Budrys”. */
export function aspectWords(aspect: string): string {
  const { value: w } = words;
  const [first = '', ...others] = aspect.split('/');
  if (first === 'ledger') return w.aspects['ledger'] ?? first;
  const rest = others.filter((one) => one !== 'status');
  return [w.aspects[first] ?? first, ...rest.map((one) => w.mode[one] ?? w.units[one] ?? nameOf(one))].join(
    ', ',
  );
}

/** One side of a change in words. An entry of a ledger has only its time and who says so, because its report has the rest. */
export function sideWords({ aspect }: Changed, value: unknown): string {
  if (value === undefined || value === null || !aspect.startsWith('ledger/')) return valueWords(value);
  const { value: w } = words;
  const { at, atEarliest, claimant, standing } = value as LedgerEntry;
  return `${instant(at, atEarliest)} · ${nameOf(claimant)}, ${w.standings[standing] ?? standing}`;
}

interface LedgerEntry {
  readonly at: string;
  readonly atEarliest?: string;
  readonly claimant: string;
  readonly standing: string;
}
