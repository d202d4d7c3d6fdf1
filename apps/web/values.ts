import type { Changed } from './api.js';
import { nameOf } from './events.js';
import { instant, number, words } from './words/index.js';

/** A number of things, as the API gives it. */
interface Count {
  readonly value?: number;
  readonly min?: number;
  readonly max?: number;
  readonly qualifier?: string;
}

/** `about 280`, `more than 1,800`, `1,100–1,200`: as the report has it, never more exact. */
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

/** A closed set's word in the language of the page, or the name of a subject or actor, or the text itself. */
function word(text: string): string {
  const { value: w } = words;
  return w.status[text as keyof typeof w.status] ?? w.states[text] ?? nameOf(text);
}

/** What is said beside the value in the columns of its own. */
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

/** Members whose value says it all. */
const BARE = /^(status|stance|outcome|verdict)$/;

/** A member in words; none where another column has it. */
function memberWords(name: string, value: unknown): readonly string[] {
  const { value: w } = words;
  if (LEFT_OUT.has(name)) return [];
  if (name === 'possible') return [w.either((value as readonly string[]).map(word))];
  if (name === 'count') return [countWords(value as Count)];
  return [
    BARE.test(name) ? valueWords(value) : `${(w.members[name] ?? name).toLowerCase()}: ${valueWords(value)}`,
  ];
}

/** What is compared, in words: `status/road` is “Status, road”, `count/truck/lt.budrys` is “Count, trucks, Kęstutis Budrys”. */
export function aspectWords(aspect: string): string {
  const { value: w } = words;
  const [first = '', ...others] = aspect.split('/');
  if (first === 'ledger') return w.aspects['ledger'] ?? first;
  const rest = others.filter((one) => one !== 'status');
  return [w.aspects[first] ?? first, ...rest.map((one) => w.mode[one] ?? w.units[one] ?? nameOf(one))].join(
    ', ',
  );
}

/** One side of a change in words; of an entry of a ledger, when it was and who says so: its report has the rest. */
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
