import { describe, expect, it } from '@jest/globals';
import { crossings } from './crossings.js';
import { given, nth, type Asked, type Told } from './spec-support.js';

const ID = 'lt-by.medininkai';
const crossing = { crossing: ID, modes: ['road'], side: 'LT' };
const closed: Told = { type: 'crossing.closed', occurred: '2025-11-01', data: crossing };
const reopened: Told = { type: 'crossing.reopened', occurred: '2025-11-03', data: crossing };

/** The verdicts as texts, such as `verdict by 2`: the effects of each event, in the order of the events' ids. */
function verdicts(told: readonly Told[], asOf: string, asked?: Asked): string[] {
  const { effects } = given(...told).explain(crossings, ID, asOf, asked);
  return [...effects]
    .sort((a, b) => (a.event < b.event ? -1 : 1))
    .map(({ verdict, by = [] }) =>
      [verdict, ...by.map((id) => String(told.findIndex((_, n) => nth(n + 1) === id) + 1))].join(' '),
    );
}

describe('explaining an answer', () => {
  it('lists the effects that hold, that are overlaid, and that have not begun', () => {
    const later: Told = { ...closed, occurred: '2025-11-09', reportedAt: '2025-11-01' };
    expect(verdicts([closed, reopened, later], '2025-11-05')).toEqual(['overlaid 2', 'holds', 'notStarted']);
    expect(verdicts([closed, reopened], '2025-11-02')).toEqual(['holds', 'notStarted']);
  });

  it('lists the effects that were not yet public, or not yet recorded', () => {
    expect(verdicts([closed, reopened], '2025-11-05', { knownAt: '2025-11-02' })).toEqual([
      'holds',
      'notYetKnown',
    ]);
    expect(verdicts([closed, reopened], '2025-11-05', { recordedAt: 1 })).toEqual([
      'holds',
      'notYetRecorded',
    ]);
  });

  it('lists the effects that have run out', () => {
    expect(verdicts([{ ...closed, until: '2025-11-02' }, closed], '2025-11-05')).toEqual([
      'expired',
      'holds',
    ]);
  });

  it('says where possible worlds differ', () => {
    const sometime: Told = { ...reopened, occurred: '2025-11-03/2025-11-09' };
    expect(verdicts([closed, sometime], '2025-11-05')).toEqual(['mayHold', 'mayHold']);
  });

  it('uses claims only where no act or observation applies', () => {
    const claimed: Told = { ...reopened, standing: 'claim' };
    expect(verdicts([closed, claimed], '2025-11-05')).toEqual(['holds', 'claimsNotAsked 1']);
    expect(verdicts([claimed], '2025-11-05')).toEqual(['holds']);
  });

  it('lists the claimants that the question excludes', () => {
    const others: Told = { ...reopened, by: 'press.ap', reliability: 'C4' };
    expect(verdicts([closed, others], '2025-11-05', { accordingTo: 'bns' })).toEqual(['holds', 'outOfVoice']);
    expect(verdicts([closed, others], '2025-11-05', { minReliability: 'B2' })).toEqual([
      'holds',
      'outOfVoice',
    ]);
  });

  it('weighs together the effects that the view overlays', () => {
    const everywhere: Told = { ...reopened, data: { crossing: ID } };
    expect(verdicts([closed, everywhere], '2025-11-05')).toEqual(['overlaid 2', 'holds']);
    const { effects } = given(closed, everywhere).explain(crossings, ID, '2025-11-05', {}, 'status/LT');
    expect(effects.map(({ aspect, verdict }) => [aspect, verdict])).toEqual([['status/LT/road', 'overlaid']]);
  });

  it('gives the answer, and the effects in its cells', () => {
    const { answer, found } = given(closed).explain(crossings, ID, '2025-11-05', {}, 'status');
    expect(answer).toEqual({ status: 'closed', certain: true, because: [nth(1)] });
    expect(found).toMatchObject([{ aspects: ['status/LT/road'], certain: true, because: [nth(1)] }]);
  });
});

describe('explaining corrections', () => {
  const noteOn = (target: number, kind: string, replacement?: Told): Told => ({
    type: replacement ? 'record.corrected' : 'record.retracted',
    reportedAt: '2025-11-10',
    data: {
      target: nth(target),
      kind,
      reason: 'It was otherwise.',
      ...(replacement && {
        replacement: {
          ...replacement,
          reportedAt: '2025-11-10',
          source: { publisher: 'BNS', title: 'again', publishedAt: '2025-11-10' },
          attribution: { claimant: 'bns', standing: 'act', reliability: 'B2' },
        },
      }),
    },
  });

  it('says what was corrected, by which event, and what it was before', () => {
    const told = [closed, noteOn(1, 'amended', { ...closed, occurred: '2025-11-02' })];
    expect(verdicts(told, '2025-11-05').sort()).toEqual(['corrected 2', 'holds']);
    expect(verdicts(told, '2025-11-05', { knownAt: '2025-11-09' }).sort()).toEqual(['holds', 'notYetKnown']);
    expect(verdicts(told, '2025-11-05', { recordedAt: 1 }).sort()).toEqual(['holds', 'notYetRecorded']);
  });

  it('lists retracted effects, whether the source withdrew them or the transcription was wrong', () => {
    expect(verdicts([closed, noteOn(1, 'amended')], '2025-11-05')).toEqual(['retracted 2']);
    expect(verdicts([closed, noteOn(1, 'amended')], '2025-11-05', { knownAt: '2025-11-09' })).toEqual([
      'holds',
    ]);
    const wrong = [closed, noteOn(1, 'transcription')];
    expect(verdicts(wrong, '2025-11-05', { knownAt: '2025-11-09' })).toEqual(['retracted 2']);
    expect(verdicts(wrong, '2025-11-05', { recordedAt: 1 })).toEqual(['holds']);
  });

  it('shows an effect once, though its spans were revised often', () => {
    const told = [closed, noteOn(1, 'amended'), noteOn(2, 'amended')];
    expect(verdicts(told, '2025-11-05')).toHaveLength(1);
  });
});
