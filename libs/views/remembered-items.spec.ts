import { expect, it } from '@jest/globals';
import { eventTypes } from '#events';
import { formatInstant } from '#time';
import { crossings } from './crossings.js';
import { given } from './spec-support.js';

const HOUR = 3_600_000;
const FIRST = Date.parse('2025-01-01T00:00:00Z');
const hours = Array.from({ length: 900 }, (_, n) => ({
  type: n % 2 === 0 ? 'crossing.closed' : 'crossing.reopened',
  occurred: formatInstant(FIRST + n * HOUR),
}));

it('a subject has the right item at every instant, also where it was asked about at more instants than are remembered', () => {
  const log = given(
    ...hours.map((told) => {
      const { data } = eventTypes.find(({ type }) => type === told.type)!.example;
      return { ...told, data: { ...data, crossing: 'xx-yy.often-asked' } };
    }),
  );
  for (const { type, occurred } of [...hours, ...hours])
    expect(log.item(crossings, occurred)).toMatchObject({
      status: type === 'crossing.closed' ? 'closed' : 'open',
      since: occurred,
    });
});
