import { readFileSync } from 'node:fs';

/** One line of the table: a figure, and, where it has a floor, the floor that was measured in the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: { readonly value: number; readonly what: string };
  /** The value divided by the floor, or the floor divided by the value where less is better: a greater ratio is always better. */
  readonly ratio?: number;
  readonly target?: { readonly text: string; readonly met: boolean };
}

export interface Latencies {
  readonly p50: number;
  readonly p99: number;
}

/** The milliseconds of each call, after a warm-up of a tenth of the calls. */
export function latenciesOf(calls: number, call: (index: number) => unknown): Latencies {
  const times = new Float64Array(calls);
  for (let index = 0; index < calls / 10; index += 1) call(index);
  for (let index = 0; index < calls; index += 1) {
    const start = performance.now();
    call(index);
    times[index] = performance.now() - start;
  }
  return percentiles(times);
}

export function percentiles(times: Float64Array): Latencies & { readonly p95: number } {
  const sorted = times.slice().sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Calls a second where each call waits for the call before. */
export async function rateOf(calls: number, call: (index: number) => unknown): Promise<number> {
  const start = performance.now();
  for (let index = 0; index < calls; index += 1) await call(index);
  return calls / ((performance.now() - start) / 1000);
}

/**
 * Measures our rate and the floor in turns, so that a busy machine slows down both. Returns the median of each, without the first round, which is a
 * warm-up.
 */
export async function inTurns(
  rounds: number,
  floor: () => Promise<number>,
  ours: () => Promise<number>,
): Promise<{ readonly floor: number; readonly ours: number }> {
  const floors: number[] = [];
  const values: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const [least, value] = [await floor(), await ours()];
    if (round === 0) continue;
    floors.push(least);
    values.push(value);
  }
  return { floor: median(floors), ours: median(values) };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

export function atLeast(value: number, least: number): { readonly text: string; readonly met: boolean } {
  return { text: `≥ ${least}`, met: value >= least };
}

export function atMost(value: number, most: number): { readonly text: string; readonly met: boolean } {
  return { text: `≤ ${most}`, met: value <= most };
}

/** Microseconds of processor time that the first thread of a process has used so far (Linux). */
export function threadMicroseconds(pid = process.pid): number {
  const [nanoseconds = ''] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1_000;
}
