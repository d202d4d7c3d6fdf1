import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { borderline, serve } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('help', () => {
  it.each([
    [[]],
    [['serve']],
    [['import']],
    [['as-of']],
    [['timeline']],
    [['diff']],
    [['events']],
    [['tail']],
    [['export']],
    [['replay']],
    [['keys']],
    [['keys', 'create']],
    [['keys', 'list']],
    [['keys', 'revoke']],
    [['receipt']],
    [['backup']],
    [['audit-key']],
    [['audit-key', 'list']],
    [['audit-key', 'rotate']],
    [['audit-key', 'retire']],
  ])('of %j has examples', async (command) => {
    const { code, stdout, stderr } = await borderline([...command, '--help']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(`Usage: ${['borderline', ...command].join(' ')}`);
    expect(stdout).toMatch(/Examples:\n {2}\$ borderline /);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(130);
  });
});

describe('an unknown command, option or place', () => {
  it.each([
    [['inport'], "borderline: unknown command 'inport' (Did you mean import?)\n"],
    [['as-of', 'now', '--dta', 'x'], "borderline: unknown option '--dta' (Did you mean --data?)\n"],
    [['as-of', 'now', '--data', '/no/such'], /^borderline: there is no log in \/no\/such; .*\n$/],
    [['as-of', 'now', '--data', 'x', '--url', 'http://x'], 'borderline: give --data or --url, not both\n'],
    [['as-of', 'now', '--url', 'x'], /^borderline: --url must be an address .*\n$/],
    [['as-of', 'now', '--url', 'http://127.0.0.1:9'], /^borderline: http.* cannot be reached: .*\n$/],
    [['as-of', 'now', 'crosings'], /^borderline: .*crosings.* crossings, .*\n$/],
    [['serve', '--port', 'x'], /^borderline: PORT or --port must be .*\n$/],
  ])('is named in one line: %j', async (args, message) => {
    const { code, stdout, stderr } = await borderline(args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    if (typeof message === 'string') expect(stderr).toBe(message);
    else expect(stderr).toMatch(message);
  });

  it('is explained with --verbose', async () => {
    const { stderr } = await borderline(['as-of', 'now', '--url', 'http://127.0.0.1:9', '--verbose']);
    expect(stderr.split('\n').length).toBeGreaterThan(2);
    expect(stderr).toContain('TypeError: fetch failed');
  });
});

describe('keys', () => {
  const data = join(folder, 'keys');

  it('are made, opened with, listed and revoked', async () => {
    const made = await borderline(['keys', 'create', 'desk', '--scope', 'report,edit', '--data', data]);
    expect(made.code).toBe(0);
    const key = made.stdout.trim();
    expect(key).toMatch(/^borderline_\S+$/);
    expect(statSync(join(data, 'keys.json')).mode & 0o777).toBe(0o600);

    const server = await serve(data);
    const dryRun = (): Promise<{ code: number | null }> =>
      borderline(['import', '--dry-run', '-', '--url', server.url], {
        input: '',
        env: { BORDERLINE_KEY: key },
      });
    expect((await dryRun()).code).toBe(0);

    const listed = await borderline(['keys', 'list', '--json', '--data', data]);
    expect(listed.stdout).not.toContain(key);
    const [record] = (JSON.parse(listed.stdout) as { keys: { id: string; name: string }[] }).keys;
    expect(record).toMatchObject({ name: 'desk', scopes: ['report', 'edit'] });

    expect((await borderline(['keys', 'revoke', record?.id ?? '', '--data', data])).code).toBe(0);
    const refused = await borderline(['import', '-', '--url', server.url, '--key', key], { input: '{}' });
    expect(refused.code).toBe(1);
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });

  it('are not managed over HTTP', async () => {
    const { code, stderr } = await borderline(['keys', 'list', '--url', 'http://127.0.0.1:3000']);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'borderline: keys are in the data folder of a server: give --data instead of --url\n',
    );
  });

  it('that do not exist cannot be revoked', async () => {
    const { code, stderr } = await borderline(['keys', 'revoke', 'nope', '--data', data]);
    expect(code).toBe(1);
    expect(stderr).toBe('borderline: there is no key with the id nope\n');
  });
});

describe('serve --corpus', () => {
  it('loads the corpus into an empty log, and into no other log', async () => {
    const data = join(folder, 'corpus');
    const first = await serve(data, '--corpus');
    const greeting = await first.said('Ctrl-C');
    expect(greeting).toMatch(/^The bundled corpus is loaded: \d+ events\.\n/);
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(0);
    const second = await serve(data, '--corpus');
    expect(await second.said('Ctrl-C')).not.toContain('corpus is loaded');
    second.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
  });
});
