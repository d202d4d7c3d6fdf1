import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { KEY, start, type Server } from './serving.js';
import { atLeast, inTurns, median, threadMicroseconds, type Figure } from './measure.js';
import { developmentOf, registrations } from './population.js';

const CALLERS = 64;
const BATCH = 100;
const ROUNDS = 5;

/** The rate at which a server records over HTTP, compared with a bare Node server that parses the same bodies and gives answers of the same size. */
export async function posting(folder: string): Promise<Figure[]> {
  const server = await start(folder);
  const [theirs, nest] = [await startProgram(BARE), await startProgram(BARE_NEST)];
  await posted(server.url, [bodyOf(registrations())]);
  let n = 0;
  const rate = async (
    { url, child }: Posted,
    requests: number,
    size: number,
    spent: number[],
  ): Promise<number> => {
    const bodies = Array.from({ length: requests }, () =>
      bodyOf(Array.from({ length: size }, () => developmentOf(n++))),
    );
    const [begun, before] = [performance.now(), threadMicroseconds(child.pid)];
    await posted(url, bodies);
    spent.push((threadMicroseconds(child.pid) - before) / (requests * size));
    return (requests * size) / ((performance.now() - begun) / 1_000);
  };
  const compared = async (measured: Posted, requests: number, size: number): Promise<Compared> => {
    const [floor, ours]: [number[], number[]] = [[], []];
    const rates = await inTurns(
      ROUNDS,
      () => rate(theirs, requests, size, floor),
      () => rate(measured, requests, size, ours),
    );
    return {
      ...rates,
      // The first round is a warm-up.
      spent: { ours: median(ours.slice(1)), floor: median(floor.slice(1)) },
    };
  };
  const single = await compared(server, 50 * CALLERS, 1);
  const batches = await compared(server, CALLERS, BATCH);
  const framework = await compared(nest, 50 * CALLERS, 1);
  await server.stop();
  for (const { child } of [theirs, nest]) child.kill();
  const floor = 'a bare Node route that parses the same';
  const thread = (name: string, { spent: { ours, floor: least } }: Compared): Figure => ({
    name: `${name}: processor time of the thread that answers`,
    value: ours,
    unit: 'µs an event',
    floor: { value: least, what: floor },
    ratio: least / ours,
  });
  return [
    {
      name: `one event a POST, ${CALLERS} callers`,
      value: single.ours,
      unit: 'events/s',
      floor: { value: single.floor, what: floor },
      ratio: single.ours / single.floor,
      target: atLeast(single.ours / single.floor, 0.4),
    },
    {
      name: `${BATCH} events a POST, ${CALLERS} callers`,
      value: batches.ours,
      unit: 'events/s',
      floor: { value: batches.floor, what: floor },
      ratio: batches.ours / batches.floor,
      target: atLeast(batches.ours, 30_000),
    },
    thread('one event a POST', single),
    thread('one event a POST to a route of Nest and Fastify that does the same as the bare one', framework),
    thread(`${BATCH} events a POST`, batches),
  ];
}

type Posted = Pick<Server, 'url' | 'child'>;

async function startProgram(program: string): Promise<Posted> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    // Node finds the packages of the program from this folder.
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${String(port).trim()}`, child };
}

interface Compared {
  /** The rates in events a second. */
  readonly floor: number;
  readonly ours: number;
  /** Microseconds of processor time for an event; other processes change this figure less than the rate. */
  readonly spent: { readonly floor: number; readonly ours: number };
}

/** A bare server, which answers with the id, the place and the stream of each development, as our server does. */
const BARE = `
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
    const { developments } = JSON.parse(Buffer.concat(chunks).toString());
    const recordedAt = new Date().toISOString();
    const events = developments.map(({ data }, sequence) => (
      { id: randomUUID(), sequence, stream: 'crossing-' + data.crossing, revision: sequence, recordedAt }));
    const text = JSON.stringify({ events, warnings: [] });
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** The same server in Nest with Fastify, without a hook, a pipe or an interceptor: the cost of the framework alone. */
const BARE_NEST = `
import 'reflect-metadata';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
class Developments {
  async record({ developments }) {
    const recordedAt = new Date().toISOString();
    const events = developments.map(({ data }, sequence) => (
      { id: randomUUID(), sequence, stream: 'crossing-' + data.crossing, revision: sequence, recordedAt }));
    return { events, warnings: [] };
  }
}
Controller('v1/developments')(Developments);
Post()(Developments.prototype, 'record', Object.getOwnPropertyDescriptor(Developments.prototype, 'record'));
Body()(Developments.prototype, 'record', 0);
class Root {}
Module({ controllers: [Developments] })(Root);
const app = await NestFactory.create(Root, new FastifyAdapter({ bodyLimit: 2 ** 25 }), { logger: false });
await app.listen(0, '127.0.0.1');
console.log(app.getHttpServer().address().port);
`;

const bodyOf = (developments: readonly object[]): Buffer => {
  const text = JSON.stringify({ developments });
  const head = `POST /v1/developments HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${KEY}\r\n`;
  const type = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n`;
  return Buffer.from(head + type + text);
};

/**
 * Sends the requests over connections that are kept alive; each connection sends the next request as soon as it has its answer. Throws where an
 * answer is not 201.
 */
async function posted(url: string, requests: readonly Buffer[]): Promise<void> {
  const { hostname, port } = new URL(url);
  let next = 0;
  const take = (): Buffer | undefined => requests[next++];
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      for (let request = take(); request; request = take()) await exchange(socket, request);
      socket.destroy();
    }),
  );
}

function exchange(socket: Socket, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let missing: number | undefined;
    const take = (chunk: Buffer): void => {
      if (missing === undefined) {
        const head = chunk.toString('latin1', 0, Math.max(0, chunk.indexOf('\r\n\r\n')));
        const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
        if (length === undefined || !head.startsWith('HTTP/1.1 201 ')) {
          socket.off('data', take);
          return reject(new Error(`The server answered ${chunk.toString('latin1', 0, 300)}`));
        }
        missing = head.length + 4 + Number(length);
      }
      missing -= chunk.length;
      if (missing > 0) return;
      socket.off('data', take);
      resolve();
    };
    socket.on('data', take);
    socket.write(request);
  });
}
