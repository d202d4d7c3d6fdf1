import { connect } from 'node:net';
import { setPriority } from 'node:os';

/**
 * A process of its own: `node history-readers.js <url> <count> <events>` opens `count` connections. Each of them reads history for as long as the
 * process lives. The process prints `reading` once all connections have their first bytes. It yields the processor to the measured server.
 */
const [url = '', count = '0', events = '0'] = process.argv.slice(2);
const { hostname, port, host } = new URL(url);
setPriority(10);

const SUBJECT = 'view=crossings&subject=bench.7';
/** Of ten readers, six read a stream from its start, and four ask again as soon as they have their answer. */
const PATHS: readonly ((round: number) => string)[] = [
  ...Array.from({ length: 4 }, () => () => '/v1/events/stream?after=start'),
  () => '/v1/changes/stream?after=start',
  () => '/v1/replay?axis=valid&speed=max',
  () => '/v1/events?limit=1000',
  (round) => `/v1/audit/tile/entries/${String(round % Math.floor(Number(events) / 256)).padStart(3, '0')}`,
  (round) => [`/v1/crossings/bench.${round % 1000}/timeline`, `/v1/explain?${SUBJECT}`][round % 2]!,
  (round) =>
    [
      `/v1/answers/history?${SUBJECT}`,
      '/v1/diff?from.asOf=2020-01-02&to.asOf=2020-01-03&view=crossings',
      '/v1/events',
    ][round % 3]!,
];

let begun = 0;

function read(n: number, round = n, isFirst = true): void {
  const path = PATHS[n % PATHS.length]!(round);
  const all = path === '/v1/events';
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${all ? 'Accept: application/x-ndjson\r\n' : ''}\r\n`,
  );
  let first = isFirst;
  socket.on('data', (data) => {
    if (first) {
      begun += 1;
      if (begun === Number(count)) process.stdout.write('reading\n');
    }
    first = false;
    // The history has ended: the reader begins again from the start.
    if (data.includes('caught-up')) return void socket.destroy();
    // A pause for each reader, so that a thousand readers do not use all of the processor.
    socket.pause();
    setTimeout(() => socket.resume(), 20);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => setTimeout(() => read(n, round + 1, first), 20));
}

for (let n = 0; n < Number(count); n += 1) read(n);
