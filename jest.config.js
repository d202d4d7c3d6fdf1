/** Node itself loads the specs and what they test: test/support/native. */
export default {
  testEnvironment: '<rootDir>/test/support/native/environment.js',
  runtime: '<rootDir>/test/support/native/runtime.cjs',
  // Not in the folder for temporary files, which `npm test` removes.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  transform: {},
  testMatch: ['<rootDir>/{apps,libs,events,test}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Many specs wait for processes, timers and sockets: more workers than cores keep the cores busy.
  maxWorkers: 4,
  // A worker whose memory has grown begins again after a spec file.
  workerIdleMemoryLimit: '1GB',
  // Milliseconds that Jest waits for a worker that exits: one with much memory needs more than Jest's half a second on a busy machine.
  workerGracefulExitTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/sequencer.js',
  // Milliseconds. No spec may fail because the machine is slow and busy; a spec that needs longer says so.
  testTimeout: 180_000,
  setupFiles: ['<rootDir>/test/support/laws.js'],
};
