import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accept, correctionOf, effectsOf, eventTypes, searchText, type Accepted } from '#events';

const options = { defaultZone: 'Europe/Vilnius', newId: () => '01890a5d-ac96-774b-bcce-b302099a80ee' };

const accepted = (type: string, changes: { data?: object; [member: string]: unknown } = {}): Accepted => {
  const example = eventTypes.find((d) => d.type === type)?.example;
  const { data, ...rest } = changes;
  const sent = { ...example, ...rest, data: { ...example?.data, ...data } };
  const result = accept(JSON.parse(JSON.stringify(sent)), options);
  if (Array.isArray(result)) throw new Error(JSON.stringify(result));
  return result;
};
const brief = (event: Accepted) =>
  effectsOf(event).map(({ aspect, value, from, until, then }) => ({
    aspect,
    status: (value as { status?: string }).status,
    from: new Date(from.earliest).toISOString(),
    until: until && new Date(until.latest).toISOString(),
    then: (then as { status?: string } | undefined)?.status,
  }));

describe('the effects of a closure', () => {
  it('are on both sides and all modes where the report names none', () => {
    const event = accepted('crossing.closed', { data: { side: undefined } });
    expect(brief(event)).toEqual([
      {
        aspect: 'status/*/*',
        status: 'closed',
        from: '2025-10-28T22:00:00.000Z',
        until: '2025-11-30T22:00:00.000Z',
        then: undefined,
      },
    ]);
  });

  it('are one effect for each named mode', () => {
    const event = accepted('crossing.closed', { data: { modes: ['road', 'rail'] } });
    expect(brief(event).map((e) => e.aspect)).toEqual(['status/LT/road', 'status/LT/rail']);
  });

  it('give way to open only where the act names the reopening', () => {
    expect(brief(accepted('crossing.closed', { data: { reopens: true } }))[0]?.then).toBe('open');
    expect(
      brief(accepted('crossing.closed', { data: { reopens: true }, until: undefined }))[0]?.then,
    ).toBeUndefined();
  });

  it('are claimed by the claimant', () => {
    expect(effectsOf(accepted('crossing.closed'))).toMatchObject([{ claimant: 'lt.government' }]);
  });

  it('are the same for version 1 and for the equal version 2', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('road', 'rail', 'pedestrian', 'all', undefined),
        fc.record(
          {
            side: fc.constantFrom('LT', 'BY'),
            authority: fc.constant('lt.vsat'),
            reason: fc.constant('balloons'),
            reopens: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
        (mode, rest) => {
          const crossing = 'lt-by.kena';
          const all = mode === undefined || mode === 'all';
          const members = { side: undefined, authority: undefined, reason: undefined, ...rest, crossing };
          const one = accepted('crossing.closed', { schemaVersion: 1, data: { ...members, mode } });
          const two = accepted('crossing.closed', {
            data: { ...members, ...(all ? {} : { modes: [mode] }) },
          });
          expect(one.schemaVersion).toBe(1);
          expect(effectsOf(one)).toEqual(effectsOf(two));
          expect(one.stream).toBe(two.stream);
        },
      ),
    );
  });
});

describe('the effects of a measure', () => {
  it('announce it from its adoption to the last day on which it can begin, and let it expire', () => {
    expect(brief(accepted('sanctions.adopted', { until: '2022-12-31' }))).toMatchObject([
      { status: 'announced', from: '2022-03-14T22:00:00.000Z' },
      {
        status: 'inForce',
        from: '2022-06-16T21:00:00.000Z',
        until: '2022-12-31T22:00:00.000Z',
        then: 'expired',
      },
    ]);
    const vague = effectsOf(accepted('sanctions.adopted', { data: { adoptedAt: '2022' } }));
    expect(vague[0]?.from.latest).toBe((vague[1]?.from.earliest ?? 0) - 1);
  });

  it('announce nothing that was in force when it was adopted', () => {
    const statuses = (adoptedAt: string) =>
      brief(accepted('sanctions.adopted', { data: { adoptedAt } })).map((e) => e.status);
    expect(statuses('2022-06-17')).toEqual(['inForce']);
    expect(statuses('2022-07')).toEqual(['inForce']);
  });

  it('announce a phase from the report where nothing says when it was announced', () => {
    const statuses = (reportedAt: string) =>
      brief(accepted('sanctions.phase-scheduled', { reportedAt })).map((e) => e.status);
    expect(statuses('2022-07-22')).toEqual(['announced', 'inForce']);
    expect(statuses('2022-09-01')).toEqual(['inForce']);
  });
});

