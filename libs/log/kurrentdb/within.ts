/** The cluster gave no answer in time. What was asked for may have been done. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** The work's outcome, or NoAnswer after so many milliseconds; the work goes on unheard. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new NoAnswer(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(late);
  }
}

/** True where one of them resolves within so many milliseconds. They are not to reject. */
export async function anyWithin(
  milliseconds: number,
  ...some: readonly Promise<unknown>[]
): Promise<boolean> {
  let late: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    late = setTimeout(() => resolve(false), Math.max(0, milliseconds));
  });
  const done = await Promise.race([Promise.race(some).then(() => true), limit]);
  clearTimeout(late);
  return done;
}
