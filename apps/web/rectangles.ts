import { computed, type ReadonlySignal } from '@preact/signals';
import type { Entry, PlaneCellAnswer, PlanesAnswer } from './api.js';
import { answerTo, head, pathOf, pinned } from './data.js';
import { events, nameOf } from './events.js';
import { countWords, unitWords } from './values.js';
import { boundsOf, knownInstant, type Bounds } from './planes.js';
import { words } from './words/index.js';

/** A cell of the plane of a subject of any view. */
export interface Rectangle extends Bounds {
  /** A status of the view. */
  readonly status: string;
  readonly certain: boolean;
  readonly possible: readonly string[];
  readonly claimed: boolean;
  readonly because: readonly string[];
  /** The content of the answer besides its status, in words. */
  readonly says?: string;
}

/** The views whose answers have a status or something similar. */
export const VIEWS_WITH_PLANES = [
  'crossings',
  'transit',
  'sanctions',
  'detentions',
  'warnings',
  'conditions',
  'talks',
  'airspace',
  'claims',
] as const;

/** The planes of all subjects of a view, by id; undefined until they have arrived, and where no view is wanted. */
export function rectanglesOf(
  wanted: () => string | undefined,
): ReadonlySignal<ReadonlyMap<string, readonly Rectangle[]> | undefined> {
  const answer = answerTo<PlanesAnswer>(() => {
    const view = wanted();
    return view === undefined || head.value === undefined
      ? undefined
      : pathOf('/v1/planes', { view, ...pinned() });
  });
  return computed(() => {
    const { value: found } = answer;
    // The previous answer may be about another view.
    if (found === undefined || found.view !== wanted()) return undefined;
    return new Map(found.items.map(({ id, cells }) => [id, cells.map(rectangleOf)] as const));
  });
}

function rectangleOf(cell: PlaneCellAnswer): Rectangle {
  const { status, value, certain, possible = [], claimed, because } = cell;
  return {
    ...boundsOf(cell),
    status: status ?? statusIn(value),
    certain,
    possible: possible.map(String),
    claimed: claimed === true,
    because,
    ...says(value),
  };
}

/** The status of a value without the member `status`: the verdict on a claim, or for talks the common stance, or that the stances differ. */
function statusIn(value: unknown): string {
  if (typeof value === 'string') return value;
  const stances = new Set(Object.values((value ?? {}) as Readonly<Record<string, unknown>>).map(String));
  const [only = 'unknown', ...others] = stances;
  return others.length > 0 ? 'differ' : only;
}

interface Figured {
  readonly claimant: string;
  readonly unit?: string;
  readonly count: Parameters<typeof countWords>[0];
}

/** The content of a value besides its status: figures of a detention, goods barred on a route, stances in talks, or an emergency. */
function says(value: unknown): Pick<Rectangle, 'says'> {
  if (typeof value !== 'object' || value === null) return {};
  const texts = Array.isArray(value)
    ? (value as readonly (string | Figured)[]).map((one) =>
        typeof one === 'string'
          ? one
          : `${nameOf(one.claimant)}: ${countWords(one.count)} ${unitWords(one.unit)}`,
      )
    : Object.entries(value).map(
        ([actor, stance]) =>
          `${actor === 'emergency' ? words.value.emergency : nameOf(actor)}: ${[stance].flat().map(String).map(stateName).join(' / ')}`,
      );
  return texts.length === 0 ? {} : { says: texts.join(' · ') };
}

export const stateName = (status: string): string => words.value.states[status] ?? status;

/** The status in words: `in force`, `uncertain: held or released`, `pending (only claimed)`. */
export function stateWords({
  status,
  certain,
  possible = [],
  claimed = false,
}: Pick<Rectangle, 'status' | 'certain'> & {
  readonly possible?: readonly string[];
  readonly claimed?: boolean;
}): string {
  const { value: w } = words;
  if (!certain && possible.length > 0) return w.either(possible.map(stateName));
  return claimed ? `${stateName(status)} (${w.claimedOnly})` : stateName(status);
}

/** The rectangles as known at the cut, in the order of valid time. */
export const knownAtCut = (rectangles: readonly Rectangle[] = []): Rectangle[] =>
  rectangles
    .filter(({ knownFrom, knownTo }) => knownFrom <= knownInstant.value && knownInstant.value < knownTo)
    .sort((a, b) => a.validFrom - b.validFrom);

/** The report that caused a rectangle: the report that became public when the rectangle begins to be known, or else the first report of its grounds. */
export function reportBehind({ because, knownFrom }: Rectangle): Entry | undefined {
  const entries = because.flatMap((id) => events.value.get(id) ?? []);
  return entries.find(({ reportedAt }) => Date.parse(reportedAt.latest) === knownFrom) ?? entries[0];
}
