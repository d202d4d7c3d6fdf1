const { console, process } = globalThis;
const { exit, env } = process;

/** The environment of a spec file: the process itself, with variables of the file's own. What Jest changes of it is restored after the file. */
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
