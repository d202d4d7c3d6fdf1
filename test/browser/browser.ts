import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from '../server/spawned.js';

/** Debian's packages. The headless shell is the same engine without the windows, and takes a quarter less processor time. */
const DEBIAN = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const CHROMIUM = process.env['BORDERLINE_CHROMIUM'] ?? DEBIAN.find(existsSync) ?? DEBIAN[0]!;

/** The reason why the tests in a browser cannot run here; undefined where they can run. On CI they must run. */
const missing =
  existsSync(CHROMIUM) || process.env['CI'] !== undefined
    ? undefined
    : `There is no ${CHROMIUM}. Install Debian's package chromium-headless-shell or chromium, or name another Chromium in BORDERLINE_CHROMIUM.`;

/** `describe` where there is a browser; elsewhere the tests are skipped, and stderr says so and how to get a browser. */
export function describeInBrowser(title: string, specify: () => void): void {
  jest.setTimeout(LONGEST_SPEC);
  if (missing === undefined) return describe(title, specify);
  process.stderr.write(`The tests in a browser are skipped. ${missing}\n`);
  describe.skip(title, specify);
}

/**
 * The limits of one wait for a condition and of a whole spec, in milliseconds. A page is drawn without a graphics card, on processors that other
 * specs use too, so both limits are long: a spec continues as soon as its condition is true.
 */
const LONGEST_WAIT = 120_000;
const LONGEST_SPEC = 300_000;

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

/** A Chromium that visits one server. It records requests to other servers, and the refusals of the page's policy. */
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

  /** The pages in use, with their fixed options, and the free pages by their fixed options. */
  private readonly visited = new Map<Page, string>();
  private readonly left = new Map<string, Page[]>();

  /**
   * A page without any state of other visits, as for another reader; resolves once the crossings are drawn. A free page is used again where there is
   * one: a new page has a process of its own, and the start of a process takes longer than drawing.
   */
  async open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const { viewport = { width: 1280, height: 860 }, colorScheme = 'light', ...fixed } = options;
    const kind = JSON.stringify(fixed);
    const page = this.left.get(kind)?.pop() ?? (await this.newPage(fixed));
    this.visited.set(page, kind);
    if (viewport !== null) await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, media: 'screen' });
    await page.goto(this.url + path);
    await page.locator('main[aria-busy="false"]').waitFor();
    return page;
  }

  /** Ends all visits: everything that the pages have stored is deleted, and other visits may use the pages. */
  async leave(): Promise<void> {
    for (const [page, kind] of this.visited) {
      if (page.isClosed() || page.context().pages().length > 1) {
        await page.context().close();
        continue;
      }
      await page.goto(`${this.url}/health/live`);
      await page.evaluate('localStorage.clear(); sessionStorage.clear()');
      this.left.set(kind, [...(this.left.get(kind) ?? []), page]);
    }
    this.visited.clear();
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
    return page;
  }

  /** The same browser, for another server. */
  elsewhere(url: string): Reader {
    return new Reader(this.browser, url);
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

/** A server with the corpus, and a browser that visits it. */
export class Visited {
  data = '';
  server!: Spawned;
  reader!: Reader;
  /** The key that the server printed at its first start. */
  key = '';

  async start(environment: Readonly<Record<string, string>>): Promise<void> {
    this.data = temporaryFolder();
    this.server = await spawnServer(this.data, ['--corpus'], environment);
    this.reader = await Reader.at(this.server.url);
    this.key = this.server.key!;
  }

  open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    return this.reader.open(path, options);
  }

  async ask<T>(path: string): Promise<T> {
    return (await (await fetch(this.server.url + path)).json()) as T;
  }

  /** Posts a body that must be recorded. */
  async post(path: string, body: object): Promise<{ readonly events: readonly { readonly id: string }[] }> {
    const response = await fetch(this.server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.key}` },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { readonly events: readonly { readonly id: string }[] };
    expect([response.status, answer]).toMatchObject([201, { events: expect.anything() }]);
    return answer;
  }

  async stop(): Promise<void> {
    await this.reader.close();
    await this.server.stop();
    removeFolder(this.data);
  }
}

/**
 * Specs that share one server with the corpus and one browser, and nothing else: each page belongs to another reader, and is free after its spec. At
 * the end, no page may have sent a request to another server.
 */
export function corpusInBrowser(
  title: string,
  specify: (visited: Visited) => void,
  environment: () => Promise<Readonly<Record<string, string>>> = async () => ({}),
): void {
  describeInBrowser(title, () => {
    const visited = new Visited();
    beforeAll(async () => visited.start(await environment()));
    afterEach(() => visited.reader.leave());
    afterAll(() => visited.stop());
    specify(visited);
    it('sends no request to another server, and does nothing that its policy refuses', () => {
      expect(visited.reader.faults).toEqual([]);
    });
  });
}

/** The violations of WCAG 2.2 AA that axe finds, one a line. axe is run by evaluation, because the policy of the page allows no other script. */
export async function accessibilityFaults(page: Page, rules: Rules = ALL_RULES): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe);
  const { violations } = await page.evaluate<{ readonly violations: readonly Violation[] }>(
    `axe.run(document, ${JSON.stringify({ runOnly: rules, resultTypes: ['violations'] })})`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

interface Rules {
  readonly type: 'tag' | 'rule';
  readonly values: readonly string[];
}

const ALL_RULES: Rules = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** The rules that another theme can break: a theme changes only colours. */
export const COLOUR_RULES: Rules = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}
