import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Receipt } from '#audit';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { borderline, CORPUS, serve, type Ended, type Served } from './command.js';

interface Issued {
  readonly receipt: string;
  readonly statement: Receipt;
  readonly answer: { readonly status?: string };
}

/** A backdated report of a closure, which is recorded after the receipt was issued. */
const LATE_CLOSURE = {
  type: 'crossing.closed',
  occurred: '2025-10-19',
  until: '2025-10-22',
  reportedAt: '2025-10-19',
  data: { crossing: 'lt-by.medininkai', side: 'LT', reason: 'repairs', reopens: true },
  source: { publisher: 'Example', title: 'An invented closure', publishedAt: '2025-10-19' },
  attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
};

describe('that on 20 October the record showed no restriction at Medininkai', () => {
  let folder: string;
  let data: string;
  let receipt: string;
  let key: string;
  let server: Served;

  beforeAll(async () => {
    folder = temporaryFolder();
    data = join(folder, 'data');
    receipt = join(folder, 'receipt.json');
    key = join(folder, 'borderline.pub');
    server = await serve(data, '--corpus');
    // First, the receipt and the public key are stored elsewhere.
    const asked = ['lt-by.medininkai', '--as-of', '2025-10-20', '--known-at', '2025-10-20'];
    const issued = await borderline([
      'receipt',
      'crossings',
      ...asked,
      '--url',
      server.url,
      '--out',
      receipt,
    ]);
    expect(issued).toMatchObject({ code: 0, stdout: '' });
    expect(issued.stderr).toContain('as known at the end of 2025-10-20');
    writeFileSync(key, await (await fetch(`${server.url}/v1/audit/key`)).text());
    // Later, a client reports that the crossing was closed after all, and dates the report back.
    const recorded = await fetch(`${server.url}/v1/developments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(LATE_CLOSURE),
    });
    expect(recorded.status).toBe(201);
  });
  afterAll(async () => {
    server.child.kill('SIGTERM');
    await server.ended;
    removeFolder(folder);
  });

  const kept = (file = receipt): Issued => JSON.parse(readFileSync(file, 'utf8')) as Issued;
  const verify = (...args: string[]): Promise<Ended> => borderline(['verify', ...args]);
  const written = (name: string, content: unknown): string => {
    const file = join(folder, name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };

  it('is not valid with another statement in the file', async () => {
    const { statement, ...issued } = kept();
    const forged = {
      ...statement,
      question: { ...statement.question, path: '/v1/crossings/lt-by.raigardas' },
    };
    const file = written('forged-statement.json', { ...issued, statement: forged });
    const { code, stdout } = await verify('--receipt', file, '--key', key);
    expect(stdout).toContain('The statement in the file is not the one in the receipt.');
    expect(code).toBe(1);
  });

  it('is not what the record shows now', async () => {
    const asked = 'asOf=2025-10-20&knownAt=2025-10-20&atLeast=429';
    const now = await fetch(`${server.url}/v1/crossings/lt-by.medininkai?${asked}`);
    expect(await now.json()).toMatchObject({ status: 'closed' });
  });

  it('is proven offline, by the receipt and the public key', async () => {
    const { code, stdout, stderr } = await verify('--receipt', receipt, '--key', key);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Asked:  /v1/crossings/lt-by.medininkai?asOf=2025-10-20&knownAt=2025-10-20\n');
    expect(stdout).toContain('as recorded up to @428');
    expect(stdout).toContain('Answer: open\n');
    expect(stdout).toContain('the checkpoint of its first 428 events');
    expect(stdout).toMatch(/The receipt is valid\.\n$/);
  });

  it('is proven by the bare note and the answer, each in a file of its own', async () => {
    const note = written('receipt.txt', kept().receipt);
    const answer = written('answer.json', kept().answer);
    const line = readFileSync(key, 'utf8').trim();
    const both = await verify('--receipt', note, '--answer', answer, '--key', line);
    expect(both.stdout).toMatch(/^Answer: open$/m);
    expect(both.code).toBe(0);
    const alone = await verify('--receipt', note, '--key', key);
    expect(alone.stdout).toContain('The file has no answer');
    expect(alone.code).toBe(0);
  });

  it('is confirmed by the server and by a backup: the log still begins with the signed events, and still gives the answer', async () => {
    const online = await verify('--receipt', receipt, '--url', server.url);
    expect(online.stdout).toMatch(/The receipt is valid, and the log agrees\.\n$/);
    expect(online.stderr).toContain('If you know the key, give it with --key');
    expect(online.code).toBe(0);
    const backup = join(folder, 'backup');
    expect((await borderline(['backup', '--data', data, '--to', backup])).code).toBe(0);
    const offline = await verify('--receipt', receipt, '--data', backup, '--key', key);
    expect(offline).toMatchObject({ code: 0, stderr: '' });
    expect(offline.stdout).toMatch(/, and the log agrees\.\n$/);
  });

  it('is still the answer to the question with the sequence of the receipt', async () => {
    const again = join(folder, 'again.json');
    const asked = ['--as-of', '2025-10-20', '--known-at', '2025-10-20', '--recorded-at', '@428'];
    const place = ['--url', server.url, '--out', again];
    expect((await borderline(['receipt', 'crossings', 'lt-by.medininkai', ...asked, ...place])).code).toBe(0);
    const { statement } = kept(again);
    expect(statement.answerSha256).toBe(kept().statement.answerSha256);
    expect(statement.checkpoint).toBe(kept().statement.checkpoint);
  });

  it('cannot be forged: neither the answer, nor the question, nor the signature', async () => {
    const issued = kept();
    const told = async (name: string, content: unknown): Promise<[number | null, string]> => {
      const { code, stdout } = await verify('--receipt', written(name, content), '--key', key);
      return [code, stdout.trim().split('\n').at(-1) ?? ''];
    };
    expect(await told('1.json', { ...issued, answer: { ...issued.answer, status: 'closed' } })).toEqual([
      1,
      'The answer is not the signed one.',
    ]);
    const other = issued.receipt.replaceAll('2025-10-20', '2025-10-21');
    expect(await told('2.json', { ...issued, receipt: other })).toEqual([
      1,
      expect.stringMatching(/^The receipt is not valid: The signature of \S+ on this text is wrong\.$/),
    ]);
    const foreign = 'borderline.local/log+d67ce049+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs';
    const { code, stdout } = await verify('--receipt', receipt, '--key', foreign);
    expect([code, stdout]).toEqual([1, 'The receipt is not valid: No known key signed the note.\n']);
  });

  it('cannot be refuted by a log that was rewritten with the same key', async () => {
    const restored = join(folder, 'restored');
    mkdirSync(restored);
    copyFileSync(join(data, 'audit.key'), join(restored, 'audit.key'));
    const files = ['subjects', 'reference-crossings'].map((name) => join(CORPUS, `${name}.ndjson`));
    expect((await borderline(['import', '--data', restored, ...files])).code).toBe(0);
    const { code, stdout } = await verify('--receipt', receipt, '--data', restored, '--key', key);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^At the log: The log has \d+ events, but the checkpoint has 428\.$/m);
    expect(stdout).toMatch(
      /^At the log: This version cannot answer the question: .*The log ends at @\d+\.$/m,
    );
  });

  it('says which option is missing', async () => {
    const said = async (...args: string[]): Promise<string> => {
      const { code, stderr } = await verify(...args);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^borderline: [^\n]*\n$/);
      return stderr;
    };
    expect(await said('--receipt', receipt)).toContain('give the public key with --key');
    expect(await said('--receipt', join(folder, 'none'), '--key', key)).toContain('no such file');
    expect(await said('--receipt', written('x.json', '{}'), '--key', key)).toContain(
      'there is no receipt in',
    );
    expect(await said('--receipt', receipt, '--answer', key, '--key', key)).toContain('is not JSON');
    expect(await said('--answer', receipt)).toContain('--answer goes with --receipt');
    expect(await said('export.ndjson', '--receipt', receipt)).toContain('--receipt goes with --key');
    const taken = await borderline(['receipt', 'all', '--url', server.url, '--out', receipt]);
    expect(taken.code).toBe(1);
    expect(taken.stderr).toMatch(/^borderline: .*receipt\.json cannot be written: .*exist/);
  });

  it('may be a receipt of a list, of a timeline, or of the whole state', async () => {
    const ask = async (...args: string[]): Promise<string> => {
      const { code, stdout } = await borderline(['receipt', ...args, '--url', server.url]);
      expect(code).toBe(0);
      const file = written('any.json', stdout);
      return (await verify('--receipt', file, '--key', key)).stdout;
    };
    expect(await ask('crossings', '--filter', 'border=LT-BY', '--as-of', '2025-11-05')).toMatch(
      /^Answer: \d+ items$/m,
    );
    expect(await ask('crossings', 'lt-by.medininkai', '--timeline')).toMatch(/^Answer: \d+ segments$/m);
    expect(await ask('all', '--recorded-at', '@100')).toContain('Answer: the state of everything');
    expect(await ask('crossings', 'lt-by.nowhere')).toContain('Answer: nothing was known');
    const none = await borderline(['receipt', 'all', 'x', '--url', server.url]);
    expect(none.stderr).toBe('borderline: "all" has no items; name a view\n');
  });
});
