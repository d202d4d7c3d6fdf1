import type { Quantity } from '#events';
import type { Instant, InstantText } from '#time';
import { columnsFor, NAME_COLUMNS } from './csv-columns.js';
import { voicesOf } from './figures.js';
import { union } from './finding.js';
import { begunWith, type Attributed } from './ledger.js';
import { changingWith, type Names, type SubjectReader } from './subject.js';
import type { Item, ValuePiece, View } from './view.js';

/** The value of the aspect `value`. */
interface EstimateFigure {
  readonly quantity: Quantity;
  readonly unit: string;
  readonly of: string;
}

/** The figure of one claimant. */
export interface Estimated extends Attributed, EstimateFigure {
  /** False: it is one of several figures that the claimant may give. */
  readonly certain: boolean;
}

/** Figures that claimants give for something. */
export interface Estimate extends Item {
  readonly names?: Names;
  /** The quantity that the figures measure, as the newest event names it. */
  readonly of: string;
  /** The latest figure of every claimant, the newest first. Never averaged. */
  readonly figures: readonly Estimated[];
}

/** The figures of a piece of a timeline. */
export type EstimatePiece = ValuePiece<readonly EstimatedAt[]>;

/** A figure, and its claimant. */
interface EstimatedAt {
  /** The id of the actor who gives it. */
  readonly claimant: string;
  readonly quantity: Quantity;
  readonly unit: string;
  /** The instant of the figure; the latest one, where it is vague. */
  readonly at: InstantText;
  /** The earliest instant, where it is vague. */
  readonly atEarliest?: InstantText;
}

/** Figures that claimants give for something. Filters: `claimant`, `unit`. */
export const estimates: View<Estimate, EstimatePiece> = {
  name: 'estimates',
  category: 'estimate',
  item(subject, at) {
    const figures = figuresOf(subject, at);
    const because = subject.restsOn(union(...figures.map((figure) => figure.because)), at);
    const of = figures[0]?.of ?? subject.lastSaid<EstimateFigure>(at)[0]?.value.of;
    if (of === undefined) return undefined;
    const names = subject.registration(at)?.value?.names;
    return {
      id: subject.id,
      ...(names && { names }),
      of,
      figures,
      because,
    };
  },
  timeline: (subject) =>
    changingWith(subject.steps('value'), (v) => {
      const figures = figuresOf(subject, v);
      return {
        value: figures.map(({ claimant, quantity, unit, at, atEarliest }) => ({
          claimant,
          quantity,
          unit,
          at,
          ...(atEarliest !== undefined && { atEarliest }),
        })),
        certain: figures.every(({ certain }) => certain),
        because: union(...figures.map(({ because }) => because)),
      };
    }),
  stated: (item) =>
    [...new Set(item.figures.map(({ claimant }) => claimant))].map((claimant) => {
      const own = item.figures.filter((figure) => figure.claimant === claimant);
      const said = own.map(({ quantity, unit }) => ({ quantity, unit }));
      return {
        aspect: `value/${claimant}`,
        value: own.every(({ certain }) => certain) ? said[0] : { possible: said },
        because: union(...own.map(({ because }) => because)),
        ...begunWith(own),
      };
    }),
  columns: columnsFor<Estimate>({
    id: 'text',
    names: NAME_COLUMNS,
    of: 'text',
    figures: 'text',
    because: 'text',
  }),
  filters: {
    claimant: {
      description: 'the id of an actor whose figure it has',
      passes: (item, wanted) => item.figures.some(({ claimant }) => claimant === wanted),
    },
    unit: {
      description: 'the unit of a figure',
      passes: (item, wanted) => item.figures.some(({ unit }) => unit === wanted),
    },
  },
};

function figuresOf(subject: SubjectReader, at: Instant): Estimated[] {
  return voicesOf<EstimateFigure>(subject, 'value', at).map(({ value, ...attributed }) => ({
    ...value,
    ...attributed,
  }));
}
