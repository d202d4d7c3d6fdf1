import { describe, expect, it } from '@jest/globals';
import { formatInstant } from '#time';
import { crossings } from './crossings.js';
import { given, nth, vilnius, type Told } from './spec-support.js';
import { without } from './without.js';

const medininkai = (modes = ['road'], operating = true): Told => ({
  type: 'subject.registered',
  occurred: '2020-01-01T00:00',
  data: {
    kind: 'crossing',
    id: 'medininkai',
    names: { lt: 'Medininkai' },
    crossing: { border: 'LT-BY', sides: ['LT', 'BY'], modes, operating },
  },
  standing: 'reference',
  reliability: 'F6',
});

const told = (type: string, occurred: string, more: Partial<Told> = {}): Told => ({
  type: `crossing.${type}`,
  occurred,
  ...more,
  data: { crossing: 'medininkai', ...more.data },
});

describe('a crossing that is only mentioned', () => {
  it('has no names or codes, and the modes for which it was mentioned', () => {
    const log = given(told('closed', '2025-10-27T00:00', { data: { modes: ['rail'] } }));
    expect(log.item(crossings, '2025-11-05')).toMatchObject({ names: {}, codes: {}, modes: ['rail'] });
  });
});

describe('a vague closure of a crossing for road and rail', () => {
  it('may apply to both modes or to neither, so the crossing is open or closed, never restricted', () => {
    const log = given(medininkai(['road', 'rail']), told('closed', '2025-10-20/2025-10-30'));
    expect(log.item(crossings, '2025-10-25')).toMatchObject({ certain: false, possible: ['closed', 'open'] });
  });
});

describe('a crossing whose sides are registered until a day', () => {
  const log = given(
    { ...medininkai(), until: '2025-11-01T00:00' },
    told('reopened', '2025-10-20T00:00', { data: { side: 'LT' } }),
    told('closed', '2025-11-20T00:00', { data: { side: 'LT' } }),
  );

  it('has, from that day on, the status of the side that a report names, in a run with the right bounds', () => {
    const expected = {
      status: 'open',
      since: vilnius('2020-01-01'),
      next: { at: vilnius('2025-11-20'), status: 'closed' },
    };
    expect(log.item(crossings, '2025-10-27')).toMatchObject(expected);
    expect(log.item(crossings, '2025-11-05')).toMatchObject(expected);
  });
});

describe('a crossing that opens while a restriction of one side may already hold', () => {
  const at = vilnius('2025-10-20');
  const log = given(
    told('reopened', '2025-10-20T00:00', { reportedAt: '2025-10-24' }),
    told('restricted', '2025-10-15/2025-10-22', { reportedAt: '2025-10-23', data: { side: 'LT' } }),
  );
  const nextMillisecond = new Date(Date.parse(at) + 1).toISOString();

  it('is surely open at that instant, and uncertain from the next millisecond on, in items and in its timeline', () => {
    expect(log.item(crossings, '2025-10-21')).toMatchObject({ certain: false, since: nextMillisecond });
    const pieces = log
      .timeline(crossings, 'medininkai')
      .map(({ from, certain }) => ({ from: from && formatInstant(from), certain }))
      .filter(({ from = '' }) => from >= at && from < vilnius('2025-10-21'));
    expect(pieces).toEqual([
      { from: at, certain: true },
      { from: nextMillisecond, certain: false },
    ]);
  });
});

describe('a crossing whose side reopens where a term ends, beside a vague opening of both sides', () => {
  const by = { by: 'lt.government', standing: 'act' } as const;
  const log = given(
    told('reopened', '2025-10-29/2025-10-31', { ...by, data: { authority: 'both' } }),
    told('closed', '2025-10-23', { ...by, until: '2025-10-30', data: { side: 'LT' } }),
    told('reopened', '2025-10-31', {
      ...by,
      reportedAt: '2025-11-05',
      data: { side: 'LT', authority: 'one' },
    }),
  );

  it('opened first by the act that may have come later: the other act meets the end', () => {
    expect(log.item(crossings, '2025-11-07')).toMatchObject({ status: 'open', authority: 'both' });
  });
});

