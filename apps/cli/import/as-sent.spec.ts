import { describe, expect, it } from '@jest/globals';
import { developmentAsSent, idOf } from './as-sent.js';

describe('a line without an id', () => {
  it('gets the same id on any line, and with its members in any order', () => {
    const one = developmentAsSent({ type: 'crossing.closed', data: { a: 1, b: 2 } }) as { id: string };
    const other = developmentAsSent({ data: { b: 2, a: 1 }, type: 'crossing.closed' }) as { id: string };
    expect(one.id).toBe(other.id);
    expect(one.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('gets another id when its content differs', () => {
    expect(idOf({ a: 1 })).not.toBe(idOf({ a: 2 }));
  });

  it('gets an id that is the same in every version of this command', () => {
    expect(idOf({ b: [2, { d: 'ą', c: null }], a: 1 })).toBe('2a9f5f1d-3b42-8378-a76e-57d2463e9d7d');
  });
});

describe('a line with an id', () => {
  it('is sent as it is', () => {
    const line = { id: '0170db7d-8000-7800-8738-2c89a12703f2', subject: 'unchanged: the server judges it' };
    expect(developmentAsSent(line)).toBe(line);
  });
});

describe('an exported event', () => {
  it('is sent without the members that the log added', () => {
    const event = {
      id: '0170db7d-8000-7800-8738-2c89a12703f2',
      type: 'crossing.closed',
      schemaVersion: 2,
      subject: 'pl-by.polowce',
      stream: 'crossing-pl-by.polowce',
      revision: 0,
      sequence: 1,
      reportedAt: { edtf: '2020-03-15', zone: 'Europe/Vilnius' },
      recordedAt: '2026-01-01T00:00:00.000Z',
      data: { crossing: 'pl-by.polowce' },
      recordedBy: 'settings',
    };
    expect(developmentAsSent(event)).toEqual({
      id: event.id,
      type: event.type,
      schemaVersion: 2,
      reportedAt: event.reportedAt,
      data: event.data,
    });
  });
});

describe('a line that is not an object', () => {
  it.each([[null], [5], ['text'], [[]]])('is left for the server to refuse: %j', (value) => {
    expect(developmentAsSent(value)).toEqual(value);
  });
});
