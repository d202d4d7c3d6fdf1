/** One message of an event stream. A comment has neither type nor data. */
export interface Message {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
  readonly comment?: string;
}

/** Reads a stream of Server-Sent Events message by message. A caller ends the stream by ending the fetch. */
export async function* messages(response: Response): AsyncGenerator<Message> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      yield messageOf(rest.slice(0, end));
      rest = rest.slice(end + 2);
    }
  }
}

function messageOf(block: string): Message {
  const fields = block.split('\n').map((line) => {
    const at = line.indexOf(':');
    return [at === 0 ? 'comment' : line.slice(0, at), line.slice(at + 1).trimStart()];
  });
  return Object.fromEntries(fields) as Message;
}
