import type { ScheduledValue } from '#views';

/** `Medininkai`, or the id where the subject has no name. */
export const namedSubject = (name: string | undefined, subject: string): string => name ?? subject;

/** A line for each value that changes: `closed → open`, `phase coal: announced → in force`, `decision listing: due`. */
export function valuesInWords(values: readonly ScheduledValue[]): string[] {
  const lines = values.map(({ aspect, before, after }) => {
    const [from, to] = [textOf(before), textOf(after)];
    const label = aspect === 'status' ? '' : `${inWords(aspect.replace(/^ledger\/.*/, 'entry'))}: `;
    if (from === 'due') return `${label}due`;
    return from === undefined ? `${label}${to ?? 'unknown'}` : `${label}${from} → ${to ?? 'unknown'}`;
  });
  return [...new Set(lines)];
}

/** Members that may have the value as a text; the first text is used. */
const PLAIN = ['stance', 'verdict', 'kind', 'says', 'what', 'value', 'object', 'reason'];

type Members = Readonly<Record<string, unknown>>;

interface FigureValue {
  readonly value?: number;
  readonly min?: number;
  readonly max?: number;
  readonly qualifier?: string;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const { status, possible, count, quantity, ...members } = value as Members;
  if (Array.isArray(possible)) return possible.map((one) => inWords(String(one))).join(' or ');
  if (typeof status === 'string') return inWords(status);
  const figure = count ?? quantity;
  if (typeof figure === 'object' && figure !== null) return figureText(figure);
  const plain = PLAIN.map((name) => members[name]).find((member) => typeof member === 'string');
  return plain === undefined ? JSON.stringify(value).slice(0, 100) : inWords(plain);
}

/** `about 1000`, `at least 5`, `10–20`. */
function figureText({ value, min, max, qualifier }: FigureValue): string {
  const ends = [min, max].filter((end) => end !== undefined);
  return [qualifier ?? '', value ?? ends.join('–')].join(' ').trim();
}

/** `in force` of `inForce`, `phase coal` of `phase/coal`. */
const inWords = (name: string): string =>
  name
    .replaceAll('/', ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
