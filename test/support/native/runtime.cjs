/**
 * Runs specs without Jest's module system: Node itself loads them and what they test, once in each worker, where Jest would load all of it again in a
 * new realm for each file. Takes the place of `jest-runtime` (`runtime` in jest.config.js) and has the members of it that Jest's runner calls.
 */
const { register } = require('node:module');
const { fileURLToPath, pathToFileURL } = require('node:url');

register('./hooks.js', pathToFileURL(__filename));
const globals = import('./globals.js');
const compiling = import('./compile.js');

/** State that Jest keeps on the global object, elsewhere a new one for each file. */
const OF_A_FILE = ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL'].map(Symbol.for);

class SourceMaps {
  #places = new Map();
  compiled = undefined;

  /** The file with the map of a module, if that was TypeScript. */
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

module.exports = class NativeRuntime {
  async unstable_importModule(path) {
    sourceMaps.compiled ??= (await compiling).compiled;
    await globals.then(({ replaceGlobals }) => this.globals && replaceGlobals(this.globals));
    await import(pathToFileURL(path).href);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  /** The framework of Jest, anew for each file. */
  requireInternalModule(path) {
    for (const name of OF_A_FILE) globalThis[name] = undefined;
    delete require.cache[path];
    return require(path);
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
  teardown() {}
};
