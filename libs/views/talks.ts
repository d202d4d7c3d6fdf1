import type { Instant } from '#time';
import { combine } from '#timeline';
import type { Quantity } from './figures.js';
import { likeliest, mapFinding, union, type Finding } from './finding.js';
import { entriesOf, hasBegun, statedEntries, type Entry } from './ledger.js';
import { briefly, statusRunOf, type StatusRun } from './status.js';
import { changingWith, type Names, type Subject } from './subject.js';
import type { Item, View } from './view.js';

/** The value of the aspects `stance/<actor>`. */
interface Position {
  readonly stance: 'offers' | 'refuses';
  readonly level?: string;
  readonly reason?: string;
}

export interface TalksEntry {
  readonly kind: 'offered' | 'refused' | 'meeting' | 'visit' | 'call' | 'agreement' | 'channel';
  readonly by?: string;
  readonly to?: string;
  readonly parties?: readonly string[];
  readonly level?: string;
  readonly subject?: string;
  readonly reason?: string;
  readonly place?: string;
  readonly outcome?: string;
  readonly channels?: Quantity;
  readonly note?: string;
}

/** Where an actor stands; `unknown` where possible worlds differ. */
export interface PositionTaken extends Omit<StatusRun, 'status' | 'certain'> {
  readonly stance: string;
  readonly level?: string;
  readonly reason?: string;
  readonly certain?: false;
}

export interface Talks extends Item {
  readonly names?: Names;
  /** All who took part, offered, refused, or were addressed. */
  readonly parties: readonly string[];
  readonly ledger: readonly Entry<TalksEntry>[];
  readonly stance: Readonly<Record<string, PositionTaken>>;
}

/** Talks on a matter: who offered, refused, met. Filters: `party`. */
export const talks: View<Talks> = {
  name: 'talks',
  category: 'talks',
  item(subject, at) {
    const ledger = entriesOf<TalksEntry>(subject, 'ledger', at).map(betweenTwo);
    const stance = stancesOf(subject, at);
    const because = union(...[...ledger, ...Object.values(stance)].map((said) => said.because));
    if (because.length === 0) return undefined;
    const names = subject.registration(at)?.value?.names;
    return {
      id: subject.id,
      ...(names && { names }),
      parties: [...new Set([...ledger.flatMap(partiesOf), ...Object.keys(stance)])],
      ledger,
      stance,
      because,
    };
  },
  timeline(subject) {
    const cells = subject.aspects('stance/').flatMap((aspect) => subject.steps(aspect));
    return changingWith(cells, (v) => {
      const taken = Object.entries(stancesOf(subject, v));
      return {
        value: Object.fromEntries(taken.map(([actor, { stance, possible }]) => [actor, possible ?? stance])),
        certain: taken.every(([, { certain }]) => certain !== false),
        because: union(...taken.map(([, { because }]) => because)),
      };
    });
  },
  stated: (item) => [
    ...Object.entries(item.stance).map(([actor, { stance, level, possible, because }]) => ({
      aspect: `stance/${actor}`,
      value: { stance, ...(level !== undefined && { level }), ...(possible && { possible }) },
      because,
    })),
    ...statedEntries(item.ledger),
  ],
  filters: {
    party: {
      description: 'the id of who took part, offered, refused, or was addressed',
      passes: (item, wanted) => item.parties.includes(wanted),
    },
  },
};

/** Where nobody offers or refuses, `by` and `to` are the first two who took part. */
function betweenTwo(entry: Entry<TalksEntry>): Entry<TalksEntry> {
  const [by = entry.by, to = entry.to] = entry.parties ?? [];
  return { ...entry, ...(by !== undefined && { by }), ...(to !== undefined && { to }) };
}

function partiesOf({ by, to, parties = [] }: TalksEntry): string[] {
  return [by, to, ...parties].filter((party): party is string => party !== undefined);
}

function actorOf(aspect: string): string {
  return aspect.slice('stance/'.length);
}

function stancesOf(subject: Subject, at: Instant): Record<string, PositionTaken> {
  const stances: Record<string, PositionTaken> = {};
  for (const aspect of subject.aspects('stance/')) {
    const steps = subject.aspect<Position>(aspect);
    const asStatus = combine([steps] as const, (finding) =>
      mapFinding(finding, (value) => value && { status: value.stance }),
    );
    const { status: stance, ...run } = briefly(statusRunOf(asStatus, at));
    if (hasTaken(steps.at(at), at)) stances[actorOf(aspect)] = { ...likeliest(steps.at(at)), stance, ...run };
  }
  return stances;
}

function hasTaken({ outcomes }: Finding<Position>, at: Instant): boolean {
  return outcomes.some(({ from }) => from !== undefined && hasBegun({ from }, at));
}
