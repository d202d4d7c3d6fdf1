import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '#json';
import {
  decodeBundle,
  formatHash,
  leafHash,
  openCheckpoint,
  parseHash,
  parseVerifierKey,
  rootAt,
  tileHashReader,
  tilePath,
  verifyConsistency,
  verifyInclusion,
  type Checkpoint,
} from '#audit';
import { application, newEvent, type Application } from '../server/application.js';

describe('the audit over HTTP, from its answers alone', () => {
  let app: Application;
  const get = (path: string) => fetch(`${app.url}${path}`);
  const text = async (path: string) => (await get(path)).text();
  const json = async <T>(path: string) => (await (await get(path)).json()) as T;
  const bytes = async (path: string) => new Uint8Array(await (await get(path)).arrayBuffer());
  const checkpoint = async (): Promise<Checkpoint> => {
    const key = parseVerifierKey((await text('/v1/audit/key')).trim());
    return openCheckpoint(await text('/v1/audit/checkpoint'), 'borderline.local/log', [key]).checkpoint;
  };
  const ids: string[] = [];
  let early: Checkpoint;
  let earlyNote: string;
  let late: Checkpoint;

  beforeAll(async () => {
    app = await application();
    const events = Array.from({ length: 600 }, (_, n) => newEvent(`crossing-lt-by.${n % 7}`));
    ids.push(...events.map(({ id }) => id));
    await app.log.append(events.slice(0, 300));
    early = await checkpoint();
    earlyNote = await text('/v1/audit/checkpoint');
    await app.log.append(events.slice(300));
    late = await checkpoint();
  });
  afterAll(() => app.stop());

  it('signs the number of events as soon as they are recorded', () => {
    expect([early.size, late.size]).toEqual([300, 600]);
  });

  it('signs an earlier state of the log with exactly the text that it signed at that time', async () => {
    const note = await text('/v1/audit/checkpoint?size=300');
    expect(note).toBe(earlyNote);
    const key = parseVerifierKey((await text('/v1/audit/key')).trim());
    const at = async (size: number) =>
      openCheckpoint(await text(`/v1/audit/checkpoint?size=${size}`), 'borderline.local/log', [key])
        .checkpoint;
    expect([(await at(0)).size, (await at(299)).size, (await at(600)).root]).toEqual([0, 299, late.root]);
  });

  it('gives tiles that lead to the signed root, and entries that equal the listed events', async () => {
    const reader = tileHashReader(600, {
      readTiles: (tiles) => Promise.all(tiles.map((tile) => bytes(`/v1/audit/${tilePath(tile)}`))),
    });
    expect(formatHash(await rootAt(600, reader))).toBe(formatHash(late.root));
    expect(formatHash(await rootAt(300, reader))).toBe(formatHash(early.root));
    const bundle = decodeBundle(await bytes('/v1/audit/tile/entries/002.p/88'));
    expect(bundle).toHaveLength(88);
    for (const at of [0, 87]) {
      const told = await json<object>(`/v1/events/${ids[512 + at]}`);
      const event = { ...told, corrections: undefined, causes: undefined };
      expect(Buffer.from(bundle[at] ?? []).toString()).toBe(canonicalJson(event));
    }
    const hashes = await bytes('/v1/audit/tile/0/002.p/88');
    expect(Buffer.from(hashes)).toEqual(Buffer.concat(bundle.map(leafHash)));
  });

  it('reads the entries of a bundle in turns with other work', async () => {
    const before = app.log.turns.count;
    await bytes('/v1/audit/tile/entries/000');
    expect(app.log.turns.count - before).toBeGreaterThan(1);
  });

  it('lets caches keep full tiles for ever', async () => {
    const full = await get('/v1/audit/tile/0/001');
    expect(full.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(full.headers.get('content-type')).toBe('application/octet-stream');
    expect((await get('/v1/audit/tile/0/002.p/88')).headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('proves that an event is in the tree, and that the later tree begins with the earlier tree', async () => {
    for (const sequence of [1, 256, 257, 300]) {
      const proof = await json<Inclusion>(`/v1/audit/proofs/inclusion/${ids[sequence - 1]}?size=300`);
      expect(proof).toMatchObject({ leafIndex: sequence - 1, treeSize: 300 });
      const claim = {
        leafHash: parseHash(proof.leafHash),
        index: proof.leafIndex,
        size: 300,
        root: early.root,
      };
      expect(verifyInclusion(claim, proof.path.map(parseHash))).toBe(true);
    }
    expect(await json<Inclusion>(`/v1/audit/proofs/inclusion/${ids[599]}`)).toMatchObject({ treeSize: 600 });
    const { path } = await json<{ path: string[] }>('/v1/audit/proofs/consistency?from=300&to=600');
    const claim = { from: 300, fromRoot: early.root, to: 600, toRoot: late.root };
    expect(verifyConsistency(claim, path.map(parseHash))).toBe(true);
  });

  it.each([
    ['/v1/audit/tile/0/003', 404, 'not-found'],
    ['/v1/audit/tile/0/002', 404, 'not-found'],
    ['/v1/audit/tile/0/1', 404, 'not-found'],
    ['/v1/audit/tile/nonsense', 404, 'not-found'],
    ['/v1/audit/tile/entries/002', 404, 'not-found'],
    ['/v1/audit/proofs/inclusion/nobody', 404, 'not-found'],
    ['/v1/audit/proofs/inclusion/nobody?sizes=1', 400, 'unknown-parameter'],
    ['/v1/audit/checkpoint?size=601', 400, 'invalid-parameter'],
    ['/v1/audit/proofs/consistency', 400, 'invalid-parameter'],
    ['/v1/audit/proofs/consistency?from=3&to=2', 400, 'invalid-parameter'],
    ['/v1/audit/proofs/consistency?from=3&to=601', 400, 'invalid-parameter'],
  ])('answers %s with a problem', async (path, status, code) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ type: `/problems/${code}` });
  });

  it('proves no event in a tree that is older than the event', async () => {
    expect((await get(`/v1/audit/proofs/inclusion/${ids[300]}?size=300`)).status).toBe(400);
  });

  it('is in the description of the API', async () => {
    const { paths } = await json<{ paths: object }>('/openapi.json');
    expect(Object.keys(paths).filter((path) => path.startsWith('/v1/audit/'))).toEqual([
      '/v1/audit/key',
      '/v1/audit/checkpoint',
      '/v1/audit/tile/{path}',
      '/v1/audit/proofs/inclusion/{eventId}',
      '/v1/audit/proofs/consistency',
      '/v1/audit/views',
      '/v1/audit/receipts',
      '/v1/audit/receipts/verify',
    ]);
  });
});

interface Inclusion {
  readonly leafIndex: number;
  readonly treeSize: number;
  readonly leafHash: string;
  readonly path: string[];
}
