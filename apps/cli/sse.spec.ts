import { describe, expect, it } from '@jest/globals';
import { messagesOf, type Message } from './sse.js';

async function read(...parts: readonly string[]): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const message of messagesOf(parts.map((part) => Buffer.from(part)))) messages.push(message);
  return messages;
}

const TWO =
  'retry: 1000\n\nid: 7\nevent: crossing.closed\ndata: {"a":"ą"}\n\n:\n\nid: 8\ndata: x\ndata:y\n\n';

describe('an event stream', () => {
  it('is read message by message; comments and retry are skipped', async () => {
    expect(await read(TWO)).toEqual([
      { id: '7', event: 'crossing.closed', data: '{"a":"ą"}' },
      { id: '8', event: 'message', data: 'x\ny' },
    ]);
  });

  it('reads the same cut at any byte', async () => {
    const whole = Buffer.from(TWO);
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const messages: Message[] = [];
      for await (const message of messagesOf([whole.subarray(0, cut), whole.subarray(cut)]))
        messages.push(message);
      expect(messages).toEqual(await read(TWO));
    }
  });

  it('takes every kind of line end, cut in two or not', async () => {
    expect(await read('id: 1\r', '\ndata: a\r\n\r', '\ndata: b\rid: 2\r\r', 'x')).toEqual([
      { id: '1', event: 'message', data: 'a' },
      { id: '2', event: 'message', data: 'b' },
    ]);
  });

  it('keeps the last id for messages without one', async () => {
    expect(await read('id: 3\ndata: a\n\ndata: b\n\n')).toEqual([
      { id: '3', event: 'message', data: 'a' },
      { id: '3', event: 'message', data: 'b' },
    ]);
  });

  it('drops a message that is cut off', async () => {
    expect(await read('id: 1\ndata: a\n\nid: 2\ndata: b\n')).toEqual([
      { id: '1', event: 'message', data: 'a' },
    ]);
  });
});
