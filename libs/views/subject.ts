import type { GeoPoint, Mode } from '#events';
import { EARLIEST, type Instant, type Range } from '#time';
import {
  combine,
  rememberAnswers,
  type CellState,
  type Because,
  type Candidate,
  type Steps,
} from '#timeline';
import { findingSteps, unionOf, type Finding, type Outcome } from './finding.js';
import type { Cell } from './sqlite/cell.js';

/** One subject at a cut: its aspects at any instant. */
export class SubjectReader {
  private readonly known = new Map<string, Steps<unknown>>();

  constructor(
    readonly id: string,
    private readonly cells: readonly Cell[],
  ) {}

  /** The aspects with events that the cut sees, in order. */
  aspects(prefix = ''): string[] {
    const found: string[] = [];
    for (const cell of this.cells) {
      const { aspect } = cell;
      if (aspect.startsWith(prefix) && !found.includes(aspect) && cell.isEmpty !== true) found.push(aspect);
    }
    return found;
  }

  /**
   * An aspect on which acts and observations have authority; several aspects are overlaid together. Two lists of names with the same cells give the
   * same object.
   */
  aspect<V>(...names: readonly string[]): Steps<Finding<V>> {
    const facts: (Cell & Steps<CellState<V>>)[] = [];
    const claims: (Cell & Steps<CellState<V>>)[] = [];
    let key = '';
    for (const cell of this.cells) {
      if (!names.includes(cell.aspect)) continue;
      key += `${cell.aspect} `;
      if (cell.key === 'facts') facts.push(cell as Cell & Steps<CellState<V>>);
      else if (cell.key === 'claims') claims.push(cell as Cell & Steps<CellState<V>>);
    }
    return this.remembered(key, () => findingSteps(facts, claims));
  }

  /** The steps for this key, made once; they remember their answers. */
  remembered<T>(key: string, make: () => Steps<T>): Steps<T> {
    const known = this.known.get(key) as Steps<T> | undefined;
    if (known) return known;
    const made = rememberAnswers(make());
    this.known.set(key, made);
    return made;
  }

  /** The voices on an aspect, each with its own cell. */
  voices<V>(aspect: string): { claimant: string; steps: Steps<CellState<V>> }[] {
    return this.cells
      .filter((cell) => cell.aspect === aspect && cell.key.startsWith('by:'))
      .map((cell) => ({ claimant: cell.key.slice('by:'.length), steps: cell as Steps<CellState<V>> }));
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
