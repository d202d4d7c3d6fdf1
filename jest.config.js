/** ESM through @swc/jest; run with NODE_OPTIONS=--experimental-vm-modules (see docs/adr). */
const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
    module: { type: 'es6' },
  },
];

export default {
  testEnvironment: 'node',
  // Not in the folder for temporary files, which `npm test` removes.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': swc },
  moduleNameMapper: {
    // One file instead of 226, which every spec with a log would load one by one.
    '^rxjs(/operators|/internal/Observable)?$': '<rootDir>/node_modules/rxjs/dist/bundles/rxjs.umd.js',
    '^#(runtime|json|time|timeline|log|views|audit|client|data-folder|webhooks)$':
      '<rootDir>/libs/$1/index.ts',
    '^#(log|audit)/(sqlite|replica|kurrentdb)$': '<rootDir>/libs/$1/$2/index.ts',
    '^#events$': '<rootDir>/events/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testMatch: ['<rootDir>/{apps,libs,events,test}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Many specs wait for processes, timers and sockets: more workers than cores keep the cores busy.
  maxWorkers: 4,
  // A worker whose memory has grown begins again after a spec file.
  workerIdleMemoryLimit: '1GB',
  // Milliseconds that Jest waits for a worker that exits: one with much memory needs more than Jest's half a second on a busy machine.
  workerGracefulExitTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/sequencer.js',
  // No spec may fail because the machine is slow; a spec that needs longer says so.
  testTimeout: 60_000,
  setupFiles: ['<rootDir>/test/support/laws.js'],
};
