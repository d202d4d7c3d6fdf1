import { describe, expect, it } from '@jest/globals';
import { MAX_EVENT_BYTES } from '../serialized-event.js';
import { collect, event, events, ids, reaches, refusal, upTo, type Fixture } from './fixture.js';

export function appending(fixture: Fixture): void {
  describe('appending', () => {
    it('numbers the log densely from 1 and each stream from 0', async () => {
      const first = await fixture.log.append(events(2, 'a', { stream: 'crossing-x' }));
      const [third] = await fixture.log.append([event('b', { stream: 'crossing-y' })]);
      const [fourth] = await fixture.log.append([event('c', { stream: 'crossing-x' })]);
      expect(first.map(({ sequence, revision }) => [sequence, revision])).toEqual([
        [1, 0],
        [2, 1],
      ]);
      expect(third).toMatchObject({ id: 'b', stream: 'crossing-y', sequence: 3, revision: 0 });
      expect(fourth).toMatchObject({ id: 'c', stream: 'crossing-x', sequence: 4, revision: 2 });
    });

    it('shows an acknowledged event to every way of reading', async () => {
      const sent = event('a', {
        payload: { text: 'naïve 🚂 \u0000', list: [1, null, { deep: true }] },
      });
      const [appended] = await fixture.log.append([sent]);
      const expected = { ...sent, sequence: 1, revision: 0, recordedAt: appended?.recordedAt };
      expect(await collect(fixture.log.read())).toEqual([expected]);
      expect(await collect(fixture.log.readStream(sent.stream))).toEqual([expected]);
      expect(await fixture.log.find('a')).toEqual(expected);
      expect(await fixture.log.head()).toEqual({ sequence: 1, recordedAt: appended?.recordedAt });
    });

    it('stores an event as it was at the call', async () => {
      const payload = { trucks: 1 };
      const appended = fixture.log.append([event('a', { payload })]);
      payload.trucks = 2;
      await appended;
      expect((await fixture.log.find('a'))?.payload).toEqual({ trucks: 1 });
    });

    it('answers an empty append with an empty answer', async () => {
      expect(await fixture.log.append([])).toEqual([]);
      expect(await fixture.log.head()).toEqual({ sequence: 0, recordedAt: 0 });
    });

    it('never lets recordedAt run backwards', async () => {
      for (const id of ['a', 'b', 'c']) await fixture.log.append([event(id)]);
      const times = (await collect(fixture.log.read())).map(({ recordedAt }) => recordedAt);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    });

    it('keeps the time at which another log recorded an event, unless that is before the event before it', async () => {
      const given = [1_000, 3_000, 2_000, 4_000].map((recordedAt, n) => event(`e${n}`, { recordedAt }));
      const appended = await fixture.log.append(given);
      const [last] = await fixture.log.append([event('now')]);
      expect(appended.map(({ recordedAt }) => recordedAt)).toEqual([1_000, 3_000, 3_000, 4_000]);
      expect(last?.recordedAt).toBeGreaterThan(4_000);
      const times = (await collect(fixture.log.read())).map(({ recordedAt }) => recordedAt);
      expect(times).toEqual([1_000, 3_000, 3_000, 4_000, last?.recordedAt]);
      expect(await fixture.log.sequenceAt(3_999)).toBe(3);
    });

    it('numbers concurrent appends densely, each in one piece', async () => {
      const batches = upTo(40).map((n) => events(3, `${n}-`, { stream: `crossing-${n % 4}` }));
      const answers = await Promise.all(batches.map((batch) => fixture.log.append(batch)));
      const all = await collect(fixture.log.read());
      expect(all.map(({ sequence }) => sequence)).toEqual(upTo(120));
      for (const [first, second, third] of answers) {
        expect([second?.sequence, third?.sequence]).toEqual([
          (first?.sequence ?? 0) + 1,
          (first?.sequence ?? 0) + 2,
        ]);
      }
    });
  });

  describe('an event sent again', () => {
    it('gets the first answer, marked as a duplicate', async () => {
      const [first] = await fixture.log.append([event('a')]);
      await fixture.log.append([event('b')]);
      expect(await fixture.log.append([event('a')])).toEqual([{ ...first, duplicate: true }]);
      expect((await fixture.log.head()).sequence).toBe(2);
    });

    it('is the same for any time of recording in another log', async () => {
      await fixture.log.append([event('a', { recordedAt: 1_000 })]);
      const again = await fixture.log.append([event('a', { recordedAt: 2_000 })]);
      expect(again).toMatchObject([{ sequence: 1, recordedAt: 1_000, duplicate: true }]);
    });

    it('is the same in any order of its keys, and with any metadata', async () => {
      await fixture.log.append([
        event('a', { payload: { x: 1, y: { p: 1, q: 2 } }, metadata: { by: 'one' } }),
      ]);
      const again = event('a', { payload: { y: { q: 2, p: 1 }, x: 1 }, metadata: { by: 'two' } });
      expect(await fixture.log.append([again])).toMatchObject([{ sequence: 1, duplicate: true }]);
      expect((await fixture.log.find('a'))?.metadata).toEqual({ by: 'one' });
    });

    it.each([
      ['payload', { payload: { of: 'another' } }],
      ['type', { type: 'crossing.reopened' }],
      ['stream', { stream: 'crossing-z' }],
      ['schema version', { schemaVersion: 2 }],
    ])(
      'is a conflict that names the id where the %s differs, and its whole batch is refused',
      async (_, parts) => {
        await fixture.log.append([event('a')]);
        const batch = [event('new', { stream: 'crossing-new' }), event('a', parts), event('newer')];
        expect(await refusal(fixture.log.append(batch))).toEqual({ code: 'id-conflict', id: 'a' });
        expect(ids(await collect(fixture.log.read()))).toEqual(['a']);
        const [next] = await fixture.log.append([event('new', { stream: 'crossing-new' })]);
        expect(next).toMatchObject({ sequence: 2, revision: 0 });
      },
    );

    it('follows the same rules within one batch', async () => {
      expect(await fixture.log.append([event('a'), event('b'), event('a')])).toMatchObject([
        { sequence: 1 },
        { sequence: 2 },
        { sequence: 1, duplicate: true },
      ]);
      const conflict = fixture.log.append([event('c'), event('d'), event('c', { payload: 0 })]);
      expect(await refusal(conflict)).toEqual({ code: 'id-conflict', id: 'c' });
      expect((await fixture.log.head()).sequence).toBe(2);
    });

    it('may come in a batch with new events', async () => {
      await fixture.log.append([event('a'), event('b')]);
      const answer = await fixture.log.append([event('c'), event('b'), event('d')]);
      expect(answer.map(({ sequence, revision, duplicate }) => [sequence, revision, duplicate])).toEqual([
        [3, 2, undefined],
        [2, 1, true],
        [4, 3, undefined],
      ]);
    });

    it('is stored once when both appends are under way at the same time, through two handles', async () => {
      const other = await fixture.another();
      const sent = events(20, 'e');
      const answers = await Promise.all(
        sent.flatMap((one) => [fixture.log.append([one]), other.append([one]), fixture.log.append([one])]),
      );
      expect(answers.flat().filter(({ duplicate }) => duplicate !== true)).toHaveLength(20);
      expect((await fixture.log.head()).sequence).toBe(20);
    });
  });

  describe('an expected revision', () => {
    it('accepts the append where every stream is at it', async () => {
      await fixture.log.append([event('a', { stream: 'crossing-x' })], { expected: { 'crossing-x': -1 } });
      await fixture.log.append([event('b', { stream: 'crossing-x' })], {
        expected: { 'crossing-x': 0, 'crossing-y': -1, 'crossing-unwritten': -1 },
      });
      expect((await fixture.log.head()).sequence).toBe(2);
    });

    it.each([
      ['a stream that should not exist', { 'crossing-a': -1 }],
      ['an earlier revision of a stream', { 'crossing-a': 0 }],
      ['a later revision of a stream', { 'crossing-a': 2 }],
      ['a stream that does not exist', { 'crossing-none': 0 }],
      ['one of several streams', { 'crossing-a': 1, 'crossing-b': 7 }],
    ])('refuses the whole append for %s', async (_, expected) => {
      await fixture.log.append(events(2, 'e'));
      const late = fixture.log.append([event('x', { stream: 'crossing-b' }), event('y')], { expected });
      expect(await refusal(late)).toMatchObject({ code: 'wrong-revision' });
      expect(ids(await collect(fixture.log.read()))).toEqual(['e0', 'e1']);
    });

    it('lets one of several concurrent appends win, through two handles', async () => {
      const other = await fixture.another();
      const answers = await Promise.allSettled(
        upTo(10).map((n) =>
          (n % 2 === 0 ? fixture.log : other).append([event(`e${n}`)], { expected: { 'crossing-a': -1 } }),
        ),
      );
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await fixture.log.head()).sequence).toBe(1);
    });

    it('does not refuse events that are already there: a retry gets its first answer', async () => {
      const sent = [event('a'), event('b')];
      const first = await fixture.log.append(sent, { expected: { 'crossing-a': -1 } });
      const second = await fixture.log.append(sent, { expected: { 'crossing-a': -1 } });
      expect(second).toEqual(first.map((one) => ({ ...one, duplicate: true })));
    });
  });

  describe('an append that is refused', () => {
    it('does not affect the other appends under way', async () => {
      await fixture.log.append([event('taken')]);
      const answers = await Promise.allSettled([
        fixture.log.append([event('a')]),
        fixture.log.append([event('b'), event('taken', { payload: 'another' })]),
        fixture.log.append([event('c')], { expected: { 'crossing-a': 99 } }),
        fixture.log.append([event('d')]),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
      const all = await collect(fixture.log.read());
      expect(ids(all)).toEqual(['taken', 'a', 'd']);
      expect(all.map(({ sequence, revision }) => [sequence, revision])).toEqual([
        [1, 0],
        [2, 1],
        [3, 2],
      ]);
    });

    it('is too large from one byte over the limit, counted in UTF-8 over the event and its stream again', async () => {
      const bare = event('a', { payload: '', metadata: {} });
      const room = MAX_EVENT_BYTES - Buffer.byteLength(JSON.stringify(bare) + bare.stream);
      const full = { ...bare, payload: 'é'.repeat(Math.floor(room / 2)) + 'e'.repeat(room % 2) };
      const over = { ...full, id: 'b', payload: `${full.payload}e` };
      expect(await refusal(fixture.log.append([over]))).toEqual({ code: 'too-large', id: 'b' });
      await fixture.log.append([full]);
      expect((await fixture.log.find('a'))?.payload).toBe(full.payload);
    });

    it.each([
      ['without an id', { id: '' }],
      ['with half a character in its id', { id: 'a\ud800' }],
      ['whose stream has no category', { stream: 'medininkai' }],
      ['whose stream has an empty category', { stream: '-medininkai' }],
      ['without a type', { type: '' }],
      ['without a payload', { payload: undefined }],
      ['with a payload that is not JSON', { payload: { n: 1n } }],
      ['with half a character in its payload', { payload: { text: ['\\\ud800'] } }],
      ['with half a character in a name of its metadata', { metadata: { '\udc00': 1 } }],
      ['with a payload nested too deep', { payload: nested(1_001) }],
      ['with a schema version of zero', { schemaVersion: 0 }],
      ['recorded within a millisecond', { recordedAt: 0.5 }],
      ['recorded before 1970', { recordedAt: -1 }],
      ['recorded after the end of time', { recordedAt: 8.64e15 + 1 }],
    ])('is invalid %s', async (_, parts) => {
      expect(await refusal(fixture.log.append([event('first'), event('a', parts)]))).toMatchObject({
        code: 'invalid',
      });
      expect((await fixture.log.head()).sequence).toBe(0);
    });

    it('may have a text that only resembles half a character, and be nested a thousand levels deep', async () => {
      const payload = ['\\ud800', '\\\\udc00', '"[', '\u{1f600}', nested(999)];
      await fixture.log.append([event('a', { payload })]);
      expect((await fixture.log.find('a'))?.payload).toEqual(payload);
    });
  });

  describe('a closed log', () => {
    it('has all appends that it accepted before, and refuses all later ones', async () => {
      const other = await fixture.another();
      const accepted = upTo(5).map((n) => other.append([event(`e${n}`)]));
      await other.close();
      await other.close();
      expect((await Promise.all(accepted)).flat()).toHaveLength(5);
      const attempts = [
        other.append([event('late')]),
        other.append([]),
        other.preview([event('late')]),
        other.reached(1, { timeout: 60_000 }),
        other.head(),
        other.find('e1'),
        other.sequenceAt(0),
        collect(other.read()),
        collect(other.readStream('crossing-a')),
      ];
      for (const attempt of attempts) expect((await refusal(attempt)).code).toBe('unavailable');
      await reaches(fixture.log, 5);
      expect((await fixture.log.head()).sequence).toBe(5);
    });
  });
}

/** Nested arrays of this number of levels. */
function nested(levels: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}
