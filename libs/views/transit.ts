import { combine, type Steps } from '#timeline';
import { bothOf, distinct, mapFinding, union, type Finding, type Outcome } from './finding.js';
import { entriesOf, statedEntries, type Entry } from './ledger.js';
import type { Quantity } from './figures.js';
import { comingOf, partsOf, presentOf, type Coming, type Part } from './parts.js';
import {
  briefly,
  statedStatus,
  statusOf,
  statusRunOf,
  UNKNOWN,
  type StatusRun,
  type WithStatus,
} from './status.js';
import type { Names, Subject } from './subject.js';
import type { Item, StatedValue, View } from './view.js';
import { without } from './without.js';

/** The value of the aspects `goods/<id>`. */
interface GoodsStatus {
  readonly status: 'barred' | 'quota' | 'allowed';
  readonly label: string;
  readonly hs?: readonly string[];
  readonly legalBasis?: string;
  readonly phase?: string;
  readonly basis?: string;
  readonly volume?: Quantity;
  readonly unit?: string;
}

/** The value of `status`, for the route as such. */
interface RouteStatus {
  readonly status: 'open' | 'closed';
  readonly legalBasis?: string;
}

/** A group of goods in a list: it is, or, not `certain`, it may be what the list says. */
export interface GoodsOnRoute
  extends Omit<StatusRun, 'status' | 'certain'>, Omit<GoodsStatus, 'status' | 'volume'> {
  readonly goods: string;
  readonly certain?: false;
  readonly volume?: Quantity;
}

export type ComingChange = Omit<Coming<GoodsStatus>, 'value'> & {
  readonly goods: string;
  readonly label?: string;
};

export interface Movement {
  readonly what: string;
  readonly quantity?: Quantity;
  readonly unit?: string;
}

export interface TransitRoute extends Item, StatusRun {
  readonly names: Names;
  readonly barred: readonly GoodsOnRoute[];
  readonly quota?: readonly GoodsOnRoute[];
  readonly allowed?: readonly GoodsOnRoute[];
  /** The next known change of goods that are not surely barred now. */
  readonly scheduled?: readonly ComingChange[];
  readonly movements?: readonly Entry<Movement>[];
}

/**
 * Transit by route. Closed where the route as such is; restricted where some goods are barred or under a quota; open where
 * something says that it, or some goods, may pass. Goods that may be barred, or under a quota, or neither are listed under
 * the worst. Filters: `route`, `status`, `goods` (a group that is barred).
 */
export const transit: View<TransitRoute> = {
  name: 'transit',
  category: 'route',
  item(subject, at) {
    const registered = subject.registration(at);
    const run = statusRunOf(statusSteps(subject), at);
    const goods = partsOf<GoodsStatus>(subject, 'goods', at);
    const movements = entriesOf<Movement>(subject, 'movements', at);
    const scheduled = goods.flatMap(coming);
    const lists = { quota: listed(goods, 'quota'), allowed: listed(goods, 'allowed'), scheduled, movements };
    const said = union(...[...scheduled, ...movements].map((entry) => entry.because));
    const because = run.because.length > 0 ? run.because : said;
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
    const goods = aspects.map((aspect) => subject.aspect<GoodsStatus>(aspect));
    return combine([statusSteps(subject), ...goods], (route: Finding<WithStatus>, ...findings) => {
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
    });
  },
  stated: (item) => [
    statedStatus(item),
    ...statedGoods('barred', item.barred),
    ...statedGoods('quota', item.quota),
    ...statedGoods('allowed', item.allowed),
    ...statedEntries(item.movements ?? []),
  ],
  filters: {
    route: {
      description: 'the id of the route',
      passes: (item, wanted) => item.id === wanted,
    },
    status: {
      description: 'the status as of `asOf`',
      choices: ['open', 'restricted', 'closed', UNKNOWN],
      passes: (item, wanted) => item.status === wanted,
    },
    goods: {
      description: 'the id of a group of goods that is barred',
      passes: (item, wanted) => item.barred.some(({ goods }) => goods === wanted),
    },
  },
};

const LISTS = ['barred', 'quota', 'allowed'] as const;

function listed(goods: readonly Part<GoodsStatus>[], list: (typeof LISTS)[number]): GoodsOnRoute[] {
  return presentOf(goods)
    .filter(
      ({ run }) => LISTS.find((status) => run.status === status || run.possible?.includes(status)) === list,
    )
    .map(({ id, run, value }) => {
      return { goods: id, ...without(value, 'status'), ...without(briefly(run), 'status') };
    });
}

function coming(goods: Part<GoodsStatus>): ComingChange[] {
  const next = comingOf(goods);
  if (!next || goods.run.status === 'barred') return [];
  return [{ goods: goods.id, ...(next.value && { label: next.value.label }), ...without(next, 'value') }];
}

function statedGoods(status: string, goods: readonly GoodsOnRoute[] = []): StatedValue[] {
  return goods.map(({ goods: id, possible, because }) => ({
    aspect: `goods/${id}`,
    value: possible ? { status: UNKNOWN, possible } : { status },
    because,
  }));
}

const SEVERITY = [UNKNOWN, 'open', 'restricted', 'closed'];
const OF_GOODS = { barred: 'restricted', quota: 'restricted', allowed: 'open' };

function statusSteps(subject: Subject): Steps<Finding<WithStatus>> {
  const goods = subject.aspects('goods/').map((aspect) => subject.aspect<GoodsStatus>(aspect));
  return combine(
    [subject.aspect<RouteStatus>('status'), ...goods],
    (route: Finding<RouteStatus>, ...findings: Finding<GoodsStatus>[]) =>
      findings.reduce<Finding<WithStatus>>(
        (whole, finding) =>
          worst(
            whole,
            mapFinding(finding, (value) => value && { status: OF_GOODS[value.status] }),
          ),
        mapFinding(route, (value) => value && { status: value.status }),
      ),
  );
}

/** Of every combination of what is possible the worse; equal ones rest on both. */
function worst(a: Finding<WithStatus>, b: Finding<WithStatus>): Finding<WithStatus> {
  const severity = ({ value }: Outcome<WithStatus>): number => SEVERITY.indexOf(value?.status ?? UNKNOWN);
  const join = (one: Outcome<WithStatus>, other: Outcome<WithStatus>): Outcome<WithStatus> => {
    if (severity(one) !== severity(other)) return severity(one) > severity(other) ? one : other;
    return bothOf(one, other);
  };
  return { outcomes: distinct(a.outcomes.flatMap((one) => b.outcomes.map((other) => join(one, other)))) };
}
