import { Presets, SingleBar } from 'cli-progress';
import { runtime } from './runtime.js';

/** The progress of a command, on stderr, for people; silent where stderr is not a terminal. */
export interface Progress {
  update(done: number, what: string): void;
  stop(): void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** `total`: in any unit, the unit of `done` in `update`; 0 where it is not known. Shown as a percentage. */
export function progressOf(total: number): Progress {
  if (!process.stderr.isTTY) return SILENT;
  const format =
    total > 0 ? '{bar} {percentage}%  {what}  {eta_formatted} left' : '{what}  {duration_formatted}';
  const bar = new SingleBar(
    { format, barsize: 24, clearOnComplete: true, hideCursor: null, gracefulExit: false },
    Presets.shades_classic,
  );
  bar.start(total, 0, { what: '' });
  return {
    update: (done, what) => bar.update(Math.min(done, total || done), { what }),
    stop: () => bar.stop(),
  };
}

/** A function that gives the pace since now: `1,234 lines, 567/s`. */
export function startPace(): (count: number, what: string) => string {
  const started = runtime.elapsed();
  return (count, what) => {
    const seconds = Math.max((runtime.elapsed() - started) / 1000, 0.001);
    return `${numberText(count)} ${what}, ${numberText(Math.round(count / seconds))}/s`;
  };
}

export function numberText(value: number): string {
  return value.toLocaleString('en');
}
