import { text, type Parameter } from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';

const SECOND = 1_000;
/** Milliseconds of each unit. */
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  min: 60 * SECOND,
  h: 3_600 * SECOND,
  d: 86_400 * SECOND,
  w: 7 * 86_400 * SECOND,
  y: 365 * 86_400 * SECOND,
};

/** The time of the axis that passes in a second, in milliseconds; Infinity: no pauses. */
export const SPEED: Parameter<number | undefined> = {
  ...text(
    'the time that passes in a second: `1d/s`, `12h/s`; the units are s, min, h, d, w and y. Default `max`: without pauses',
    '1d/s',
  ),
  read(query, name, zone) {
    const given = text().read(query, name, zone);
    if (given === undefined) return undefined;
    if (given === 'max') return Infinity;
    const [, amount, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?)(s|min|h|d|w|y)\/s$/.exec(given) ?? [];
    const speed = Number(amount) * (UNITS[unit] ?? Number.NaN);
    if (speed > 0) return speed;
    throw badParameter(name, 'It must be an amount of time for a second, such as 1d/s or 12h/s, or max.');
  },
};
