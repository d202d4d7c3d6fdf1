import type { Instant } from '#time';
import { EARLIEST, formatInstant, LATEST } from '#time';
import { canonical } from '#timeline';
import { VIEWS, type Item, type Question, type State, type View } from '#views';
import type { Client } from '../client.js';
import { RefusedError } from '../problem.js';

/** Where the rebuilt views and the live ones answer differently. */
export interface Difference {
  /** `crossings lt-by.medininkai` */
  readonly subject: string;
  /** The question: `as of 2025-11-05T21:59:59.999Z`, `timeline`. */
  readonly question: string;
  /** The members that differ; none: one of the two has no such item. */
  readonly members: readonly string[];
  readonly only?: 'rebuilt' | 'live';
}

export interface Moment {
  readonly asOf: Instant;
  readonly knownAt?: Instant;
}

export interface Comparison {
  /** Questions asked of both. */
  readonly asked: number;
  readonly differences: readonly Difference[];
}

/** The differences named; beyond, they are only too many. */
const MOST = 1000;
const AT_ONCE = 8;

/**
 * Asks both the same: every view at every moment, and the whole timeline of everything that appeared there. Both see the log
 * up to `sequence`.
 */
export async function compare(
  rebuilt: State,
  live: Client,
  sequence: number,
  moments: readonly Moment[],
  onAsked: (asked: number) => void = () => undefined,
): Promise<Comparison> {
  const differences: Difference[] = [];
  let asked = 0;
  for (const view of VIEWS) {
    const ids = new Set<string>();
    for (const moment of moments) {
      const question: Question = { ...moment, recordedAt: sequence };
      const own = byId(asWired<Item[]>(rebuilt.list(view, question)));
      const theirs = byId(await listOf(live, view, question));
      differences.push(...differencesOf(view, momentText(moment), own, theirs));
      for (const id of [...own.keys(), ...theirs.keys()]) ids.add(id);
      onAsked((asked += 1));
    }
    const left = [...ids];
    while (left.length > 0 && differences.length < MOST) {
      const some = left.splice(0, AT_ONCE);
      const found = await Promise.all(some.map((id) => timelinesDiffer(rebuilt, live, view, id, sequence)));
      differences.push(...found.flat());
      onAsked((asked += some.length));
    }
  }
  return { asked, differences };
}

const asWired = <T>(value: unknown): T => JSON.parse(JSON.stringify(value)) as T;

const byId = (items: readonly Item[]): Map<string, Item> => new Map(items.map((item) => [item.id, item]));

async function listOf(live: Client, view: View, { asOf, knownAt, recordedAt }: Question): Promise<Item[]> {
  const asked = {
    asOf: formatInstant(asOf),
    knownAt: knownAt === undefined ? undefined : formatInstant(knownAt),
    recordedAt: `@${recordedAt ?? 0}`,
  };
  return (await live.get<{ items: Item[] }>(`/v1/${view.name}`, asked)).items;
}

function differencesOf(
  view: View,
  question: string,
  rebuilt: ReadonlyMap<string, object>,
  live: ReadonlyMap<string, object>,
): Difference[] {
  return [...new Set([...rebuilt.keys(), ...live.keys()])].flatMap((id): Difference[] => {
    const [one, other] = [rebuilt.get(id), live.get(id)];
    const subject = `${view.name} ${id}`;
    if (!one || !other) return [{ subject, question, members: [], only: one ? 'rebuilt' : 'live' }];
    const members = membersThatDiffer(one, other);
    return members.length === 0 ? [] : [{ subject, question, members }];
  });
}

/** `status: closed, live open` */
export function membersThatDiffer(rebuilt: object, live: object): string[] {
  const [one, other] = [new Map(Object.entries(rebuilt)), new Map(Object.entries(live))];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((name) => {
    const [own, theirs] = [one, other].map((members) => canonical(members.get(name) ?? null));
    return own === theirs ? [] : [`${name}: ${own}, live ${theirs}`];
  });
}

async function timelinesDiffer(
  rebuilt: State,
  live: Client,
  view: View,
  id: string,
  sequence: number,
): Promise<Difference[]> {
  const own = rebuilt
    .timeline(view, id, { recordedAt: sequence })
    .filter(({ because }) => because.length > 0)
    .map(({ from, to, ...piece }) => ({ from: edge(from), to: edge(to), ...piece }));
  const path = `/v1/${view.name}/${encodeURIComponent(id)}/timeline`;
  const theirs = await live
    .get<{ segments: object[] }>(path, { recordedAt: `@${sequence}` })
    .catch((error: unknown) => {
      if (error instanceof RefusedError && error.status === 404) return { segments: [] };
      throw error;
    });
  const numbered = (segments: readonly object[]): Map<string, object> =>
    new Map(segments.map((segment, index) => [`segment ${index + 1}`, segment]));
  return differencesOf(view, 'timeline', numbered(asWired(own)), numbered(theirs.segments)).map(
    ({ subject, ...rest }) => ({ ...rest, subject: subject.replace(' ', ` ${id} `) }),
  );
}

const edge = (instant: Instant | undefined): string | null =>
  instant === undefined ? null : formatInstant(instant);

function momentText({ asOf, knownAt }: Moment): string {
  const known = knownAt === undefined ? '' : `, known at ${formatInstant(knownAt)}`;
  return `as of ${formatInstant(asOf)}${known}`;
}

/**
 * Picks moments evenly from all that pass by, in bounded memory: keeps every one of a stride that doubles whenever there
 * are too many.
 */
export class Moments {
  private readonly picked: Moment[] = [];
  private stride = 1;
  private passed = 0;

  constructor(private readonly most = 12) {}

  pass(occurred: Instant, reported: Instant): void {
    if (this.passed++ % this.stride !== 0 || occurred <= EARLIEST || occurred >= LATEST) return;
    if (this.picked.some(({ asOf }) => asOf === occurred)) return;
    const known = this.picked.length % 3 === 2;
    this.picked.push({ asOf: occurred, ...(known && { knownAt: reported }) });
    if (this.picked.length < this.most) return;
    for (let index = this.picked.length - 1; index > 0; index -= 2) this.picked.splice(index, 1);
    this.stride *= 2;
  }

  get all(): readonly Moment[] {
    return this.picked;
  }
}
