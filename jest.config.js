/** Node itself loads the specs and the tested code: test/support/native. */
export default {
  testEnvironment: '<rootDir>/test/support/native/environment.js',
  runtime: '<rootDir>/test/support/native/runtime.cjs',
  // The cache is not in the folder for temporary files, because `npm test` removes this folder.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  transform: {},
  testMatch: ['<rootDir>/{apps,libs,events,test}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Many specs wait for processes, timers and sockets: more workers than cores keep the cores busy.
  maxWorkers: 4,
  // A worker that uses more memory is restarted after a spec file.
  workerIdleMemoryLimit: '2GB',
  // The milliseconds that Jest waits until a worker has exited: a worker with much memory needs more than Jest's half a second on a busy machine.
  workerGracefulExitTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/sequencer.js',
  // The limit in milliseconds. No spec may fail because the machine is slow and busy; a spec that needs longer sets its own limit.
  testTimeout: 180_000,
  setupFiles: ['<rootDir>/test/support/laws.js'],
};
