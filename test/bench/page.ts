import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { heapOf, stepOn } from '../browser/play.js';
import { atMost, percentiles, type Figure } from './measure.js';
import { KEY, loadCorpus, start, type Server } from './serving.js';

const CHROMIUM = process.env['BORDERLINE_CHROMIUM'] ?? '/usr/bin/chromium';
const STEPS = 240;
const MANY = 2_000;
/** The place of the nth crossing in degrees, on the map of the page. */
const placeOf = (n: number): [number, number] => [20 + (n % 50) / 6, 53 + Math.floor(n / 50) / 20];

/** The number of steps in an hour of play at its first speed, seven days a second. */
const HOUR = 3_600 * 7;

/**
 * The time in a browser until a step of the slider is drawn, with the corpus, and with 2,000 crossings more; the time until the page can be used; and
 * the memory that an hour of play leaves.
 */
export async function page(folder: string): Promise<Figure[]> {
  if (!existsSync(CHROMIUM)) {
    process.stderr.write(`There is no ${CHROMIUM}: the page is not measured.\n`);
    return [];
  }
  const loading = await start(folder);
  await loadCorpus(loading.url);
  await loading.stop();
  const server = await start(folder);
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: flags });
  try {
    const opened = await browser.newPage();
    // The server has not been asked for anything before.
    const begun = performance.now();
    await show(opened, server);
    const seconds = (performance.now() - begun) / 1000;
    const corpus = await stepsOf(opened);
    const devtools = await opened.context().newCDPSession(opened);
    await stepOn(opened, 1_000);
    const before = await heapOf(devtools);
    await stepOn(opened, HOUR);
    const grown = (await heapOf(devtools)) / before;
    await recordMany(server);
    await show(opened, server);
    const many = await stepsOf(opened);
    return [
      {
        name: 'the page of a server that has just started can be used',
        value: seconds,
        unit: 's',
        target: atMost(seconds, 2),
      },
      {
        name: 'a step of the slider is drawn, p95, the corpus',
        value: corpus,
        unit: 'ms',
        target: atMost(corpus, 50),
      },
      {
        name: `memory of scripts after an hour of play (${HOUR.toLocaleString('en')} steps)`,
        value: grown,
        unit: 'of before',
        target: atMost(grown, 1.1),
      },
      {
        name: `a step of the slider is drawn, p95, ${MANY} crossings`,
        value: many,
        unit: 'ms',
        target: atMost(many, 100),
      },
    ];
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function show(opened: Page, { url }: Server): Promise<void> {
  await opened.goto(`${url}/?asOf=2025-09-01&knownAt=2025-09-01`);
  await opened.locator('main[aria-busy="false"]').waitFor({ timeout: 120_000 });
}

/** Milliseconds from the input to the frame that shows the step, at the 95th percentile. */
async function stepsOf(opened: Page): Promise<number> {
  const times = await opened.evaluate<number[]>(`(async () => {
    const slider = document.querySelector('#asOf-slider');
    for (let step = 0; step < ${STEPS}; step += 1) {
      slider.value = Number(slider.value) + (step % 120 < 60 ? 1 : -1);
      performance.mark('step');
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((drawn) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = drawn;
        port2.postMessage(undefined);
      }));
      performance.measure('drawn', 'step');
    }
    return performance.getEntriesByName('drawn').map(({ duration }) => duration);
  })()`);
  await opened.evaluate('performance.clearMeasures()');
  return percentiles(Float64Array.from(times)).p95;
}

async function recordMany({ url }: Server): Promise<void> {
  const source = { publisher: 'The bench', title: 'Crossings', publishedAt: '2025-01-01' };
  const attribution = { claimant: 'lt.government', standing: 'act', reliability: 'A1' };
  const common = { source, attribution, reportedAt: '2025-01-01' };
  const developments = Array.from({ length: MANY }, (_, n) => {
    const id = `xx-yy.bench-${n}`;
    const crossing = { border: 'LT-BY', sides: ['LT', 'BY'], modes: ['road'], operating: true };
    const location = { type: 'Point', coordinates: placeOf(n) };
    const day = `2025-09-${String(1 + (n % 30)).padStart(2, '0')}`;
    return [
      {
        ...common,
        type: 'subject.registered',
        data: { kind: 'crossing', id, names: { en: `Place ${n}` }, crossing, location },
      },
      { ...common, type: 'crossing.closed', occurred: day, data: { crossing: id } },
    ];
  }).flat();
  const response = await fetch(`${url}/v1/developments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ developments }),
  });
  if (!response.ok) throw new Error(await response.text());
}
