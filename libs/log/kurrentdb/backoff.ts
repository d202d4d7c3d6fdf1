/** How long to wait before the next attempt, in milliseconds: longer each time, up to a second, and never in step with others. */
export function backoff(failures: number): number {
  return Math.min(1_000, 20 * 2 ** failures) * (0.5 + Math.random() / 2);
}
