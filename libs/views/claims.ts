import type { Attribution } from '#events';
import type { Instant, InstantText } from '#time';
import { earliestStart, runStart, type CellState, type Because } from '#timeline';
import { columnsFor, NAME_COLUMNS } from './csv-columns.js';
import { union } from './finding.js';
import { sinceOf, UNKNOWN } from './status.js';
import { changingWith, hasBegun, type CellOf, type Names, type SubjectReader } from './subject.js';
import { instantMembers } from './instant-members.js';
import type { Item, StatedValue, ValuePiece, View } from './view.js';

const CLAIM_VERDICTS = ['contested', 'unopposed', 'denied'] as const;

/** Whether the stances on a claim agree; `unknown` where it is possible that no actor has taken a stance. */
export type ClaimVerdict = (typeof CLAIM_VERDICTS)[number] | typeof UNKNOWN;

export type Stance = 'asserts' | 'denies';

/** The verdict on a proposition. The log does not say who is right. Undefined where no claimant takes a stance. */
function verdictOn(stances: Iterable<Stance>): (typeof CLAIM_VERDICTS)[number] | undefined {
  const taken = new Set(stances);
  if (taken.size === 2) return 'contested';
  if (taken.has('asserts')) return 'unopposed';
  return taken.has('denies') ? 'denied' : undefined;
}

/** The value of the aspect `stance`. */
interface Taken {
  readonly stance: Stance;
  readonly proposition: string;
}

/** The stance of a claimant on a proposition. */
export interface StanceTaken extends Attribution {
  readonly stance: Stance;
  /**
   * The start of the unbroken run of this stance. Where the start is vague: its latest instant. Where the stance is not certain: the instant at
   * which it became possible.
   */
  readonly since: InstantText;
  /** The earliest instant, where it is vague: from it on, the claimant may have taken this stance without a break. */
  readonly sinceEarliest?: InstantText;
  /** The claimant may also take another stance, or none. */
  readonly certain?: false;
  /** The stances that the claimant may take; `unknown`: none. */
  readonly possible?: readonly (Stance | typeof UNKNOWN)[];
  readonly because: Because;
}

/** A claim, and the stances of the claimants on it. */
export interface Claim extends Item {
  readonly names?: Names;
  readonly proposition: string;
  /** Where possible worlds differ, the verdict on all possible stances. */
  readonly verdict: ClaimVerdict;
  /** Whether it is the same in every possible world. */
  readonly certain: boolean;
  /** Every verdict that it may have, where it is not certain. */
  readonly possible?: readonly ClaimVerdict[];
  readonly stances: readonly StanceTaken[];
}

/** The verdict on a claim. */
export interface ClaimPiece extends ValuePiece<ClaimVerdict> {
  /** Every verdict that it may have, where it is not certain. */
  readonly possible?: readonly ClaimVerdict[];
}

/** Claims, and the stances of the claimants on them. The log does not say who is right. Filters: `verdict`, `claimant`. */
export const claims: View<Claim, ClaimPiece> = {
  name: 'claims',
  category: 'claim',
  item(subject, at) {
    const stances = stancesOf(subject, at);
    const because = subject.restsOn(union(...stances.map((stance) => stance.because)), at);
    if (because.length === 0) return undefined;
    const registration = subject.registration(at)?.value;
    return {
      id: subject.id,
      ...(registration && { names: registration.names }),
      proposition: registration?.proposition ?? propositionOf(subject, at),
      ...verdictOf(subject, at),
      stances,
      because,
    };
  },
  timeline(subject) {
    return changingWith(subject.steps('stance'), (v) => {
      const { verdict, certain, possible } = verdictOf(subject, v);
      const because = union(...stancesOf(subject, v).map((stance) => stance.because));
      return { value: verdict, certain, ...(possible && { possible }), because };
    });
  },
  stated: (item) => [
    {
      aspect: 'verdict',
      value: { verdict: item.verdict, ...(item.possible && { possible: item.possible }) },
      because: item.because,
    },
    ...statedStances(item.stances),
  ],
  columns: columnsFor<Claim>({
    id: 'text',
    names: NAME_COLUMNS,
    proposition: 'text',
    verdict: 'text',
    certain: 'text',
    possible: 'text',
    stances: 'text',
    because: 'text',
  }),
  filters: {
    verdict: {
      description: 'the verdict on the stances taken; where it is uncertain, on all that may be taken',
      choices: [...CLAIM_VERDICTS, UNKNOWN],
      isOfStatus: true,
      passes: (item, wanted) => item.verdict === wanted,
    },
    claimant: {
      description: 'the id of an actor that takes a stance',
      passes: (item, wanted) => item.stances.some(({ claimant }) => claimant === wanted),
    },
  },
};

