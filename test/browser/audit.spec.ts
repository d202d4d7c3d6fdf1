import { expect, it } from '@jest/globals';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { removeFolder, spawnServer, temporaryFolder } from '../server/spawned.js';
import { corpusInBrowser, Reader } from './browser.js';

const development = (n: number): object => ({
  type: 'crossing.closed',
  occurred: '2025-11-01',
  reportedAt: '2025-11-01',
  data: { crossing: `xx-yy.place-${n}` },
  source: { publisher: 'A reader', title: 'An invented closure', publishedAt: '2025-11-01' },
  attribution: { claimant: 'xx.reader', standing: 'act', reliability: 'A1' },
});

corpusInBrowser('the audit, in a browser', (visited) => {
  const holds = (page: Page, text: RegExp): Promise<void> =>
    page.locator('.checks .holds', { hasText: text }).first().waitFor();
  const fails = (page: Page, text: RegExp): Promise<void> =>
    page.locator('.checks .fails', { hasText: text }).first().waitFor();
  it('remembers the first checkpoint, and checks that a log that has grown continues it', async () => {
    const page = await visited.open('/');
    await page.getByRole('button', { name: 'Audit', exact: true }).click();
    await holds(page, /signed by the key [0-9a-f]{8}/);
    await holds(page, /first checkpoint/);
    await visited.post('/v1/developments', development(1));
    await holds(page, /begins with all of the 428 events/);
    await page.reload();
    await holds(page, /begins with all of the 429 events/);
  });

  it('checks the place of an open report in the log, and shows the JSON that was hashed', async () => {
    const { items } = await visited.ask<{ items: { id: string; sequence: number }[] }>(
      '/v1/events?type=crossing.closed&limit=1',
    );
    const page = await visited.open(`/?event=${items[0]!.id}`);
    await page.getByRole('button', { name: 'Its place in the log' }).click();
    await holds(page, new RegExp(`at @${items[0]!.sequence} in the tree`));
    await page.getByText('The event as JSON').click();
    const shown = JSON.parse(await page.locator('.audit pre').innerText()) as object;
    expect(shown).toEqual(items[0]);
  });

  it('gets a receipt for the answer that is shown, and recognises an answer that was changed afterwards', async () => {
    const page = await visited.open('/?audit=open&subject=crossings/lt-by.medininkai&asOf=2025-11-05');
    await page.getByRole('button', { name: 'Get a receipt: Medininkai' }).click();
    await holds(page, /receipt is signed/);
    await holds(page, /states this answer/);
    const response = await fetch(`${visited.server.url}/v1/audit/receipts`, {
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
    await fails(page, /states another answer/);
    await check(issued.replace('2025-11-05', '2025-11-06'));
    await fails(page, /signature is wrong/);
    await check('no receipt');
    await fails(page, /not in the form/);
  });

  it('shows answers as they were recorded earlier, and says so', async () => {
    const page = await visited.open('/?audit=open&asOf=2025-11-05');
    await page.locator('#recorded-at').fill('30');
    await page.keyboard.press('Enter');
    await page.waitForURL(/recordedAt=@30/);
    await page.locator('.sentence', { hasText: 'as recorded to @30' }).waitFor();
    await page.getByRole('button', { name: 'The whole log' }).click();
    await page.waitForURL((url) => !url.searchParams.has('recordedAt'));
  });

  it('recognises another log with the same key', async () => {
    const folder = temporaryFolder();
    copyFileSync(join(visited.data, 'audit.key'), join(folder, 'audit.key'));
    const forger = await spawnServer(folder);
    const visitor = await Reader.at(forger.url);
    try {
      await fetch(`${forger.url}/v1/developments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${forger.key!}` },
        body: JSON.stringify({ developments: [1, 2, 3, 4].map(development) }),
      });
      const [checkpoint, keys] = await Promise.all(
        ['checkpoint?size=3', 'key'].map(async (path) =>
          (await fetch(`${visited.server.url}/v1/audit/${path}`)).text(),
        ),
      );
      const memory = { checkpoint, keys: keys!.trim().split('\n'), at: '2025-11-01T00:00:00.000Z' };
      const page = await visitor.open('/');
      await page.evaluate(
        `localStorage.setItem('borderline.checkpoint', '${JSON.stringify(memory).replaceAll('\\', '\\\\')}')`,
      );
      await page.getByRole('button', { name: 'Audit', exact: true }).click();
      await fails(page, /no longer begins with the 3 events/);
      await page.getByRole('button', { name: 'Forget what is remembered, and start again' }).click();
      await holds(page, /first checkpoint/);
    } finally {
      await visitor.close();
      await forger.stop();
      removeFolder(folder);
    }
  });
});