describe('a crossing that is only registered', () => {
  it('is open if it was registered as operating', () => {
    const item = given(medininkai()).item(crossings, '2025-11-05');
    expect(item).toMatchObject({
      id: 'medininkai',
      names: { lt: 'Medininkai' },
      border: 'LT-BY',
      modes: ['road'],
      status: 'open',
      certain: true,
      since: vilnius('2020-01-01'),
      because: [nth(1)],
    });
  });

  it('is closed if it was registered as not operating', () => {
    expect(given(medininkai(['road'], false)).item(crossings, '2025-11-05')).toMatchObject({
      status: 'closed',
      reason: 'not operating',
    });
  });

  it('is not listed before the first report about it', () => {
    expect(given(medininkai()).item(crossings, '2019-12-31')).toBeUndefined();
  });
});

describe('a crossing that closed for a time', () => {
  const closure = told('closed', '2025-10-27T00:00', { until: '2025-11-30', data: { side: 'LT' } });

  it('is closed, with the announced end and the next status', () => {
    expect(given(medininkai(), closure).item(crossings, '2025-11-05')).toMatchObject({
      status: 'closed',
      since: vilnius('2025-10-27'),
      until: vilnius('2025-12-01'),
      next: { at: vilnius('2025-12-01'), status: 'open', certain: true },
      because: [nth(2)],
    });
  });

  it('is open again when the closure ends', () => {
    const log = given(medininkai(), closure);
    expect(log.item(crossings, '2025-11-30')).toMatchObject({ status: 'closed' });
    expect(log.item(crossings, '2025-12-01')).toMatchObject({ status: 'open', since: vilnius('2025-12-01') });
  });

  it('is still closed where a longer closure continues', () => {
    const log = given(medininkai(), told('closed', '2025-10-20T00:00'), closure);
    expect(log.item(crossings, '2025-12-05')).toMatchObject({
      status: 'closed',
      since: vilnius('2025-10-20'),
    });
  });

  it('is open despite a longer closure where the act also names the reopening', () => {
    const reopening = { ...closure, data: { ...closure.data, reopens: true } };
    const indefinite = told('closed', '2025-10-20T00:00', { data: { side: 'LT' } });
    const log = given(medininkai(), indefinite, reopening);
    expect(log.item(crossings, '2025-12-05')).toMatchObject({ status: 'open', because: [nth(3), nth(1)] });
  });

  it('is open from an early reopening on', () => {
    const log = given(medininkai(), closure, told('reopened', '2025-11-20T00:00', { data: { side: 'LT' } }));
    expect(log.item(crossings, '2025-11-19')).toMatchObject({
      status: 'closed',
      next: { at: vilnius('2025-11-20'), status: 'open' },
    });
    expect(log.item(crossings, '2025-11-21')).toMatchObject({ status: 'open' });
  });

  it('has its statuses in its timeline, in order', () => {
    const pieces = given(medininkai(), closure).timeline(crossings, 'medininkai');
    expect(pieces.map(({ status }) => status)).toEqual(['unknown', 'open', 'closed', 'open']);
  });

  it('has a change of its status and of its next status in a diff', () => {
    expect(given(medininkai(), closure).diff('2025-10-26', '2025-10-28')).toEqual([
      {
        view: 'crossings',
        subject: 'medininkai',
        aspect: 'next',
        before: { at: vilnius('2025-10-27'), status: 'closed', certain: true },
        after: { at: vilnius('2025-12-01'), status: 'open', certain: true },
        because: [nth(2), nth(1)],
      },
      {
        view: 'crossings',
        subject: 'medininkai',
        aspect: 'status',
        before: { status: 'open' },
        after: { status: 'closed' },
        because: [nth(2)],
      },
    ]);
  });
});

describe('a crossing with two sides', () => {
  const bothShut = [
    medininkai(),
    told('closed', '2025-10-27T00:00', { data: { side: 'LT' } }),
    told('closed', '2025-10-28T00:00', { data: { side: 'BY' } }),
  ];

  it('stays closed when one side opens and the other side stays closed', () => {
    const log = given(...bothShut, told('reopened', '2025-11-20T00:00', { data: { side: 'LT' } }));
    expect(log.item(crossings, '2025-11-21')).toMatchObject({ status: 'closed', because: [nth(3)] });
  });

  it('is open when both sides have opened, and rests on the events of both', () => {
    const log = given(
      ...bothShut,
      told('reopened', '2025-11-20T00:00', { data: { side: 'LT' } }),
      told('reopened', '2025-11-22T00:00', { data: { side: 'BY' } }),
    );
    expect(log.item(crossings, '2025-11-23')).toMatchObject({ status: 'open', because: [nth(4), nth(5)] });
  });

  it('is restricted if the worse side is restricted', () => {
    const log = given(
      medininkai(),
      told('restricted', '2025-10-27T00:00', { data: { side: 'LT', exemptions: ['diplomats'] } }),
    );
    expect(log.item(crossings, '2025-11-05')).toMatchObject({
      status: 'restricted',
      exemptions: ['diplomats'],
    });
  });
});

