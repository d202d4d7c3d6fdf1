import type { Development, StatedEffect } from '../development.js';
import { holds, streamOf } from '../event-type.js';

export const MODES = ['road', 'rail', 'pedestrian'] as const;
export type Mode = (typeof MODES)[number];

interface AtCrossing {
  readonly crossing: string;
  readonly side?: string;
  readonly modes?: readonly Mode[];
}

/**
 * One effect per mode on `status/<side>/<mode>`; `*` where the report does not give the side, or the modes. The two
 * sides are two aspects: traffic can pass if both sides are open.
 */
export const statusAt = (
  development: Development<AtCrossing>,
  value: object,
  then?: object,
): StatedEffect[] => {
  const { crossing, side, modes } = development.data;
  const subject = streamOf({ category: 'crossing', id: crossing });
  return (modes ?? ['*']).map((mode) =>
    holds(development, subject, `status/${side ?? '*'}/${mode}`, 'authority', value, then),
  );
};
