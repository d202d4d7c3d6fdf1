/** The facts about the log that this browser remembers: the last checkpoint that the browser has checked, and the keys that it trusts. */
export interface Memory {
  /** The checkpoint as a signed note. */
  readonly checkpoint: string;
  readonly keys: readonly string[];
  /** The instant at which the checkpoint was checked, ISO 8601. */
  readonly at: string;
}

const NAME = 'borderline.checkpoint';

/** The memory of this browser; undefined where nothing is remembered, and where the browser has no storage. */
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
    // Without storage each visit is the first visit.
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // Without storage there is nothing to forget.
  }
}
