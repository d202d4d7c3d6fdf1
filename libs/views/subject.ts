import type { GeoPoint, Mode } from '#events';
import { EARLIEST, type Instant, type Range } from '#time';
import {
  combine,
  mergeCells,
  outlineOf,
  rememberAnswers,
  type CellState,
  type Because,
  type Candidate,
  type ClassOf,
  type KnownEffect,
  type Steps,
} from '#timeline';
import { findingSteps, unionOf, type Finding, type Outcome } from './finding.js';
import { SearchedSteps } from './searched-steps.js';
import { CellsByAspect } from './cells-by-aspect.js';
import type { Cell } from './sqlite/cell.js';

/** A cell, or several cells in one overlay. */
type Overlaid<V> = Steps<CellState<V>>;

/** A cell with values of a type. */
export type CellOf<V> = Omit<Cell, 'at'> & Overlaid<V>;

/** The work of a search before it uses an outline, as a number of candidates: an outline takes as long as some hundred states. */
const MOST_SEARCHED = 2_000;
/** Where the cells have this number of effects or fewer, no search uses an outline. */
const FEW = 100;
/** The work of reading a state, besides its candidates. */
const OF_STATE = 8;

/** A reader of outlines. */
interface Outlined {
  readonly classOf: ClassOf<unknown>;
  /** The reader of the same subject in full. */
  readonly inFull: SubjectReader;
}

/** One subject at a cut: its aspects at any instant. */
export class SubjectReader {
  private readonly known = new Map<string, Steps<unknown>>();
  private outlines: Map<ClassOf<unknown>, SubjectReader> | undefined;
  private readonly byAspect: CellsByAspect;
  private long: boolean | undefined;
  /** The work of reading so far, where a search may be long. */
  private work = 0;

  constructor(
    readonly id: string,
    private readonly cells: readonly Cell[],
    private readonly mostSearched = MOST_SEARCHED,
    private readonly outlined?: Outlined,
  ) {
    this.byAspect = new CellsByAspect(cells);
  }

  /**
   * Steps for a search through many states: `inFull`, and from some work on the steps of the outlines of the cells (libs/timeline/outline.ts). An outline
   * has the same classes of values at every instant, but not all events. `stepsOf` reads the steps of a subject; `inFull`: its steps of this subject.
   */
  search<T, V>(
    inFull: Steps<T>,
    stepsOf: (subject: SubjectReader) => Steps<T>,
    classOf: ClassOf<V>,
  ): Steps<T> {
    if (!this.isLong) return inFull;
    const end = this.work + this.mostSearched;
    const makeOutline = (): Steps<T> => stepsOf(this.outlinedBy(classOf as ClassOf<unknown>));
    return new SearchedSteps(inFull, makeOutline, () => this.work < end);
  }

  /** Whether a search may go through many states. */
  private get isLong(): boolean {
    if (this.long === undefined) {
      let size = 0;
      for (const cell of this.cells) size += cell.size ?? 0;
      this.long = size > Math.min(FEW, this.mostSearched);
    }
    return this.long;
  }

  private outlinedBy(classOf: ClassOf<unknown>): SubjectReader {
    const known = this.outlines?.get(classOf);
    if (known) return known;
    const reader = new SubjectReader(this.id, this.cells, 0, { classOf, inFull: this });
    this.outlines ??= new Map();
    this.outlines.set(classOf, reader);
    return reader;
  }

  /** The aspects with events that the cut sees, in order. */
  aspects(prefix = ''): string[] {
    return this.byAspect.aspects(prefix);
  }

  /**
   * An aspect on which acts and observations have authority; several aspects are overlaid together. Two lists of names with the same cells give the
   * same object.
   */
  aspect<V>(...names: readonly string[]): Steps<Finding<V>> {
    const facts: CellOf<V>[] = [];
    const claims: CellOf<V>[] = [];
    let key = '';
    for (const cell of this.byAspect.of(names)) {
      key += `${cell.aspect} `;
      if (cell.key === 'facts') facts.push(cell as CellOf<V>);
      else if (cell.key === 'claims') claims.push(cell as CellOf<V>);
    }
    const traffic = names.includes('registration') ? trafficIn : undefined;
    return this.remembered(key, () =>
      findingSteps(
        this.overlaid(facts, traffic),
        claims.length === 0 ? undefined : this.overlaid(claims, traffic),
      ),
    );
  }

  /** Cells in one overlay. `ofFirst`: for an outline in which the class of the first candidate counts. */
  overlaid<V>(cells: readonly CellOf<V>[], ofFirst?: ClassOf<unknown>): Overlaid<V> {
    const { outlined } = this;
    const effects = outlined && cells.map((cell) => cell.effects?.());
    if (outlined && effects?.every((known) => known !== undefined))
      return outlineOf(
        effects.flat() as KnownEffect<V>[],
        ofFirst ?? outlined.classOf,
        ofFirst !== undefined,
      );
    const merged = mergeCells(cells);
    return this.isLong ? this.counted(merged) : merged;
  }

  private counted<V>(steps: Overlaid<V>): Overlaid<V> {
    return {
      at: (v) => {
        const state = steps.at(v);
        this.work += OF_STATE + state.candidates.length;
        return state;
      },
      next: (v) => steps.next(v),
      previous: (v) => steps.previous(v),
      sameSince: (v) => steps.sameSince?.(v),
    };
  }

  /** The steps for this key, made once; they remember their answers. */
  remembered<T>(key: string, make: () => Steps<T>): Steps<T> {
    const known = this.known.get(key) as Steps<T> | undefined;
    if (known) return known;
    const made = rememberAnswers(make());
    this.known.set(key, made);
    return made;
  }

