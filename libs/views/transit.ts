import type { Quantity } from '#events';
import type { InstantText } from '#time';
import { combine, joinAll, type Because, type Steps } from '#timeline';
import { columnsFor, NAME_COLUMNS } from './csv-columns.js';
import { bothOf, distinct, mapFinding, union, type Finding, type Outcome } from './finding.js';
import { ledgerEntriesOf, statedEntries, type LedgerEntry } from './ledger.js';
import { upcomingOf, componentsOf, presentOf, type Component } from './components.js';
import {
  briefly,
  sinceOf,
  statedNext,
  statedStatus,
  statusInCell,
  statusOf,
  RUN_COLUMNS,
  statusRunOf,
  statusFilter,
  UNKNOWN,
  type Run,
  type StatusRun,
  type WithStatus,
} from './status.js';
import type { Names, SubjectReader } from './subject.js';
import type { Item, StatedValue, ValuePiece, View } from './view.js';
import { without } from './without.js';

const STATUSES = ['open', 'restricted', 'closed'] as const;
/** The lists of goods, the worst first. */
const LISTS = ['barred', 'quota', 'allowed'] as const;

export type RouteStatus = (typeof STATUSES)[number] | typeof UNKNOWN;
export type GoodsStatus = (typeof LISTS)[number] | typeof UNKNOWN;

/** The members that an event gives a group of goods. */
interface GoodsTerms {
  readonly label: string;
  /** Codes of the Harmonized System. */
  readonly hs?: readonly string[];
  readonly legalBasis?: string;
  readonly phase?: string;
  /** The basis on which the quota is calculated. */
  readonly basis?: string;
  readonly volume?: Quantity;
  readonly unit?: string;
}

/** The value of the aspects `goods/<id>`. */
interface GoodsSaid extends GoodsTerms, WithStatus<(typeof LISTS)[number]> {}

/** The value of `status`, for the route itself. */
interface RouteSaid extends WithStatus<'open' | 'closed'> {
  readonly legalBasis?: string;
}

/** A group of goods in a list: it has the status of the list; where `certain` is false, it may have this status. */
export interface GoodsOnRoute extends Run<GoodsStatus>, GoodsTerms {
  /** The id of the group of goods. */
  readonly goods: string;
  /** It may have the status of the list; `possible` has the other possible statuses. */
  readonly certain?: false;
}

/** A known change of a group of goods. */
export interface ComingChange {
  /** The id of the group of goods. */
  readonly goods: string;
  readonly label?: string;
  /** The latest instant, where it is vague: by then the present status has surely ended. */
  readonly at: InstantText;
  /** The earliest instant, where it is vague: from it on, the status may be another. */
  readonly atEarliest?: InstantText;
  readonly status: GoodsStatus;
  readonly certain: boolean;
  /** Every status that it may have then, where it is not certain. */
  readonly possible?: readonly GoodsStatus[];
  readonly because: Because;
}

/** A movement of goods over the route. */
export interface Movement extends LedgerEntry {
  readonly what: string;
  readonly quantity?: Quantity;
  readonly unit?: string;
}

/** A transit route, and the goods that may pass on it. */
export interface TransitRoute extends Item, StatusRun<RouteStatus> {
  readonly names: Names;
  readonly barred: readonly GoodsOnRoute[];
  readonly quota?: readonly GoodsOnRoute[];
  readonly allowed?: readonly GoodsOnRoute[];
  /** The next known change of goods that are not surely barred now. */
  readonly scheduled?: readonly ComingChange[];
  readonly movements?: readonly Movement[];
}

/** The status of a route, and the ids of the groups of goods that are barred on it. */
export interface TransitPiece extends ValuePiece<readonly string[]> {
  readonly status: RouteStatus;
  /** The ids of the groups of goods that may be barred, where it is not certain. */
  readonly possible?: readonly string[];
}

/**
 * Transit by route. Closed where the route itself is closed; restricted where some goods are barred or under a quota; open where an event
 * says that the route is open, or that some goods may pass. Goods with several possible statuses are listed under the worst status.
 * Filters: `route`, `status`, `goods` (a group that is barred).
 */
