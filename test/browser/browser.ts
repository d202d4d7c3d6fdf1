import { describe } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const CHROMIUM = process.env['BORDERLINE_CHROMIUM'] ?? '/usr/bin/chromium';

/** Why the tests in a browser cannot run here; undefined where they can. On CI they must run. */
const missing =
  existsSync(CHROMIUM) || process.env['CI'] !== undefined
    ? undefined
    : `There is no ${CHROMIUM}. Install Debian's package chromium, or name another Chromium in BORDERLINE_CHROMIUM.`;

/** `describe` where there is a browser; elsewhere it says plainly that its tests are skipped, and how to get them. */
export function describeInBrowser(title: string, specify: () => void): void {
  if (missing === undefined) return describe(title, specify);
  process.stderr.write(`The tests in a browser are skipped. ${missing}\n`);
  describe.skip(title, specify);
}

/** Milliseconds; generous, as a test waits for a condition and continues as soon as it is true. */
const LONGEST_WAIT = 25_000;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A Chromium, without a page. */
export function launched(): Promise<Browser> {
  const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ];
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [...flags, '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
    timeout: LONGEST_WAIT,
  });
}

/** A Chromium that visits one server and records requests to others, and the refusals of its policy. */
export class Reader {
  private constructor(
    private readonly browser: Browser,
    readonly url: string,
  ) {}

  /** Requests to other servers, refusals of the policy, and errors of scripts: there must be none. */
  readonly faults: string[] = [];

  static async at(url: string): Promise<Reader> {
    return new Reader(await launched(), url);
  }

  /** What cannot be changed in a page, and the pages that were left, by it. */
  private readonly kinds = new WeakMap<Page, string>();
  private readonly left = new Map<string, Page[]>();

  /**
   * A page that knows nothing of others, as for another reader; resolves once the crossings are drawn. It is one that was left, where there is one: a
   * new page has a process of its own, whose start takes longer than to draw.
   */
  async open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const { viewport = { width: 1280, height: 860 }, colorScheme = 'light', ...fixed } = options;
    const page = this.left.get(JSON.stringify(fixed))?.pop() ?? (await this.newPage(fixed));
    if (viewport !== null) await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, media: 'screen' });
    await page.goto(this.url + path);
    await page.locator('main[aria-busy="false"]').waitFor();
    return page;
  }

  /** Ends a visit: what the page has stored is deleted, and another visit may have it. */
  async leave(page: Page): Promise<void> {
    await page.goto(`${this.url}/health/live`);
    await page.evaluate('localStorage.clear(); sessionStorage.clear()');
    const kind = this.kinds.get(page)!;
    this.left.set(kind, [...(this.left.get(kind) ?? []), page]);
  }

  private async newPage(fixed: BrowserContextOptions): Promise<Page> {
    const context = await this.browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...fixed });
    context.setDefaultTimeout(LONGEST_WAIT);
    const page = await context.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(this.url) && !request.url().startsWith('blob:'))
        this.faults.push(`asked ${request.url()}`);
    });
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) this.faults.push(message.text());
    });
    page.on('pageerror', (error) => this.faults.push(error.message));
    this.kinds.set(page, JSON.stringify(fixed));
    return page;
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

/** The violations of WCAG 2.2 AA that axe finds, a line each. Run by evaluation, as the policy of the page allows no script. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{ readonly violations: readonly Violation[] }>(
    `axe.run(document, ${JSON.stringify({ runOnly: RULES, resultTypes: ['violations'] })})`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Each of the paths in both themes, at the size of a desk and of a phone. */
export const readersOf = (paths: readonly string[]) =>
  paths.flatMap((path) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      [
        { width: 1280, height: 860 },
        { width: 390, height: 844 },
      ].map((viewport) => ({
        path,
        colorScheme,
        viewport,
        name: `${path} in ${colorScheme}, ${viewport.width} wide`,
      })),
    ),
  );
