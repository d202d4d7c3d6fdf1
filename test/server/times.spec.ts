import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { application, type Application } from './application.js';

let server: Application;
beforeAll(async () => {
  server = await application();
});
afterAll(() => server.stop());

async function asked(query: Readonly<Record<string, string>>) {
  const response = await fetch(`${server.url}/v1/times?${new URLSearchParams(query).toString()}`);
  return { status: response.status, answer: (await response.json()) as object };
}

describe('the meaning of a time', () => {
  it('has a range and a precision', async () => {
    expect(await asked({ text: '2025-10-27' })).toEqual({
      status: 200,
      answer: {
        text: '2025-10-27',
        zone: 'Europe/Vilnius',
        role: 'start',
        earliest: '2025-10-26T22:00:00.000Z',
        latest: '2025-10-27T21:59:59.999Z',
        precision: 'day',
        words: '27 October 2025',
      },
    });
  });

  it('depends on the zone, and on whether the time is an end', async () => {
    expect(await asked({ text: '2025-11', zone: 'UTC', role: 'end' })).toMatchObject({
      answer: {
        earliest: '2025-12-01T00:00:00.000Z',
        latest: '2025-12-01T00:00:00.000Z',
        precision: 'instant',
        words: '1 December 2025, 00:00',
      },
    });
  });

  it.each([
    [{ text: '2025-02-30' }, 'text', '2025-02-30'],
    [{ text: 'in the coming days' }, 'text', 'in the coming days'],
    [{ text: '2025-10-29/2025-13-01' }, 'text', '2025-13-01'],
    [{ text: '2025-11-30/2025-11-29' }, 'text', 'ends before it starts'],
    [{ text: '2025-03-30T03:30' }, 'text', 'did not exist in Europe/Vilnius'],
    [{ text: '2025', zone: 'Nowhere' }, 'zone', 'is not a time zone'],
    [{ zone: 'UTC' }, 'text', 'It is required'],
  ] as const)('does not exist for a text that is not a time: %j', async (query, parameter, fault) => {
    const { status, answer } = await asked(query);
    expect({ status, answer }).toMatchObject({
      status: 400,
      answer: { errors: [{ parameter, detail: expect.stringContaining(fault) as unknown }] },
    });
  });
});
