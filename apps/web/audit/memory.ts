/** What this browser remembers of the log: the last checkpoint that it has checked, and the keys that it believes. */
export interface Memory {
  /** A signed note. */
  readonly checkpoint: string;
  readonly keys: readonly string[];
  /** When it was checked, ISO 8601. */
  readonly at: string;
}

const NAME = 'borderline.checkpoint';

/** Undefined where nothing is remembered, and where the browser has no storage. */
export function remembered(): Memory | undefined {
  try {
    const memory = JSON.parse(localStorage.getItem(NAME) ?? '') as Memory;
    return Array.isArray(memory.keys) && typeof memory.checkpoint === 'string' ? memory : undefined;
  } catch {
    return undefined;
  }
}

export function remember(memory: Memory): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(memory));
  } catch {
    // Without storage each visit is the first.
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // There was nothing.
  }
}