  /**
   * Goes back from `at` to the first value of an aspect that passes. This finds members that later acts leave out: a renewal does not repeat the
   * issuer of the measure.
   */
  lastPassing<V>(aspect: string, at: Instant, passes: (value: V) => boolean): Outcome<V> | undefined {
    const steps = this.aspect<V>(aspect);
    const searched = this.search(
      steps,
      (of) => of.aspect<V>(aspect),
      (value: V) => String(passes(value)),
    );
    const passing = ({ outcomes }: Finding<V>) =>
      outcomes.find(({ value }) => value !== undefined && passes(value));
    for (let v: Instant | undefined = at; v !== undefined;) {
      if (passing(searched.at(v))) return passing(steps.at(v));
      const start: Instant | undefined = searched.previous(v);
      v = start === undefined ? undefined : start - 1;
    }
    return undefined;
  }

  /** The voices on an aspect, each with its own cell. */
  voices<V>(aspect: string): { claimant: string; cell: CellOf<V> }[] {
    return this.cells
      .filter((cell) => cell.aspect === aspect && cell.key.startsWith('by:'))
      .map((cell) => ({ claimant: cell.key.slice('by:'.length), cell: cell as CellOf<V> }));
  }

  /** The entries of a ledger that may have happened by `at`, earliest first. */
  ledger<V>(aspect: string, at: Instant): Candidate<V>[] {
    return this.cells
      .filter((cell) => cell.aspect === aspect)
      .flatMap((cell) => (cell as Steps<CellState<V>>).at(at).candidates);
  }

  /** The cells of an aspect, for the instants of its changes. */
  steps(aspect: string): Steps<CellState>[] {
    return this.cells.filter((cell) => cell.aspect === aspect);
  }

  /** The registration of the subject; undefined where it is not known at the instant. */
  registration(at: Instant): Outcome<Registration> | undefined {
    if (!this.cells.some(({ aspect }) => aspect === 'registration')) return undefined;
    const [found] = this.aspect<Registration>('registration').at(at).outcomes;
    return found?.value && found;
  }

  /**
   * The last value of each cell, at `at` or before, without the registration. Where no value holds any more, the answer rests on the events of these
   * values, which have ended.
   */
  lastSaid<V>(at: Instant): Candidate<V>[] {
    return this.cells
      .filter(({ aspect }) => aspect !== 'registration')
      .flatMap((cell) => lastHeld(cell as Steps<CellState<V>>, at));
  }

  /**
   * A timeline in which a piece that no event gives rests on the last values before it, as an item does. The entries of a ledger do not
   * count: they have no duration.
   */
  grounded<P extends { readonly because: Because }>(timeline: Steps<P>): Steps<P> {
    const cells = this.cells.filter(({ aspect, rule }) => aspect !== 'registration' && rule !== 'ledger');
    const own = rememberAnswers(timeline);
    const all = combine<readonly unknown[], unknown>([own, ...cells], () => undefined);
    const isSaid = (v: Instant): boolean => own.at(v).because.length > 0;
    return {
      at(v) {
        if (isSaid(v)) return own.at(v);
        const last = cells.flatMap((cell) => lastHeld(cell, v));
        return { ...own.at(v), because: unionOf(last.map(({ effect }) => effect.because)) };
      },
      next: (v) => (isSaid(v) ? own : all).next(v),
      previous: (v) => (isSaid(v) ? own : all).previous(v),
    };
  }

  /** The events behind an answer; where it has none, the events of the last values before it. */
  restsOn(because: Because, at: Instant): Because {
    return because.length > 0 ? because : unionOf(this.lastSaid(at).map(({ effect }) => effect.because));
  }
}

function lastHeld<V>(cell: Steps<CellState<V>>, at: Instant): readonly Candidate<V>[] {
  let v: Instant | undefined = at;
  while (v !== undefined) {
    const held = cell.at(v).candidates.filter(({ effect }) => hasBegun(effect, at));
    if (held.length > 0) return held;
    const bound = cell.previous(v);
    v = bound === undefined ? undefined : bound - 1;
  }
  return [];
}

/**
 * Whether an effect may have begun by `at`. Where its start has no lower bound ("by 25 November"), only the latest instant counts: otherwise the
 * effect would be listed as possible through all of history.
 */
export function hasBegun({ from }: { readonly from: Range }, at: Instant): boolean {
  return from.latest <= at || (from.earliest <= at && from.earliest > EARLIEST);
}

/** A value that can change only when one of the cells may change. */
export function changingWith<T>(cells: readonly Steps<unknown>[], at: (v: Instant) => T): Steps<T> {
  return { ...combine(cells, (...values: readonly unknown[]) => values), at };
}

/** The part of a registration on which the status of a crossing depends. */
function trafficIn(value: unknown): string {
  const { crossing } = (value ?? {}) as Partial<Registration>;
  return JSON.stringify([crossing?.modes, crossing?.sides]);
}

/** By language, as ISO 639-1. */
export interface Names {
  readonly [language: string]: string;
}

/** The value of the aspect `registration`: the data of `subject.registered`. */
export interface Registration {
  readonly kind: string;
  readonly id: string;
  readonly names: Names;
  readonly location?: GeoPoint;
  readonly approximate?: boolean;
  readonly codes?: Readonly<Record<string, string>>;
  readonly proposition?: string;
  readonly actor?: { readonly party?: string; readonly role?: string };
  readonly crossing?: {
    readonly border: string;
    readonly sides?: readonly string[];
    readonly modes: readonly Mode[];
    readonly farSide?: Names;
  };
}
