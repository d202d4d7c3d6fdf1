/** One message of an event stream. */
export interface Message {
  /** The last id seen, this message's or an earlier one's. */
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** The most that one message may have, in UTF-16 units; an event of the log has 65,535 bytes. */
const LONGEST = 4_000_000;

/**
 * Reads Server-Sent Events (HTML §9.2.6), whatever the pieces they come in. A message that is cut off at the end is dropped,
 * as the standard says. Comments and `retry` are ignored.
 */
export async function* messagesOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Message, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  let id = '';
  let event = '';
  let data: string[] = [];
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length > LONGEST) throw new Error('A message of the stream is too long.');
    // A \r at the very end may be half of \r\n.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { id, event: event || 'message', data: data.join('\n') };
        event = '';
        data = [];
        continue;
      }
      const { name, value } = fieldOf(line);
      if (name === 'data') data.push(value);
      else if (name === 'event') event = value;
      else if (name === 'id' && !value.includes('\0')) id = value;
    }
  }
}

function fieldOf(line: string): { readonly name: string; readonly value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { name: line, value: '' };
  return { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, '') };
}

/** The sequence that an id of the event stream begins with; NaN where there is none. */
export const sequenceIn = (id: string): number => Number.parseInt(id, 10);
