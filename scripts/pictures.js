/** `npm run pictures` takes the pictures of the README and the preview of a link from the page with the corpus. Needs Debian's package chromium. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { built, installed } from './ready.js';

const DESK = { width: 1200, height: 760 };
const TALL = { width: 1200, height: 960 };
const LINK = { width: 1200, height: 630 };
const PHONE = { width: 390, height: 844 };
const MEDININKAI = 'subject=crossings/lt-by.medininkai';
const NOVEMBER = 'from.asOf=2025-11-10&from.knownAt=2025-11-10&to.asOf=2025-11-19&to.knownAt=2025-11-19';

/** For each picture the file, the address, an element that is there once the page is complete, and the screen. */
const PICTURES = [
  ['docs/images/page-map.png', '?asOf=2025-11-05&knownAt=2025-10-26', '.spot .differs', DESK],
  [
    'docs/images/page-plane.png',
    `?view=plane&${MEDININKAI}&asOf=2025-11-05&knownAt=2025-11-05`,
    '.cell',
    DESK,
  ],
  ['docs/images/page-compare.png', `?view=compare&${NOVEMBER}`, '.change', TALL],
  [
    'docs/images/page-phone.png',
    '?asOf=2025-11-05&knownAt=2025-10-26&lang=lt',
    '.spot .differs',
    PHONE,
    'dark',
  ],
  [
    'apps/web/preview.png',
    `?view=plane&${MEDININKAI}&asOf=2025-11-05&knownAt=2025-11-05&embed`,
    '.cell',
    LINK,
  ],
];

installed();
built();
const data = mkdtempSync(join(tmpdir(), 'borderline-pictures-'));
const server = spawn(process.execPath, [
  'dist/program/main.js',
  'serve',
  '--port',
  '0',
  '--data',
  data,
  '--corpus',
]);
let printed = '';
server.stdout.on('data', (text) => (printed += text));
while (!printed.includes('Ctrl-C')) await once(server.stdout, 'data');
const [, url] = /Page\s+(http:\S+)/.exec(printed);

const browser = await chromium.launch({
  executablePath: process.env['BORDERLINE_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const [file, address, ready, viewport, colorScheme = 'light'] of PICTURES) {
  const page = await browser.newPage({ viewport, colorScheme, locale: 'en-GB', reducedMotion: 'reduce' });
  await page.goto(`${url}/${address}`);
  await page.locator(ready).first().waitFor();
  // The detentions and the reasons are loaded last.
  await page.waitForTimeout(2_000);
  await page.screenshot({ path: file });
  await page.close();
  process.stdout.write(`${file}\n`);
}
await browser.close();
server.kill();
await once(server, 'close');
rmSync(data, { recursive: true, force: true });
