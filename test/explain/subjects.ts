import { correctionOf, effectsOf, storedDevelopment } from '#events';
import type { NewEvent } from '#log';

/** The ids of a category that occur in events or in their corrections. */
export function subjectsOf(events: readonly NewEvent[], category: string): string[] {
  const names = events.flatMap((event) => {
    const stored = storedDevelopment(event);
    const correction = correctionOf(stored);
    const content = correction ? correction.replacement : stored;
    return content ? effectsOf(content).map(({ subject }) => subject) : [];
  });
  const prefix = `${category}-`;
  return [...new Set(names)]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
}