export const transit: View<TransitRoute, TransitPiece> = {
  name: 'transit',
  category: 'route',
  item(subject, at) {
    const registered = subject.registration(at);
    const run = statusRunOf(subject, statusSteps, at, statusInCell, statusesAlone);
    const goods = componentsOf<GoodsSaid>(subject, 'goods', at);
    const movements = ledgerEntriesOf<Movement>(subject, 'movements', at);
    const scheduled = goods.flatMap(coming);
    const lists = { quota: listed(goods, 'quota'), allowed: listed(goods, 'allowed'), scheduled, movements };
    const said = union(...[...scheduled, ...movements].map((entry) => entry.because));
    const because = subject.restsOn(run.because.length > 0 ? run.because : said, at);
    if (because.length === 0) return undefined;
    return {
      id: subject.id,
      names: registered?.value?.names ?? {},
      ...run,
      barred: listed(goods, 'barred'),
      ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
      because,
    };
  },
  timeline(subject) {
    const aspects = subject.aspects('goods/');
    const goods = aspects.map((aspect) => subject.aspect<GoodsSaid>(aspect));
    return combine(
      [statusSteps(subject), ...goods],
      (route: Finding<WithStatus<RouteStatus>>, ...findings) => {
        const statuses = findings.map((finding, index) => ({
          id: (aspects[index] ?? '').slice('goods/'.length),
          ...statusOf(finding),
        }));
        const { status, certain, because } = statusOf(route);
        const mayBe = statuses.filter(({ possible }) => possible?.includes('barred'));
        return {
          status,
          value: statuses.filter((goods) => goods.status === 'barred').map(({ id }) => id),
          certain: certain && mayBe.length === 0,
          ...(mayBe.length > 0 && { possible: mayBe.map(({ id }) => id) }),
          because: union(because, ...statuses.map((goods) => goods.because)),
        };
      },
    );
  },
  stated: (item) => [
    ...statedStatus(item),
    ...statedGoods('barred', item.barred),
    ...statedGoods('quota', item.quota),
    ...statedGoods('allowed', item.allowed),
    ...statedEntries(item.movements ?? []),
  ],
  columns: columnsFor<TransitRoute>({
    id: 'text',
    names: NAME_COLUMNS,
    ...RUN_COLUMNS,
    barred: 'text',
    quota: 'text',
    allowed: 'text',
    scheduled: 'text',
    movements: 'text',
    because: 'text',
  }),
  filters: {
    route: {
      description: 'the id of the route',
      passes: (item, wanted) => item.id === wanted,
    },
    status: statusFilter(STATUSES),
    goods: {
      description: 'the id of a group of goods that is barred',
      passes: (item, wanted) => item.barred.some(({ goods }) => goods === wanted),
    },
  },
};

function listed(goods: readonly Component<GoodsSaid>[], list: (typeof LISTS)[number]): GoodsOnRoute[] {
  return presentOf(goods)
    .filter(
      ({ run }) => LISTS.find((status) => run.status === status || run.possible?.includes(status)) === list,
    )
    .map(({ id, run, value }) => {
      return { goods: id, ...without(value, 'status'), ...without(briefly(run), 'status') };
    });
}

function coming(goods: Component<GoodsSaid>): ComingChange[] {
  const upcoming = upcomingOf(goods);
  if (!upcoming || goods.run.status === 'barred') return [];
  const { value, next, because } = upcoming;
  const { at, earliest, ...status } = without(next, 'claimed');
  return [
    {
      goods: goods.id,
      ...(value && { label: value.label }),
      at,
      ...(earliest !== undefined && { atEarliest: earliest }),
      ...status,
      because,
    },
  ];
}

function statedGoods(status: string, goods: readonly GoodsOnRoute[] = []): StatedValue[] {
  return goods.flatMap((group) => {
    const aspect = `goods/${group.goods}` as const;
    const value = group.possible ? { status: UNKNOWN, possible: group.possible } : { status };
    return [{ aspect, value, because: group.because, ...sinceOf(group) }, ...statedNext(group, aspect)];
  });
}

const SEVERITY: readonly RouteStatus[] = [UNKNOWN, 'open', 'restricted', 'closed'];
const OF_GOODS = { barred: 'restricted', quota: 'restricted', allowed: 'open' } as const;

function statusSteps(subject: SubjectReader): Steps<Finding<WithStatus<RouteStatus>>> {
  return combine(statusesIn(subject), (...findings) => findings.reduce(worst));
}

/** The statuses of `statusSteps` without the events behind them. To join the events of many goods at each bound would take longer than all the rest. */
function statusesAlone(subject: SubjectReader): Steps<Finding<WithStatus<RouteStatus>>> {
  const bare = (finding: Finding<WithStatus<RouteStatus>>): Finding<WithStatus<RouteStatus>> => ({
    outcomes: finding.outcomes.map((outcome) => ({ ...outcome, because: [] })),
  });
  return joinAll(
    statusesIn(subject).map((steps) => combine([steps] as const, bare)),
    worst,
  );
}

/** The status that the route itself has, and the status that each group of goods gives the route. */
function statusesIn(subject: SubjectReader): Steps<Finding<WithStatus<RouteStatus>>>[] {
  const ofRoute = combine([subject.aspect<RouteSaid>('status')] as const, (route) =>
    mapFinding(route, (value) => value && { status: value.status }),
  );
  const ofGoods = subject
    .aspects('goods/')
    .map((aspect) =>
      combine([subject.aspect<GoodsSaid>(aspect)] as const, (goods) =>
        mapFinding(goods, (value) => value && { status: OF_GOODS[value.status] }),
      ),
    );
  return [ofRoute, ...ofGoods];
}

/** The worse value of every combination of possible values; equal values have the events of both. */
function worst(
  a: Finding<WithStatus<RouteStatus>>,
  b: Finding<WithStatus<RouteStatus>>,
): Finding<WithStatus<RouteStatus>> {
  const severity = ({ value }: Outcome<WithStatus<RouteStatus>>): number =>
    SEVERITY.indexOf(value?.status ?? UNKNOWN);
  const join = (
    one: Outcome<WithStatus<RouteStatus>>,
    other: Outcome<WithStatus<RouteStatus>>,
  ): Outcome<WithStatus<RouteStatus>> => {
    if (severity(one) !== severity(other)) return severity(one) > severity(other) ? one : other;
    return bothOf(one, other);
  };
  return { outcomes: distinct(a.outcomes.flatMap((one) => b.outcomes.map((other) => join(one, other)))) };
}
