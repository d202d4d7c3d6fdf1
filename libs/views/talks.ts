import type { Quantity } from '#events';
import type { Instant } from '#time';
import { combine } from '#timeline';
import { columnsFor, NAME_COLUMNS } from './csv-columns.js';
import { likeliest, mapFinding, union, type Finding } from './finding.js';
import { ledgerEntriesOf, statedEntries, type LedgerEntry } from './ledger.js';
import { briefly, sinceOf, statedNext, statusRunOf, type Run, type UNKNOWN } from './status.js';
import { changingWith, hasBegun, type Names, type SubjectReader } from './subject.js';
import type { Item, ValuePiece, View } from './view.js';

export type TalksStance = 'offers' | 'refuses' | typeof UNKNOWN;

/** The value of the aspects `stance/<actor>`. */
interface ActorStance {
  readonly stance: TalksStance;
  readonly level?: string;
  readonly reason?: string;
}

/** An offer, a refusal, a meeting or another contact. */
export interface TalksEntry extends LedgerEntry {
  readonly kind: 'offered' | 'refused' | 'meeting' | 'visit' | 'call' | 'agreement' | 'channel';
  /** The id of the actor who offers or refuses, or of the first who took part. */
  readonly by?: string;
  /** The id of the actor who receives the offer or refusal, or of the second who took part. */
  readonly to?: string;
  /** The ids of the actors who took part. */
  readonly parties?: readonly string[];
  readonly level?: string;
  readonly subject?: string;
  readonly reason?: string;
  readonly place?: string;
  readonly outcome?: string;
  readonly channels?: Quantity;
  readonly note?: string;
}

/** The stance of an actor. */
export interface PositionTaken extends Run<TalksStance> {
  /** `unknown` where it is not certain. */
  readonly stance: TalksStance;
  readonly level?: string;
  readonly reason?: string;
  /** `possible` has the possible stances. */
  readonly certain?: false;
}

/** Talks on a matter. */
export interface Talks extends Item {
  readonly names?: Names;
  /** The ids of all actors who took part, offered, refused, or were addressed. */
  readonly parties: readonly string[];
  readonly ledger: readonly TalksEntry[];
  /** By the id of the actor. */
  readonly stance: Readonly<Record<string, PositionTaken>>;
}

/** By the id of the actor: the stance, or a list of the possible stances. */
export type TalksPiece = ValuePiece<Readonly<Record<string, TalksStance | readonly TalksStance[]>>>;

/** Talks on a matter: offers, refusals and meetings. Filters: `party`. */
export const talks: View<Talks, TalksPiece> = {
  name: 'talks',
  category: 'talks',
  item(subject, at) {
    const ledger = ledgerEntriesOf<TalksEntry>(subject, 'ledger', at).map(betweenTwo);
    const stance = stancesOf(subject, at);
    const said = union(...[...ledger, ...Object.values(stance)].map((one) => one.because));
    const because = subject.restsOn(said, at);
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
    ...Object.entries(item.stance).flatMap(([actor, taken]) => {
      const aspect = `stance/${actor}` as const;
      const { stance, level, possible, because } = taken;
      const value = { stance, ...(level !== undefined && { level }), ...(possible && { possible }) };
      return [{ aspect, value, because, ...sinceOf(taken) }, ...statedNext(taken, aspect)];
    }),
    ...statedEntries(item.ledger),
  ],
  columns: columnsFor<Talks>({
    id: 'text',
    names: NAME_COLUMNS,
    parties: 'text',
    stance: { named: { stance: stanceList } },
    ledger: 'text',
    because: 'text',
  }),
  filters: {
    party: {
      description: 'the id of an actor who took part, offered, refused, or was addressed',
      passes: (item, wanted) => item.parties.includes(wanted),
    },
  },
};

/** The stances as a list, for a table. */
function stanceList(stance: Talks['stance']): object[] {
  return Object.entries(stance).map(([actor, taken]) => ({ actor, ...taken }));
}

/** The entry with `by` and `to`. Where the event is no offer or refusal, they are the first two actors who took part. */
function betweenTwo(entry: TalksEntry): TalksEntry {
  const [by = entry.by, to = entry.to] = entry.parties ?? [];
  return { ...entry, ...(by !== undefined && { by }), ...(to !== undefined && { to }) };
}

function partiesOf({ by, to, parties = [] }: TalksEntry): string[] {
  return [by, to, ...parties].filter((party): party is string => party !== undefined);
}

function actorOf(aspect: string): string {
  return aspect.slice('stance/'.length);
}

function stancesOf(subject: SubjectReader, at: Instant): Record<string, PositionTaken> {
  const stances: Record<string, PositionTaken> = {};
  for (const aspect of subject.aspects('stance/')) {
    const steps = subject.aspect<ActorStance>(aspect);
    const asStatus = (of: SubjectReader) =>
      combine([of.aspect<ActorStance>(aspect)] as const, (finding) =>
        mapFinding(finding, (value) => value && { status: value.stance }),
      );
    const { status: stance, ...run } = briefly(statusRunOf(subject, asStatus, at, stanceInCell));
    if (hasTaken(steps.at(at), at)) stances[actorOf(aspect)] = { ...likeliest(steps.at(at)), stance, ...run };
  }
  return stances;
}

const stanceInCell = ({ stance }: ActorStance): string => stance;

function hasTaken({ outcomes }: Finding<ActorStance>, at: Instant): boolean {
  return outcomes.some(({ from }) => from !== undefined && hasBegun({ from }, at));
}
