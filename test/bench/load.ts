import { connect } from 'node:net';

const CONNECTIONS = 16;
const HEAD_ENDS = Buffer.from('\r\n\r\n');

/**
 * Requests a second that a server answers over 16 connections that are kept alive. Each connection asks again as soon as it has its answer. The
 * client reads only the status and the length of an answer, so that the server is measured and not the client on the same machine. Throws where an
 * answer is not 200.
 */
export async function load(url: string, seconds: number, path: () => string): Promise<number> {
  const { hostname, port, host } = new URL(url);
  const begun = performance.now();
  const end = begun + 1000 * seconds;
  const answered = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => asking(hostname, Number(port), host, end, path)),
  );
  const total = answered.reduce((sum, count) => sum + count, 0);
  return total / ((performance.now() - begun) / 1000);
}

function asking(
  hostname: string,
  port: number,
  host: string,
  end: number,
  path: () => string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, hostname);
    let answered = 0;
    let missing: number | undefined;
    const ask = (): void => {
      missing = undefined;
      socket.write(`GET ${path()} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    };
    socket.on('connect', ask).on('error', reject);
    socket.on('close', () => reject(new Error('The server closed a connection')));
    socket.on('data', (chunk: Buffer) => {
      missing ??= sizeOf(chunk);
      if (missing === undefined) {
        socket.destroy(new Error(`The server answered ${chunk.toString('latin1', 0, 200)}`));
        return;
      }
      missing -= chunk.length;
      if (missing > 0) return;
      answered += 1;
      if (performance.now() < end) ask();
      else {
        resolve(answered);
        socket.destroy();
      }
    });
  });
}

/** The size of a whole answer, from its first chunk, which must contain the head; undefined where the status is not 200. */
function sizeOf(chunk: Buffer): number | undefined {
  const ends = chunk.indexOf(HEAD_ENDS);
  const head = chunk.toString('latin1', 0, Math.max(0, ends));
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined || !head.startsWith('HTTP/1.1 200 ')) return undefined;
  return ends + HEAD_ENDS.length + Number(length);
}