describe('a crossing with modes of traffic', () => {
  const pedestriansOut = told('closed', '2024-03-01T00:00', { data: { modes: ['pedestrian'] } });

  it('shows a ban on pedestrians only by mode if it is a road crossing', () => {
    const item = given(medininkai(), pedestriansOut).item(crossings, '2025-11-05');
    expect(item).toMatchObject({ status: 'open', because: [nth(1)] });
    expect(item?.byMode).toMatchObject({
      road: { status: 'open' },
      pedestrian: { status: 'closed', because: [nth(2)] },
    });
  });

  it('is restricted where its registered modes differ', () => {
    const log = given(
      medininkai(['road', 'rail']),
      told('closed', '2025-10-27T00:00', { data: { modes: ['road'] } }),
    );
    expect(log.item(crossings, '2025-11-05')).toMatchObject({
      status: 'restricted',
      byMode: { road: { status: 'closed' }, rail: { status: 'open' } },
    });
  });

  it('lists no modes where it has only one mode', () => {
    expect(given(medininkai()).item(crossings, '2025-11-05')?.byMode).toBeUndefined();
  });
});

describe('a crossing that is not registered', () => {
  it('has the reported status, and no names', () => {
    const item = given(told('closed', '2025-10-27T00:00', { data: { side: 'LT' } })).item(
      crossings,
      '2025-11-05',
    );
    expect(item).toMatchObject({ id: 'medininkai', names: {}, status: 'closed' });
    expect(item?.border).toBeUndefined();
  });

  it('has the reported modes', () => {
    const item = given(told('closed', '2025-10-27T00:00', { data: { modes: ['rail'] } })).item(
      crossings,
      '2025-11-05',
    );
    expect(item).toMatchObject({ status: 'closed' });
  });

  it('is restricted where one mode was closed after all modes were open', () => {
    const log = given(
      told('reopened', '2025-10-01T00:00'),
      told('closed', '2025-10-27T00:00', { data: { modes: ['pedestrian'] } }),
    );
    expect(log.item(crossings, '2025-11-05')).toMatchObject({
      status: 'restricted',
      byMode: { pedestrian: { status: 'closed' } },
    });
  });
});

describe('a closure on an uncertain day', () => {
  const log = given(
    medininkai(),
    told('closed', '2025-10-29/2025-10-30', { until: '2025-11-29/2025-11-30' }),
  );

  it('gives a certain status before and after that day', () => {
    expect(log.item(crossings, '2025-10-28')).toMatchObject({ status: 'open', certain: true });
    expect(log.item(crossings, '2025-10-30')).toMatchObject({ status: 'closed', certain: true });
  });

  it('gives an unknown status during that day, with the possible statuses', () => {
    expect(log.item(crossings, '2025-10-29')).toMatchObject({
      status: 'unknown',
      certain: false,
      possible: ['closed', 'open'],
      because: [nth(2), nth(1)],
    });
  });

  it('announces a vague end by its latest and its earliest instant', () => {
    expect(log.item(crossings, '2025-11-05')).toMatchObject({
      until: vilnius('2025-12-01'),
      untilEarliest: vilnius('2025-11-30'),
      next: { at: vilnius('2025-12-01'), earliest: vilnius('2025-11-30'), status: 'open', certain: true },
    });
  });
});

describe('a closure of both sides', () => {
  const closedBy = (side: string, until?: string): Told =>
    told('closed', '2025-10-27T00:00', { data: { side }, ...(until !== undefined && { until }) });
  const untilOf = (...closures: Told[]) =>
    given(medininkai(), ...closures).item(crossings, '2025-11-05')?.until;

  it('has the later of the two announced ends', () => {
    const end = vilnius('2026-01-01');
    expect(untilOf(closedBy('LT', '2025-11-30'), closedBy('BY', '2025-12-31'))).toBe(end);
    expect(untilOf(closedBy('BY', '2025-11-30'), closedBy('LT', '2025-12-31'))).toBe(end);
  });

  it('has no announced end where one side has none', () => {
    expect(untilOf(closedBy('LT', '2025-11-30'), closedBy('BY'))).toBeUndefined();
    expect(untilOf(closedBy('LT'), closedBy('BY', '2025-11-30'))).toBeUndefined();
  });
});

