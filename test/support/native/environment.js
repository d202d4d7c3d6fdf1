const { console, process } = globalThis;
const { exit, env } = process;

/**
 * The environment of a spec file is the process itself, with variables of the file's own. The changes that Jest makes are restored after the file.
 */
export default class NativeEnvironment {
  global = globalThis;

  getVmContext() {
    return null;
  }

  async setup() {
    process.env = { ...env };
  }

  async teardown() {
    globalThis.console = console;
    process.exit = exit;
    process.env = env;
  }
}
