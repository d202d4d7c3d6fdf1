/**
 * Checks the description of the API by the rules of Redocly (recommended) and Spectral (oas), with open reading and with reading by key. The built
 * application makes the document and does not listen. A warning is a fault too.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectral from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { built, installed, root } from './ready.js';

installed();
built();

const load = (path) => import(pathToFileURL(join(root, 'dist', path)).href);
await import('reflect-metadata');
const { AppModule } = await load('apps/server/app.module.js');
const { documentOf } = await load('apps/server/docs/openapi.js');
const { createApplication } = await load('apps/server/http.js');
const { loggerOf } = await load('apps/server/logging.js');
const { VERSION: version } = await load('apps/server/version.js');
const { settingsFrom } = await load('apps/settings.js');
const { Audit, KeyStore } = await load('libs/data-folder/index.js');
const { openSqliteLog } = await load('libs/log/sqlite/index.js');
const { systemRuntime: runtime } = await load('libs/runtime/index.js');
const { Views } = await load('libs/views/index.js');

async function documentWhereReadingIs(read) {
  const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  const settings = settingsFrom({ BORDERLINE_READ: read, BORDERLINE_LOG_LEVEL: 'silent' });
  const keys = new KeyStore(join(folder, 'keys.json'), () => runtime.now());
  const log = openSqliteLog(runtime, join(folder, 'log.db'));
  const views = await Views.open(runtime, join(folder, 'views.db'), log);
  const audit = await Audit.open(runtime, folder, log);
  const close = async () => {
    await views.close();
    await audit.close();
    await log.close();
    rmSync(folder, { recursive: true });
  };
  const root = AppModule.of({ settings, log, views, keys, runtime, audit, close });
  const app = await createApplication(root, { logger: loggerOf(settings), version, runtime });
  try {
    return await documentOf(app, version);
  } finally {
    await app.close();
  }
}

async function redocly(document) {
  const config = await createConfig({ extends: ['recommended'], telemetry: 'off' });
  const found = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: 'openapi.json',
    config,
  });
  return found.map(({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`);
}

async function oas(document) {
  const linter = new spectral.Spectral();
  linter.setRuleset({ extends: [rulesets.oas] });
  const found = await linter.run(document);
  return found.map(({ code, message, path }) => `${code}: ${message} (#/${path.join('/')})`);
}

let count = 0;
for (const read of ['open', 'key']) {
  const document = await documentWhereReadingIs(read);
  for (const fault of [...(await redocly(document)), ...(await oas(document))]) {
    count += 1;
    process.stderr.write(`openapi.json, reading ${read}: ${fault}\n`);
  }
}
process.exitCode = count === 0 ? 0 : 1;
