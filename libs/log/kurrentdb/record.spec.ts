import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '@kurrent/kurrentdb-client';
import fc from 'fast-check';
import { event, refusal } from '../contract/fixture.js';
import type { Fragment } from '../replica/index.js';
import { serialize, unpackedContent } from '../serialized-event.js';
import { beatRecord, contentOf, eventsToWrite, recordToWrite } from './record.js';

const CREATED = 1_700_000_000_000;
const ID = '01953f21-8a00-7c3e-9b1d-5a0c6f2e4d7b';

/** A record as the cluster gives it. */
function recorded(data: unknown, metadata: unknown, isJson = false): RecordedEvent {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  const record = { id: ID, streamId: 'borderline', type: 'events', revision: 6n, created: new Date(CREATED) };
  return { ...record, isJson, data: bytes, metadata } as unknown as RecordedEvent;
}

function readBack({ data, metadata }: ReturnType<typeof recordToWrite>): Fragment[] {
  const written: unknown = JSON.parse(Buffer.from(metadata as Uint8Array).toString());
  return contentOf(recorded(data, written)) as Fragment[];
}

const name = fc.string({ minLength: 1, unit: 'grapheme' });
const append = fc.record({
  events: fc.array(
    fc.record(
      {
        id: name,
        stream: name.map((text) => `crossing-${text}`),
        type: name,
        schemaVersion: fc.integer({ min: 1, max: 9 }),
        payload: fc.jsonValue(),
        metadata: fc.dictionary(fc.string(), fc.jsonValue()),
        recordedAt: fc.nat(),
      },
      { requiredKeys: ['id', 'stream', 'type', 'schemaVersion', 'payload', 'metadata'] },
    ),
    { minLength: 1, maxLength: 5 },
  ),
  expected: fc.dictionary(fc.string(), fc.integer({ min: -1 })),
});

describe('a record', () => {
  it('has the appends that were written, in their order', () => {
    fc.assert(
      fc.property(fc.array(append, { minLength: 1, maxLength: 4 }), (appends) => {
        const sent = appends.map(({ events, expected }) => ({ events: events.map(serialize), expected }));
        const parts = sent.map((one, n) => eventsToWrite(`append-${n}`, one));
        const fragments = readBack(recordToWrite(parts, ID, CREATED));
        expect(fragments.map(({ append, index, count }) => [append, index, count])).toEqual(
          sent.flatMap(({ events }, n) => events.map((_, index) => [`append-${n}`, index, events.length])),
        );
        expect(fragments.map((fragment) => fragment.event)).toEqual(sent.flatMap(({ events }) => events));
        for (const { index, append, expected } of fragments)
          expect(expected).toEqual(index === 0 ? sent[Number(append.slice(7))]?.expected : {});
        for (const [at, { event: read }] of fragments.entries())
          expect(unpackedContent(read.content)).toEqual(
            unpackedContent(sent.flatMap(({ events }) => events)[at]!.content),
          );
      }),
    );
  });

  it('takes no more bytes than were counted for its events', () => {
    fc.assert(
      fc.property(fc.array(append, { minLength: 1, maxLength: 4 }), (appends) => {
        const parts = appends.map(({ events, expected }, n) =>
          eventsToWrite(`append-${n}`, { events: events.map(serialize), expected }),
        );
        const { data, type, metadata } = recordToWrite(parts, ID, CREATED);
        const counted = parts.flat().reduce((sum, { bytes }) => sum + bytes, 0);
        expect(data.length + type.length + (metadata as Uint8Array).length).toBeLessThanOrEqual(counted);
      }),
    );
  });

  it('may have the middle of an append', () => {
    const events = ['a', 'b', 'c'].map((id) => serialize(event(id)));
    const parts = eventsToWrite('append', { events, expected: { 'crossing-a': 4 } });
    const fragments = readBack(recordToWrite([parts.slice(1)], ID, CREATED));
    expect(fragments.map(({ index, count, expected }) => [index, count, expected])).toEqual([
      [1, 3, {}],
      [2, 3, {}],
    ]);
  });

  it('is recorded in the second of the cluster, in the millisecond of the writer', () => {
    const at = (time: number): unknown =>
      readBack(
        recordToWrite([eventsToWrite('append', { events: [serialize(event('a'))], expected: {} })], ID, time),
      ).map(({ storedAt, position }) => [storedAt, position]);
    expect(at(CREATED + 123)).toEqual([[CREATED + 123, 7]]);
    expect(at(CREATED - 5_000)).toEqual([[CREATED, 7]]);
    expect(at(CREATED + 5_000)).toEqual([[CREATED + 999, 7]]);
  });

  const metadata = { v: 3, of: 'events', at: CREATED };
  const part = (more: object): string =>
    JSON.stringify({
      templates: [{ payload: 0, metadata: 1 }],
      appends: [{ id: 'a', first: 0, count: 1, events: [['e', 'crossing-a', 't', 1, 0, [1, {}]]], ...more }],
    });

  it.each([
    ['without our metadata', part({}), { n: 1 }],
    ['with no metadata', part({}), undefined],
    ['that is not JSON', 'x', metadata],
    ['without templates', '{"appends":[]}', metadata],
    ['whose append has no id', part({ id: 7 }), metadata],
    ['whose append has no number', part({ count: 'many' }), metadata],
    ['whose event has no type', part({ events: [['e', 'crossing-a', 7, 1, 0, [1, {}]]] }), metadata],
    [
      'with a template that is not there',
      part({ events: [['e', 'crossing-a', 't', 1, 1, [1, {}]]] }),
      metadata,
    ],
    ['with too few values', part({ events: [['e', 'crossing-a', 't', 1, 0, [1]]] }), metadata],
    ['with a template of text', part({}).replace('"payload":0', '"payload":"x"'), metadata],
    ['of an unknown kind', part({}), { ...metadata, of: 'odd' }],
  ])('%s does not count', (_, data, own) => {
    expect(contentOf(recorded(part({}), metadata))).toHaveLength(1);
    expect(contentOf(recorded(data, own))).toEqual([]);
  });

  it.each([
    ['a later version', { ...metadata, v: 4 }],
    ['version 1, which had the append in the metadata', { v: 1, append: ID, index: 0, count: 1, id: 'e' }],
    ['version 2, a beat', { v: 2, append: 'beat' }],
  ])('of %s stops the reader', async (_, own) => {
    const read = async (): Promise<unknown> => contentOf(recorded(part({}), own));
    expect(await refusal(read())).toMatchObject({ code: 'newer-format' });
  });

  it('without an event seals up to its second', () => {
    const { data, metadata: own } = beatRecord(ID);
    expect(contentOf(recorded(data, own, true))).toEqual([{ beatAt: CREATED }]);
  });
});