describe('a closure that is only claimed', () => {
  const claimed = told('closed', '2025-10-27T00:00', { standing: 'claim', by: 'by.customs' });

  it('does not change the status by an act', () => {
    expect(given(medininkai(), claimed).item(crossings, '2025-11-05')).toMatchObject({ status: 'open' });
  });

  it('is the answer, with a mark, where there are no facts', () => {
    expect(given(claimed).item(crossings, '2025-11-05')).toMatchObject({ status: 'closed', claimed: true });
  });

  it('is distinguished from a closure by an act, in `next` and in the timeline', () => {
    const log = given(claimed, told('closed', '2025-10-20T00:00', { until: '2025-10-28' }));
    expect(log.timeline(crossings, 'medininkai')).toMatchObject([
      { status: 'unknown' },
      { status: 'closed', to: Date.parse(vilnius('2025-10-29')) },
      { status: 'closed', claimed: true },
    ]);
    const reopened = told('reopened', '2025-10-20T00:00', { until: '2025-10-28' });
    expect(given(claimed, reopened).item(crossings, '2025-10-27')).toMatchObject({
      status: 'open',
      next: { at: vilnius('2025-10-29'), status: 'closed', claimed: true },
    });
  });
});

describe('a cut on the other axes', () => {
  const log = given(
    medininkai(),
    told('closed', '2025-10-27T00:00', { reportedAt: '2025-10-27', by: 'lt.government', reliability: 'A1' }),
    told('reopened', '2025-11-20T00:00', {
      reportedAt: '2025-11-25',
      by: 'reform',
      standing: 'observation',
      reliability: 'C3',
    }),
  );

  it('answers as known on a day', () => {
    expect(log.item(crossings, '2025-11-21', { knownAt: '2025-11-21' })).toMatchObject({ status: 'closed' });
    expect(log.item(crossings, '2025-11-21', { knownAt: '2025-11-25' })).toMatchObject({ status: 'open' });
  });

  it('answers as recorded at a sequence', () => {
    expect(log.item(crossings, '2025-11-21', { recordedAt: 2 })).toMatchObject({ status: 'closed' });
    expect(log.item(crossings, '2025-11-21', { recordedAt: 1 })).toMatchObject({ status: 'open' });
  });

  it('uses the reports of one claimant only', () => {
    expect(log.item(crossings, '2025-11-21', { accordingTo: 'lt.government' })).toMatchObject({
      status: 'closed',
    });
    expect(log.item(crossings, '2025-11-21', { accordingTo: 'by.customs' })).toBeUndefined();
  });

  it('leaves out reports of lower reliability', () => {
    expect(log.item(crossings, '2025-11-21', { minReliability: 'B2' })).toMatchObject({
      status: 'closed',
    });
  });
});

describe('a corrected report', () => {
  const wrong = { ...told('closed', '2025-10-27T00:00', { reportedAt: '2025-10-27' }), id: nth(90) };
  const right = { ...without(wrong, 'id'), occurred: '2025-10-28T00:00' };
  const log = given(medininkai(), wrong, {
    type: 'record.corrected',
    reportedAt: '2025-11-03',
    data: {
      target: nth(90),
      kind: 'transcription',
      reason: 'The day was misread.',
      replacement: {
        ...right,
        source: { publisher: 'BNS', title: 'Closed', publishedAt: '2025-10-27' },
        attribution: { claimant: 'bns', standing: 'act', reliability: 'B2' },
      },
    },
  });

  it('gives the right answer, and names the correction', () => {
    expect(log.item(crossings, '2025-10-27')).toMatchObject({ status: 'open' });
    expect(log.item(crossings, '2025-11-05')).toMatchObject({
      status: 'closed',
      since: vilnius('2025-10-28'),
      because: [nth(90), nth(3)],
    });
  });

  it('gives the old answer at the sequence before the correction', () => {
    expect(log.item(crossings, '2025-10-27', { recordedAt: 2 })).toMatchObject({
      status: 'closed',
      because: [nth(90)],
    });
  });
});

describe('filters', () => {
  const log = given(medininkai(), told('closed', '2025-10-27T00:00'));
  const count = (filters: Record<string, string>) => log.list(crossings, '2025-11-05', {}, filters).length;

  it('pass the items with the given border, mode and status', () => {
    expect(count({ border: 'LT-BY', mode: 'road', status: 'closed' })).toBe(1);
    expect(count({ border: 'PL-BY' })).toBe(0);
    expect(count({ mode: 'rail' })).toBe(0);
    expect(count({ status: 'open' })).toBe(0);
  });
});
