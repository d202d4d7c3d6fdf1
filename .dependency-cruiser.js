/**
 * The direction of the house: time ← timeline ← events ← views ← apps; log and audit are beside them. scripts/canary/ breaks every rule once,
 * and `npm run check` fails where a rule does not report its canary.
 */
const source = '^(apps|libs|events|test)/';
const spec = '\\.spec\\.ts$';

/** A part of the tree may import itself and the given parts, no others. */
const mayImport = (part, ...others) => ({
  name: `${part.replace('libs/', '')}-imports-only-what-is-below`,
  severity: 'error',
  from: { path: `^${part}/`, pathNot: spec },
  to: { path: source, pathNot: [part, ...others].map((path) => `^${path}/`) },
});

/** A folder of the log may import itself, the files directly in libs/log, and the given files, but no other folder. */
const mayImportOfLog = (room, ...others) => ({
  name: `log-${room}-imports-only-what-is-below`,
  severity: 'error',
  from: { path: `^libs/log/${room}/`, pathNot: [spec, '/spec-support\\.ts$'] },
  to: { path: '^libs/log/[^/]+/', pathNot: [`^libs/log/${room}/`, ...others] },
});

/** Only the given files may import a package. */
const onlyIn = (name, packages, where) => ({
  name,
  severity: 'error',
  from: { path: source, pathNot: where },
  to: { path: packages.map((path) => `(^|node_modules/)${path}`) },
});

/** The pure parts: the same input gives the same output, on any machine, at any time. */
const pure = '^(libs/(time|timeline|json)|events)/';

