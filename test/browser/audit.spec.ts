import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from '../server/spawned.js';
import { accessibilityFaults, describeInBrowser, Reader, readersOf } from './browser.js';

const development = (n: number): object => ({
  type: 'crossing.closed',
  occurred: '2025-11-01',
  reportedAt: '2025-11-01',
  data: { crossing: `xx-yy.place-${n}` },
  source: { publisher: 'A reader', title: 'An invented closure', publishedAt: '2025-11-01' },
  attribution: { claimant: 'xx.reader', standing: 'act', reliability: 'A1' },
});

describeInBrowser('the audit, in a browser', () => {
  const [data, other] = [temporaryFolder(), temporaryFolder()];
  let server: Spawned;
  let reader: Reader;

  beforeAll(async () => {
    server = await spawnServer(data, ['--corpus']);
    reader = await Reader.at(server.url);
  }, 180_000);

  afterAll(async () => {
    await reader.close();
    await server.stop();
    removeFolder(data);
    removeFolder(other);
  });

  const holds = (page: Page, text: RegExp): Promise<void> =>
    page.locator('.checks .holds', { hasText: text }).first().waitFor();
  const fails = (page: Page, text: RegExp): Promise<void> =>
    page.locator('.checks .fails', { hasText: text }).first().waitFor();
  const record = async (at: Spawned, n: number): Promise<void> => {
    const response = await fetch(`${at.url}/v1/developments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${at.key!}` },
      body: JSON.stringify(development(n)),
    });
    expect(response.status).toBe(201);
  };

  it('remembers the first checkpoint, and checks that the log continues it when it has grown', async () => {
    const page = await reader.open('/');
    await page.getByRole('button', { name: 'Audit', exact: true }).click();
    await holds(page, /signed by the key [0-9a-f]{8}/);
    await holds(page, /first checkpoint/);
    await record(server, 1);
    await holds(page, /begins with all of the 428 events/);
    await page.reload();
    await holds(page, /begins with all of the 429 events/);
    await reader.leave(page);
  });

  it('checks the place of a report that is open, and shows the JSON that it hashed', async () => {
    const closures = await fetch(`${server.url}/v1/events?type=crossing.closed&limit=1`);
    const { items } = (await closures.json()) as { items: { id: string; sequence: number }[] };
    const page = await reader.open(`/?event=${items[0]!.id}`);
    await page.getByRole('button', { name: 'Its place in the log' }).click();
    await holds(page, new RegExp(`at @${items[0]!.sequence} in the tree`));
    await page.getByText('The event as JSON').click();
    const shown = JSON.parse(await page.locator('.audit pre').innerText()) as object;
    expect(shown).toEqual(items[0]);
    await reader.leave(page);
  });

  it('gets a receipt for what is shown, and names an answer that was changed afterwards', async () => {
    const page = await reader.open('/?audit=open&subject=crossings/lt-by.medininkai&asOf=2025-11-05');
    await page.getByRole('button', { name: 'Get a receipt: Medininkai' }).click();
    await holds(page, /receipt is signed/);
    await holds(page, /answer beside it is the one/);
    const response = await fetch(`${server.url}/v1/audit/receipts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path: '/v1/crossings/lt-by.medininkai', parameters: { asOf: '2025-11-05' } }),
    });
    const issued = await response.text();
    const check = async (text: string): Promise<void> => {
      await page.locator('#receipt').fill(text);
      await page.getByRole('button', { name: 'Check it' }).click();
    };
    await check(issued.replaceAll('"restricted"', '"open"'));
    await fails(page, /not the one that it states/);
    await check(issued.replace('2025-11-05', '2025-11-06'));
    await fails(page, /signature is wrong/);
    await check('no receipt');
    await fails(page, /not in the form/);
    await reader.leave(page);
  });

  it('goes back to the log as it was recorded, and says so while it does', async () => {
    const page = await reader.open('/?audit=open&asOf=2025-11-05');
    await page.locator('#recorded-at').fill('30');
    await page.keyboard.press('Enter');
    await page.waitForURL(/recordedAt=@30/);
    await page.locator('.sentence', { hasText: 'as recorded to @30' }).waitFor();
    await page.getByRole('button', { name: 'The whole log' }).click();
    await page.waitForURL((url) => !url.searchParams.has('recordedAt'));
    await reader.leave(page);
  });

  it('names a log with the same key that is not the one it remembers', async () => {
    const folder = join(other, 'data');
    mkdirSync(folder);
    copyFileSync(join(data, 'audit.key'), join(folder, 'audit.key'));
    const forger = await spawnServer(folder);
    try {
      for (const n of [1, 2, 3, 4]) await record(forger, n);
      const [checkpoint, keys] = await Promise.all(
        ['checkpoint?size=3', 'key'].map(async (path) =>
          (await fetch(`${server.url}/v1/audit/${path}`)).text(),
        ),
      );
      const memory = { checkpoint, keys: keys!.trim().split('\n'), at: '2025-11-01T00:00:00.000Z' };
      const visitor = await Reader.at(forger.url);
      const page = await visitor.open('/');
      await page.evaluate(
        `localStorage.setItem('borderline.checkpoint', '${JSON.stringify(memory).replaceAll('\\', '\\\\')}')`,
      );
      await page.getByRole('button', { name: 'Audit', exact: true }).click();
      await fails(page, /no longer begins with the 3 events/);
      await page.getByRole('button', { name: 'Forget what is remembered, and start again' }).click();
      await holds(page, /first checkpoint/);
      await visitor.close();
    } finally {
      await forger.stop();
    }
  });

  it.each(readersOf(['/?audit=open&asOf=2025-11-05']))(
    'has no violation that axe finds at $name',
    async ({ path, ...options }) => {
      const page = await reader.open(path, options);
      await holds(page, /signed by/);
      expect(await accessibilityFaults(page)).toEqual([]);
      await reader.leave(page);
    },
  );

  it('sent no request to another server, and did nothing that its policy refuses', () => {
    expect(reader.faults).toEqual([]);
  });
});
