import { TimeoutError, withTimeout, type Runtime } from '#runtime';
import type { Settings } from '../settings.js';
import { serve, type Running } from './serve.js';
import { VERSION } from './version.js';

/** The longest time that a stop may take. After it the process exits. */
const LONGEST_STOP_MS = 10_000;

/** Starts, prints the addresses, and waits for SIGTERM or SIGINT. Throws StartError. Returns 0 after a complete stop. */
export async function serveUntilStopped(settings: Settings, runtime: Runtime): Promise<number> {
  const running = await serve(settings, runtime);
  const stop = stopSignal();
  process.stdout.write(await greeting(running, settings));
  await stop;
  try {
    await withTimeout(runtime, LONGEST_STOP_MS, running.stop());
    return 0;
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    process.stderr.write(
      `borderline: the server did not stop completely within ${LONGEST_STOP_MS / 1000} s\n`,
    );
    process.exit(1);
  }
}

/** Resolves at the first signal. A second signal ends the process immediately. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ['SIGTERM', 'SIGINT'] as const;
    const stop = (): void => {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
  });
}

async function greeting({ url, data, newKey, log }: Running, { read }: Settings): Promise<string> {
  const { sequence } = await log.head();
  const lines = [
    `Borderline ${VERSION} is ready.`,
    '',
    `  Page     ${url}`,
    `  API      ${url}/v1`,
    `  Docs     ${url}/docs`,
    `  Data     ${data} (${sequence === 1 ? '1 event' : `${sequence} events`})`,
    `  Reading  ${read === 'open' ? 'open to everyone who reaches this address' : 'needs a key'}`,
  ];
  if (newKey !== undefined) {
    lines.push(
      '',
      '  Your key. It is shown only now; the server keeps only its hash:',
      '',
      `    ${newKey}`,
      '',
    );
    lines.push('  Writing needs it, as the header "Authorization: Bearer <key>".');
  }
  lines.push('', '  Ctrl-C stops.', '');
  return `${lines.join('\n')}\n`;
}
