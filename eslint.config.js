import tseslint from 'typescript-eslint';

const typed = tseslint.configs.recommendedTypeChecked;

/** These make two runs differ: clocks, timers, chance, new ids. All code takes them from `libs/runtime`. */
const message = 'Take a Runtime (#runtime), so that a run can be repeated.';
const restrictedGlobals = ['setTimeout', 'setInterval', 'setImmediate', 'performance'].map((name) => ({
  name,
  message,
}));
const restrictedProperties = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['crypto', 'randomUUID'],
  ['AbortSignal', 'timeout'],
].map(([object, property]) => ({ object, property, message }));
const restrictedSyntax = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message },
  { selector: 'CallExpression[callee.name="Date"]', message },
];
const restrictedImports = [
  { name: 'node:timers', message },
  { name: 'node:timers/promises', message },
  { name: 'node:perf_hooks', message },
  { name: 'node:crypto', importNames: ['randomUUID'], message },
  { name: 'uuid', importNames: ['v1', 'v4', 'v6', 'v7'], message },
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
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: { 'max-lines': 'off', 'no-console': 'off' },
  },
  {
    // A catalogue of texts is one list.
    files: ['apps/web/words/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['{apps,libs,events}/**/*.ts'],
    ignores: [
      'apps/web/**',
      'libs/runtime/**',
      'libs/client/timer.ts',
      '**/*.spec.ts',
      '**/spec-support.ts',
      'libs/log/contract/**',
    ],
    rules: {
      'no-restricted-globals': ['error', ...restrictedGlobals],
      'no-restricted-properties': ['error', ...restrictedProperties],
      'no-restricted-syntax': ['error', ...restrictedSyntax],
      'no-restricted-imports': ['error', { paths: restrictedImports }],
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