export default {
  forbidden: [
    {
      name: 'pure-rooms-have-no-machine',
      comment: 'No file, process, socket or clock of Node.',
      severity: 'error',
      from: { path: pure, pathNot: spec },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'packages-are-loaded-late-in-one-room',
      comment:
        'Packages that are loaded late, without an import, are in libs/packages, each with the reason.',
      severity: 'error',
      from: { path: '^(libs|events)/', pathNot: [spec, '^libs/packages/'] },
      to: { dependencyTypes: ['core'], path: '^(node:)?module$' },
    },
    {
      name: 'pure-rooms-use-few-packages',
      comment:
        'Each of these is a function of its input. Check any other package for clocks, chance and files.',
      severity: 'error',
      from: { path: pure, pathNot: [spec, '/spec-support\\.ts$'] },
      to: {
        path: '(^|/)node_modules/',
        pathNot:
          '(^|/)node_modules/(temporal-polyfill|leven|class-validator|class-transformer|reflect-metadata|@nestjs/swagger)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'the-audit-is-mathematics',
      comment:
        'Hashes and signatures alone, so that anybody can verify an export with them: no file, no socket.',
      severity: 'error',
      from: { path: '^libs/audit/[^/]+$', pathNot: spec },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer)$' },
    },
    {
      name: 'engines-are-opened-in-few-places',
      comment: 'All others see the ports (libs/log/event-log.ts, libs/audit/index.ts), which know no engine.',
      severity: 'error',
      from: {
        path: source,
        pathNot: [
          spec,
          '^libs/log/(sqlite|replica|kurrentdb)/',
          '^libs/audit/sqlite/',
          '^libs/data-folder/',
          '^apps/cli/import/restore\\.ts$',
          '^apps/server/webhooks/webhook-storage\\.ts$',
          '^test/',
        ],
      },
      to: { path: '^libs/(log/(sqlite|replica|kurrentdb)|audit/sqlite)/' },
    },
    mayImport('libs/runtime'),
    mayImport('libs/json'),
    mayImport('libs/client'),
    mayImport('libs/packages'),
    mayImport('libs/sqlite', 'libs/runtime'),
    mayImport('libs/time', 'libs/packages'),
    mayImport('libs/timeline', 'libs/time', 'libs/json'),
    mayImport('events', 'libs/time', 'libs/timeline', 'libs/json'),
    mayImport(
      'libs/views',
      'libs/time',
      'libs/timeline',
      'events',
      'libs/log',
      'libs/runtime',
      'libs/json',
      'libs/sqlite',
    ),
    mayImport('libs/log', 'libs/runtime', 'libs/json', 'libs/sqlite'),
    mayImportOfLog('sqlite'),
    // A replica is a log in a SQLite file too: its tables, its reader and its writer are the same as in the embedded log.
    mayImportOfLog('replica', '^libs/log/sqlite/(schema|reader|writer|failure)\\.ts$'),
    mayImportOfLog('kurrentdb', '^libs/log/replica/index\\.ts$'),
    mayImport('libs/audit', 'libs/runtime', 'libs/json', 'libs/sqlite'),
    mayImport('libs/webhooks', 'libs/runtime', 'libs/json', 'libs/sqlite'),
    mayImport(
      'libs/data-folder',
      'libs/runtime',
      'libs/json',
      'libs/sqlite',
      'libs/log',
      'libs/audit',
      'events',
      'libs/time',
      'libs/timeline',
    ),
    {
      name: 'cli-and-server-are-apart',
      comment: 'apps/main.ts hands the server to the command line.',
      severity: 'error',
      from: { path: '^apps/(cli|server)/' },
      to: { path: '^apps/(cli|server)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the-page-shares-types-and-json',
      comment:
        'The page is a client: from the other parts it imports only the types of the answers, and the canonical JSON.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: source, pathNot: '^(apps/web|libs/json)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'a-view-of-the-page-imports-no-other',
      severity: 'error',
      from: { path: '^apps/web/([^/]+)/' },
      to: {
        path: '^apps/web/[^/]+/',
        pathNot: ['^apps/web/$1/', '^apps/web/(words|shapes)/'],
      },
    },
    {
      name: 'the-page-is-for-browsers',
      severity: 'error',
      from: { path: '^(apps/(cli|server)|libs|events)/' },
      to: { path: '^apps/web/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(apps|libs|events)/', pathNot: spec },
      to: { path: ['^test/', spec] },
    },
    {
      name: 'across-by-the-index-only',
      comment:
        'Another lib is imported by its #name, so that its index says what is public; specs beside the code too.',
      severity: 'error',
      from: {
        path: '^(libs/[^/]+|events|apps|test)/',
        pathNot: ['^test/.*\\.spec\\.ts$', '^test/(laws|simulation)/'],
      },
      to: { path: '^(libs|events)/', pathNot: '^$1/', dependencyTypesNot: ['aliased-subpath-import'] },
    },
    onlyIn('nest-is-for-apps', ['@nestjs/(?!swagger/)'], ['^apps/(server/|main\\.ts$)', '^test/', spec]),
    {
      name: 'swagger-is-for-the-document',
      comment: 'Loading it takes a quarter of a start: apps/server/docs/api.ts has its decorators.',
      severity: 'error',
      from: { path: source, pathNot: ['^apps/server/docs/', spec] },
      to: { path: '(^|node_modules/)@nestjs/swagger/', dependencyTypesNot: ['type-only'] },
    },
    onlyIn('class-packages-are-for-events', ['class-validator/', 'class-transformer/'], ['^events/']),
    onlyIn('one-room-opens-sqlite', ['(@types/)?better-sqlite3/'], ['^libs/sqlite/', '^test/', spec]),
    {
      name: 'sqlite-is-for-sqlite',
      comment: 'The ports of the log and of the audit know no engine, and an app opens no file.',
      severity: 'error',
      from: {
        path: source,
        pathNot: [
          spec,
          '^libs/(sqlite|views|webhooks|data-folder)/',
          '^libs/(log/(sqlite|replica)|audit/sqlite)/',
          '^test/',
        ],
      },
      to: { path: '^libs/sqlite/' },
    },
    onlyIn(
      'kurrent-is-for-kurrentdb',
      ['@kurrent/', '@eventstore/'],
      ['^libs/log/kurrentdb/', '^test/(support/kurrentdb|bench)/'],
    ),
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: source,
        pathNot: [spec, '^apps/main\\.ts$', '-worker\\.ts$', '\\.d\\.ts$', '^test/'],
      },
      to: {},
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      // Files that a build makes: it may not have run yet.
      to: { couldNotResolve: true, pathNot: ['^virtual:', '(^|/)dist/'] },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: source },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    // The package of the client is installed with the rest of the project.
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
