import { Agent, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from '@jest/globals';

export interface Sent {
  readonly method: string;
  /** The path exactly as it is sent over the wire. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Whether the body is sent in chunks, without its length. */
  readonly chunked?: boolean;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The text of the answer; empty for a stream that does not end. */
  readonly text: string;
  readonly milliseconds: number;
}

/** The longest time of an answer in milliseconds, also on a slow machine; `atLeast` waits for up to five seconds. */
const ANSWER_TIMEOUT_MS = 30_000;

/** Sends requests exactly as they are: no address is normalised, and no header is added. */
export class Sending {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(private readonly url: string) {}

  send({ method, path, headers = {}, body, chunked = false }: Sent): Promise<Answered> {
    const started = Date.now();
    return new Promise((resolve, reject) => {
      const length =
        body === undefined || chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sending = request(this.url, {
        method,
        path,
        headers: { ...headers, ...length },
        agent: this.agent,
      });
      sending.setTimeout(ANSWER_TIMEOUT_MS, () =>
        sending.destroy(new Error(`no answer to ${method} ${path}`)),
      );
      let answered = false;
      sending.on('error', (error) => {
        if (!answered) reject(error);
      });
      sending.on('response', (response) => {
        answered = true;
        const told = (text: string): void =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            milliseconds: Date.now() - started,
          });
        if (response.headers['content-type']?.startsWith('text/event-stream')) {
          response.destroy();
          told('');
          return;
        }
        const chunks: Buffer[] = [];
        const end = (): void => told(decoded(Buffer.concat(chunks), response.headers['content-encoding']));
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', end).on('error', end);
      });
      sending.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function decoded(bytes: Buffer, coding: string | undefined): string {
  if (bytes.length === 0) return '';
  return (
    coding === 'br' ? brotliDecompressSync(bytes) : coding === 'gzip' ? gunzipSync(bytes) : bytes
  ).toString();
}

const CODES = /^\/problems\/([a-z-]+)$/;
/** The only 5xx: the views are behind, or a busy machine gives a dry run no answer in five seconds. */
const BUSY = /^behind$|^The views cannot be asked now: they do not answer in time\.$/;

/** Checks the rules for every answer to any request. Returns the code of the problem where the answer is a problem. */
export function expectSound(
  { method }: Sent,
  { status, headers, text, milliseconds }: Answered,
): string | undefined {
  expect(milliseconds).toBeLessThan(ANSWER_TIMEOUT_MS);
  if (status < 400) return undefined;
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  if (method === 'HEAD') return undefined;
  const problem = JSON.parse(text) as Record<string, unknown>;
  expect(problem).toMatchObject({
    type: expect.stringMatching(CODES),
    title: expect.stringMatching(/./),
    status,
    detail: expect.stringMatching(/./),
    instance: expect.stringMatching(/^\//),
  });
  expect(text).not.toMatch(/\n\s+at |node_modules|\.js:\d|\.ts:\d|SQLITE_|better-sqlite/);
  expect(text).not.toContain(process.cwd());
  const [, code = ''] = CODES.exec(String(problem['type'])) ?? [];
  const why = code === 'behind' ? code : problem['detail'];
  if (status >= 500) expect([status, why]).toEqual([503, expect.stringMatching(BUSY)]);
  return code;
}
