import { corpus } from '../questions/asked.js';
import { application } from './application.js';

/** An answer of the server. */
export interface Answered {
  readonly status: number;
  /** The media type of the answer. */
  readonly type: string;
  /** The JSON of the answer, or its text where it has another type. */
  readonly answer: unknown;
}

export interface Asked {
  readonly accept?: string;
  /** The body of a POST; a GET where it is absent. */
  readonly body?: unknown;
  readonly lastEventId?: string | undefined;
}

/** The server in this process with the corpus. Its clock always shows 2025-11-10T12:00:00Z. */
export interface CorpusApplication {
  readonly size: number;
  readonly ask: (path: string, asked?: Asked) => Promise<Answered>;
  /** The headers of the answer to a read. */
  readonly headers: (path: string, accept?: string) => Promise<Headers>;
  readonly stop: () => Promise<void>;
}

const KEY = 'a-key-for-the-document';

/** Replaces the server's own address in the answers, because the port of the server differs each time. */
const USUAL_ADDRESS = 'http://127.0.0.1:3000';

export async function corpusApplication(): Promise<CorpusApplication> {
  const { url, stop } = await application([], { BORDERLINE_KEY: KEY });
  const ask = async (path: string, { accept, body, lastEventId }: Asked = {}): Promise<Answered> => {
    const response = await fetch(`${url}${path}`, {
      headers: {
        authorization: `Bearer ${KEY}`,
        ...(accept !== undefined && { accept }),
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
    const received = type === 'text/event-stream' ? await history(response) : await response.text();
    // The place where a line of a calendar is folded depends on the length of the address.
    const sent = type === 'text/calendar' ? received.replaceAll('\r\n ', '') : received;
    const text = sent.replaceAll(url, USUAL_ADDRESS);
    const answer: unknown = /^application\/(.*\+)?json$/.test(type) ? JSON.parse(text) : text;
    if (response.status === 201) await found(answer);
    return { status: response.status, type, answer };
  };
  /** Waits until the search has the recorded events: feeds list only what it has. */
  const found = async (answer: unknown): Promise<void> => {
    const { events = [] } = answer as { readonly events?: readonly { readonly sequence: number }[] };
    const last = Math.max(0, ...events.map(({ sequence }) => sequence));
    await (await fetch(`${url}/v1/events?limit=1&atLeast=${last}`)).text();
  };
  const developments = corpus();
  const { status } = await ask('/v1/developments', { body: { developments } });
  if (status !== 201) throw new Error(`the corpus was answered ${status}`);
  await ask(`/v1/state?atLeast=${developments.length}`);
  await ask('/v1/audit/checkpoint');
  const headers = async (path: string, accept = '*/*'): Promise<Headers> => {
    const response = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${KEY}`, accept },
    });
    await response.arrayBuffer();
    return response.headers;
  };
  return { size: developments.length, ask, headers, stop };
}

/** The messages of a stream up to `caught-up`, which ends the history. */
async function history(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (/event: caught-up\n.*\n\n/.test(text)) break;
  }
  return text;
}