function statedStances(stances: readonly StanceTaken[]): StatedValue[] {
  return [...new Set(stances.map(({ claimant }) => claimant))].map((claimant) => {
    const own = stances.filter((stance) => stance.claimant === claimant);
    const [first] = own;
    const value = first?.possible ? { possible: first.possible } : { stance: first?.stance };
    const because = union(...own.map((stance) => stance.because));
    return { aspect: `stance/${claimant}`, value, because, ...(first && sinceOf(first)) };
  });
}

function propositionOf(subject: SubjectReader, at: Instant): string {
  const said = subject.lastSaid<Taken>(at);
  const [first] = said.sort((a, b) => a.effect.reported.from - b.effect.reported.from);
  return first?.value.proposition ?? '';
}

/** Every possible stance at `at`, the oldest first. */
function stancesOf(subject: SubjectReader, at: Instant): StanceTaken[] {
  return subject
    .voices<Taken>('stance')
    .flatMap(({ cell }) => stancesIn(subject, cell, at))
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.claimant < b.claimant ? -1 : 1));
}

function stancesIn(subject: SubjectReader, cell: CellOf<Taken>, at: Instant): StanceTaken[] {
  const answer = cell.at(at);
  const options = optionsOf(answer, at);
  const searched = subject.search(
    subject.overlaid([cell]),
    (of) => of.overlaid([cell]),
    ({ stance }: Taken, effect) => `${stance} ${hasBegun(effect, at)}`,
  );
  const from = runStart(searched, at, (a, b) => optionsOf(a, at).join() === optionsOf(b, at).join());
  return (['asserts', 'denies'] as const).flatMap((stance) => {
    const said = answer.candidates.filter(
      ({ value, effect }) => value.stance === stance && hasBegun(effect, at),
    );
    const [first] = said;
    if (!first) return [];
    const { claimant, standing, reliability } = first.effect;
    const mayHold = ({ candidates }: CellState<Taken>): boolean =>
      options.length === 1 && candidates.some(({ value }) => value.stance === stance);
    const since =
      from === undefined
        ? first.effect.from
        : { earliest: earliestStart(searched, from, mayHold), latest: from };
    return [
      {
        claimant,
        stance,
        ...instantMembers('since', since),
        ...(options.length > 1 && { certain: false as const, possible: options }),
        standing,
        reliability,
        because: union(...said.map(({ effect }) => effect.because)),
      },
    ];
  });
}

/** The possible stances of a voice. `unknown` is one of them where the voice may not have spoken yet. */
function optionsOf(answer: CellState<Taken>, at: Instant): (Stance | typeof UNKNOWN)[] {
  const taken = answer.candidates
    .filter(({ effect }) => hasBegun(effect, at))
    .map(({ value }) => value.stance);
  return [...new Set([...taken, ...(answer.silent ? [UNKNOWN] : [])])].sort();
}

/** The verdict in every possible world. */
function verdictOf(subject: SubjectReader, at: Instant): Pick<Claim, 'verdict' | 'certain' | 'possible'> {
  let worlds = [''];
  for (const { cell } of subject.voices<Taken>('stance')) {
    const options = optionsOf(cell.at(at), at);
    worlds = [...new Set(worlds.flatMap((world) => options.map((option) => joined(world, option))))];
  }
  const verdicts = [...new Set(worlds.map(verdictIn))].sort();
  const [only = UNKNOWN] = verdicts;
  if (verdicts.length === 1) return { verdict: only, certain: true };
  return { verdict: verdictIn(worlds.reduce(joined)), certain: false, possible: verdicts };
}

/** A world with more stances. A world is a text: its stances in order, with spaces between them. */
function joined(world: string, more: string): string {
  return [...new Set(`${world} ${more}`.split(' ').filter((stance) => stance !== '' && stance !== UNKNOWN))]
    .sort()
    .join(' ');
}

function verdictIn(world: string): ClaimVerdict {
  return verdictOn(world.split(' ').filter((stance): stance is Stance => stance !== '')) ?? UNKNOWN;
}
