import type { Instant } from '#time';
import { voicesOf, type Quantity } from './figures.js';
import { union } from './finding.js';
import type { Attributed } from './ledger.js';
import { changingWith, type Names, type Subject } from './subject.js';
import type { Item, View } from './view.js';

/** The value of the aspect `value`. */
interface Estimated {
  readonly quantity: Quantity;
  readonly unit: string;
  readonly of: string;
}

/** One claimant's figure; `at` is what it is for. */
export type Figure = Attributed & Estimated & { readonly certain: boolean };

export interface Estimate extends Item {
  readonly names?: Names;
  /** What it is a figure of, as the newest has it. */
  readonly of: string;
  /** The latest figure of every claimant, the newest first. Never averaged. */
  readonly figures: readonly Figure[];
}

/** Figures that somebody puts on something. Filters: `claimant`, `unit`. */
export const estimates: View<Estimate> = {
  name: 'estimates',
  category: 'estimate',
  item(subject, at) {
    const figures = figuresOf(subject, at);
    const [newest] = figures;
    if (!newest) return undefined;
    const names = subject.registration(at)?.value?.names;
    return {
      id: subject.id,
      ...(names && { names }),
      of: newest.of,
      figures,
      because: union(...figures.map(({ because }) => because)),
    };
  },
  timeline: (subject) =>
    changingWith(subject.steps('value'), (v) => {
      const figures = figuresOf(subject, v);
      return {
        value: figures.map(({ claimant, quantity, unit, at }) => ({ claimant, quantity, unit, at })),
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
      };
    }),
  filters: {
    claimant: {
      description: 'the id of an actor whose figure it has',
      passes: (item, wanted) => item.figures.some(({ claimant }) => claimant === wanted),
    },
    unit: {
      description: 'a unit that a figure is in',
      passes: (item, wanted) => item.figures.some(({ unit }) => unit === wanted),
    },
  },
};

function figuresOf(subject: Subject, at: Instant): Figure[] {
  return voicesOf<Estimated>(subject, 'value', at).map(({ value, ...attributed }) => ({
    ...value,
    ...attributed,
  }));
}
