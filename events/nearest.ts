import leven from 'leven';

/** Longer texts are compared by their beginnings. */
const LONGEST = 100;

/**
 * The choice at the least edit distance (letters changed, added or removed) from the text; undefined where every distance is over three, or over
 * half of the letters.
 */
export const nearest = <T extends string>(text: string, choices: Iterable<T>): T | undefined => {
  const start = text.slice(0, LONGEST);
  let least = Math.min(3, Math.floor(text.length / 2)) + 1;
  let found: T | undefined;
  for (const choice of choices) {
    const changes = leven(start, choice, { maxDistance: least });
    if (changes >= least) continue;
    [least, found] = [changes, choice];
  }
  return found;
};

/** The id that may be meant: the nearest id, or the only id that has the text as one of its parts (`medininkai` in `lt-by.medininkai`). */
export const nearestId = (id: string, ids: readonly string[]): string | undefined => {
  const near = nearest(id, ids);
  if (near !== undefined) return near;
  const having = ids.filter((one) => one.split('.').includes(id));
  return having.length === 1 ? having[0] : undefined;
};
