/**
 * Runs specs without Jest's module system. Node itself loads the specs and the code under test once in each worker; Jest would load all of it again
 * for each file, in a new realm. This module takes the place of `jest-runtime` (`runtime` in jest.config.js) and has the members of `jest-runtime`
 * that Jest's runner calls.
 */
const asyncHooks = require('node:async_hooks');
const { register, syncBuiltinESMExports } = require('node:module');
const { fileURLToPath, pathToFileURL } = require('node:url');

register('./hooks.js', pathToFileURL(__filename));
const globals = import('./globals.js');
const compiling = import('./compile.js');

/** State that Jest keeps on the global object, which in Jest itself is a new object for each file. */
const OF_A_FILE = ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL'].map(Symbol.for);

class SourceMaps {
  #places = new Map();
  compiled = undefined;

  /** The file with the source map of a module, if the module was TypeScript. */
  get(url) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return undefined;
    if (!this.#places.has(url)) this.#places.set(url, `${this.compiled(fileURLToPath(url))}.map`);
    return this.#places.get(url);
  }

  [Symbol.iterator]() {
    return this.#places[Symbol.iterator]();
  }
}
const sourceMaps = new SourceMaps();

/**
 * The running test or hook, in place of the AsyncLocalStorage in which Jest keeps it. The tests of a file run one at a time, so a variable is enough.
 * Inside an AsyncLocalStorage each `await` takes three times as long, and the storage of each file would stay until the worker ends.
 */
class Running {
  #store;

  getStore() {
    return this.#store;
  }

  async run(store, work) {
    const outer = this.#store;
    this.#store = store;
    try {
      return await work();
    } finally {
      this.#store = outer;
    }
  }
}

const { AsyncLocalStorage } = asyncHooks;
const storages = new Set();

/** An AsyncLocalStorage that is disabled after the spec file: once one of a process was used, by Playwright for example, every promise takes longer. */
class StorageOfFile extends AsyncLocalStorage {
  constructor(...options) {
    super(...options);
    storages.add(this);
  }
}
asyncHooks.AsyncLocalStorage = StorageOfFile;
syncBuiltinESMExports();

/** Requires a module that makes a Running where it asks for an AsyncLocalStorage. */
function requireWithRunning(path) {
  asyncHooks.AsyncLocalStorage = Running;
  try {
    return require(path);
  } finally {
    asyncHooks.AsyncLocalStorage = StorageOfFile;
  }
}

module.exports = class NativeRuntime {
  async unstable_importModule(path) {
    sourceMaps.compiled ??= (await compiling).compiled;
    await globals.then(({ replaceGlobals }) => this.globals && replaceGlobals(this.globals));
    await import(pathToFileURL(path).href);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  /** The test framework of Jest, loaded again for each file. */
  requireInternalModule(path) {
    for (const name of OF_A_FILE) globalThis[name] = undefined;
    delete require.cache[path];
    return requireWithRunning(path);
  }

  requireModule(path) {
    return require(path);
  }

  setGlobalsForRuntime(globals) {
    this.globals = globals;
  }

  getSourceMaps() {
    return sourceMaps;
  }

  getAllCoverageInfoCopy() {
    return undefined;
  }

  enterTestCode() {}
  leaveTestCode() {}
  teardown() {
    for (const storage of storages) storage.disable();
  }
};
