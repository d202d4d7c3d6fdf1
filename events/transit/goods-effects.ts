import type { Development, StatedEffect } from '../development.js';
import { holds, streamOf } from '../event-type.js';
import type { Goods } from '../goods.js';
import { routeSubject } from '../kinds.js';

interface OnRoute {
  readonly route: string;
  readonly goods?: readonly Goods[];
}

/** One effect per group of goods on `goods/<id>`; without any, one on the status of the whole route. */
export const overGoods = (
  development: Development<OnRoute>,
  ofGoods: object,
  ofRoute: object,
): StatedEffect[] => {
  const subject = streamOf(routeSubject(development.data));
  const { goods } = development.data;
  if (goods === undefined) return [holds(development, subject, 'status', 'authority', ofRoute)];
  return goods.map(({ id, label, hs }) =>
    holds(development, subject, `goods/${id}`, 'authority', { ...ofGoods, label, hs }),
  );
};
