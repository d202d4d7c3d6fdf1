import type { Development, StatedEffect } from './development.js';
import { holds, streamOf } from './event-type.js';
import { Id, Optional, Text, Texts } from './field.js';
import { routeSubject } from './kinds.js';

/** A group of goods as an act or a report names it. */
export class Goods {
  @Id('The group, such as `steel`.')
  id!: string;

  @Text('The name of the group for readers.', 200)
  label!: string;

  @Optional()
  @Texts('Harmonised System headings, such as `7208`; ranges as `72-73`.', 20)
  hs?: string[];
}

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