describe('the effects of a warning', () => {
  it('have no end where the deadline is words alone', () => {
    expect(brief(accepted('warning.issued'))).toMatchObject([
      { status: 'pending', until: undefined, then: undefined },
    ]);
  });

  it('lapse at the end of the deadline', () => {
    const event = accepted('warning.issued', { data: { deadline: '2022-07-20' } });
    expect(brief(event)).toMatchObject([
      { status: 'pending', until: '2022-07-20T21:00:00.000Z', then: 'lapsed' },
    ]);
  });
});

describe('the other effects', () => {
  it('of transit are one for each group of goods, or one on the route', () => {
    const aspects = (event: Accepted) => brief(event).map(({ aspect, status }) => [aspect, status]);
    expect(aspects(accepted('transit.restricted'))).toEqual([
      ['goods/cement', 'barred'],
      ['goods/wood', 'barred'],
      ['goods/alcohol', 'barred'],
    ]);
    expect(aspects(accepted('transit.restricted', { data: { goods: undefined } }))).toEqual([
      ['status', 'closed'],
    ]);
  });

  it('of a release with a count do not change the detention', () => {
    expect(brief(accepted('detention.released'))).toMatchObject([{ aspect: 'releases' }]);
    const all = accepted('detention.released', { data: { count: undefined } });
    expect(brief(all)).toMatchObject([{ aspect: 'status', status: 'released' }]);
  });

  it('begin with the report where no time is given', () => {
    const [effect] = effectsOf(accepted('detention.held'));
    expect(effect?.from).toEqual({
      earliest: Date.UTC(2025, 10, 24, 22),
      latest: Date.UTC(2025, 10, 26, 22) - 1,
    });
  });
});

describe('effects', () => {
  it.each(eventTypes.map((d) => d.type))(
    'of %s are pure, are JSON, and need only the parts of the event that JSON keeps',
    (type) => {
      const event = accepted(type);
      const before = JSON.stringify(event);
      const effects = effectsOf(event);
      expect(effectsOf(event)).toEqual(effects);
      expect(effectsOf(JSON.parse(before) as Accepted)).toEqual(effects);
      // A clone has the members of nested data, without their classes.
      expect(JSON.parse(JSON.stringify(effects))).toStrictEqual(structuredClone(effects));
      expect(JSON.stringify(event)).toBe(before);
    },
  );

  it('of an unknown type or version are refused', () => {
    const event = accepted('claim.denied');
    expect(() => effectsOf({ ...event, type: 'claim.shrugged' })).toThrow(RangeError);
    expect(() => effectsOf({ ...event, schemaVersion: 2 })).toThrow(RangeError);
  });
});

describe('a correction', () => {
  it('names its target and has the replacement', () => {
    const event = accepted('record.corrected');
    const correction = correctionOf(event);
    expect(correction).toMatchObject({
      kind: 'transcription',
      replacement: { type: 'sanctions.phase-scheduled' },
    });
    if (!correction?.replacement) return;
    expect(correction.replacement.id).toBe(correction.target);
    expect(brief({ ...correction.replacement, stream: '' }).map((e) => e.status)).toEqual([
      'announced',
      'inForce',
    ]);
  });

  it('without a replacement retracts; other events correct nothing', () => {
    expect(correctionOf(accepted('record.retracted'))).toEqual({
      target: '01890a5d-ac96-774b-bcce-b302099a8058',
      kind: 'amended',
      reason: 'The outlet took the article down.',
    });
    expect(correctionOf(accepted('claim.denied'))).toBeUndefined();
  });
});

describe('the search text', () => {
  it('has names, titles, quotes and the words for times, but no codes and addresses', () => {
    const { type, payload } = accepted('warning.issued');
    const lines = searchText(type, payload).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining(['Friday', 'within the coming days', 'harsh measures', 'warning.issued']),
    );
    expect(lines).not.toContain('B1');
    const registered = accepted('subject.registered');
    expect(searchText(registered.type, registered.payload)).toMatch(/Каменны Лог/);
    expect(searchText(registered.type, registered.payload)).not.toMatch(/https|Europe|Point/);
  });
});
