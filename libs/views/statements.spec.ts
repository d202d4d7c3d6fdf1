import { expect, it } from '@jest/globals';
import { given, nth, vilnius, type Told } from './spec-support.js';
import { statements } from './statements.js';

const made = (occurred: string, speaker: string, kind: string): Told => ({
  type: 'statement.made',
  occurred,
  by: speaker,
  standing: 'claim',
  data: { statement: 'border', speaker, kind, says: `${speaker} speaks.` },
});
const log = given(
  made('2025-11-11T00:00', 'lt.budrys', 'assertion'),
  made('2025-10-28T00:00', 'by.lukashenko', 'rhetoric'),
);

it('a topic lists the statements about it, the oldest first', () => {
  expect(log.item(statements, '2025-11-12')).toMatchObject({
    id: 'border',
    statements: [
      { at: vilnius('2025-10-28'), speaker: 'by.lukashenko', kind: 'rhetoric', because: [nth(2)] },
      { at: vilnius('2025-11-11'), speaker: 'lt.budrys', says: 'lt.budrys speaks.', because: [nth(1)] },
    ],
  });
});

it('the timeline of a topic counts its statements, and a diff has each statement by itself', () => {
  expect(log.timeline(statements, 'border').map(({ value }) => value)).toEqual([0, 1, 2]);
  expect(log.diff('2025-11-01', '2025-11-12').map(({ aspect }) => aspect)).toEqual([`ledger/${nth(1)}`]);
});

it('topics are filtered by speaker and kind', () => {
  expect(log.list(statements, '2025-11-12', {}, { speaker: 'lt.budrys', kind: 'rhetoric' })).toHaveLength(1);
  expect(log.list(statements, '2025-11-01', {}, { speaker: 'lt.budrys' })).toHaveLength(0);
});
