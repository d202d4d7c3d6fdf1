import tseslint from 'typescript-eslint';

const typed = tseslint.configs.recommendedTypeChecked;

/**
 * Clocks, timers, chance, new ids and the zone of the machine make two runs differ. All code takes them from `libs/runtime`, or as a parameter.
 * `scripts/canary/runtime.ts` has every way to get at them that we know of, a line each, and `scripts/lint.js` fails where a line is not reported.
 */
const message = 'Take a Runtime (#runtime), so that a run can be repeated.';
const restrictedGlobals = ['setTimeout', 'setInterval', 'setImmediate', 'performance'].map((name) => ({
  name,
  message,
}));
const restrictedProperties = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['crypto', 'randomUUID'],
  ['crypto', 'getRandomValues'],
  ['AbortSignal', 'timeout'],
  ['Atomics', 'wait'],
  ['Atomics', 'waitAsync'],
  ['Temporal', 'Now'],
  ['process', 'hrtime'],
  ['process', 'uptime'],
  ['process', 'getBuiltinModule'],
].map(([object, property]) => ({ object, property, message }));
const restrictedSyntax = [
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'CallExpression[callee.name="Date"]',
  // A clock or chance by another name.
  ':not(NewExpression, MemberExpression, BinaryExpression, TSTypeReference) > Identifier[name="Date"]',
  ':not(MemberExpression) > Identifier[name="Math"]',
  ':matches(MemberExpression > .object, VariableDeclarator > .init, CallExpression > .arguments)[name=/^(globalThis|global)$/]',
  // A static import of these is among the restricted imports.
  'ImportExpression[source.value=/^(#runtime|uuid|rxjs|rxjs.operators|(node:)?(timers|timers.promises|perf_hooks|crypto))$/]',
  // Intl uses the present where it gets no instant, and the zone of the machine where it gets no zone.
  'CallExpression[callee.property.name=/^(format|formatToParts)$/][arguments.length=0]',
  'NewExpression[callee.property.name="DateTimeFormat"][arguments.length<2]',
  'CallExpression[callee.property.name="resolvedOptions"]',
  'CallExpression[callee.property.name=/^(get(Hours|Minutes|Seconds|Date|Day|Month|FullYear|TimezoneOffset)|to(Locale)?(Date|Time)String)$/]',
].map((selector) => ({ selector, message }));
const withoutNode = ['timers', 'timers/promises', 'perf_hooks'];
// `randomBytes` is allowed: keys, secrets and nonces must not be repeatable.
const chance = [
  'default',
  'randomUUID',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'getRandomValues',
  'webcrypto',
];
const timed = [
  ...['timer', 'interval', 'delay', 'timeout', 'debounceTime', 'throttleTime', 'auditTime', 'sampleTime'],
  ...['bufferTime', 'windowTime', 'timestamp', 'timeInterval', 'asyncScheduler', 'asapScheduler'],
];
const restrictedImports = [
  ...withoutNode.flatMap((name) => [name, `node:${name}`]).map((name) => ({ name, message })),
  ...['crypto', 'node:crypto'].map((name) => ({ name, importNames: chance, message })),
  { name: 'uuid', importNames: ['v1', 'v4', 'v6', 'v7'], message },
  { name: 'rxjs', importNames: timed, message },
  { name: 'rxjs/operators', message },
  { name: 'temporal-polyfill/global', message },
];
/** Only the entry points of a process take the runtime of the machine; all other code is given one. */
const machineRuntime = {
  name: '#runtime',
  importNames: ['systemRuntime'],
  message: 'Take a Runtime as a parameter: only an entry point uses the runtime of the machine.',
};

/** Names that need a machine; the pure parts run without a machine. `scripts/canary/machine.ts` uses each name. */
const machine = 'The pure rooms have no machine: take it as a parameter.';
const machineGlobals = [
  'process',
  'console',
  'fetch',
  'crypto',
  'WebSocket',
  'EventSource',
  'BroadcastChannel',
  'navigator',
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'data/',
      'coverage/',
      'scripts/canary/',
      'libs/client/api.ts',
      'libs/client/dist/',
    ],
  },
  {
    files: ['{apps,libs,events,test}/**/*.{ts,tsx}'],
    extends: [typed],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 95, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 4],
      complexity: ['error', 15],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off', // Nest needs the class behind a type at run time
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    files: ['**/*.spec.ts', '**/{contract-suite,spec-support}.ts', 'libs/log/contract/**', 'test/**/*.ts'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off', 'no-console': 'off' },
  },
  {
    // A catalogue of texts is one list, so its length is not limited.
    files: ['apps/web/words/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['{apps,libs,events}/**/*.ts'],
    ignores: [
      'apps/web/**',
      'libs/runtime/runtime.ts',
      'libs/client/timer.ts',
      '**/*.spec.ts',
      '**/spec-support.ts',
      'libs/log/contract/**',
    ],
    rules: {
      'no-restricted-globals': ['error', ...restrictedGlobals],
      'no-restricted-properties': ['error', ...restrictedProperties],
      'no-restricted-syntax': ['error', ...restrictedSyntax],
      'no-restricted-imports': ['error', { paths: [...restrictedImports, machineRuntime] }],
    },
  },
  {
    files: ['apps/main.ts', 'apps/cli/runtime.ts', 'apps/server/consumers/consumer-worker.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: restrictedImports }] },
  },
  {
    files: ['libs/{time,timeline,json}/**/*.ts', 'events/**/*.ts', 'libs/audit/*.ts', 'libs/log/decide.ts'],
    ignores: ['**/*.spec.ts', '**/spec-support.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...restrictedGlobals,
        ...machineGlobals.map((name) => ({ name, message: machine })),
      ],
    },
  },
  {
    // The command line and these scripts write to the terminal.
    files: ['apps/cli/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['*.js', 'scripts/**/*.js'],
    extends: [tseslint.configs.recommended],
    rules: { eqeqeq: 'error', 'max-lines': ['error', 300] },
  },
);
