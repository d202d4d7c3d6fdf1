import { readFileSync } from 'node:fs';
import { replaceFile, whileLocked } from './files.js';

/**
 * The last use of each key, in a file beside the keys that may be deleted at any time. `add` only remembers a use; `save` writes the
 * remembered uses, together with the uses of other processes.
 */
export class KeyUse {
  /** By the id of a key: milliseconds since the epoch, not yet in the file. */
  private unsaved = new Map<string, number>();

  constructor(private readonly file: string) {}

  add(id: string, at: number): void {
    this.unsaved.set(id, at);
  }

  /** Rejects where the file cannot be written; then it still remembers the uses, for the next call. */
  async save(): Promise<void> {
    if (this.unsaved.size === 0) return;
    const unsaved = this.unsaved;
    this.unsaved = new Map();
    try {
      await whileLocked(this.file, () => {
        const all = this.read();
        for (const [id, at] of unsaved) all.set(id, Math.max(at, all.get(id) ?? 0));
        const used = Object.fromEntries([...all].map(([id, at]) => [id, new Date(at).toISOString()]));
        replaceFile(this.file, `${JSON.stringify({ used }, undefined, 2)}\n`);
      });
    } catch (error) {
      for (const [id, at] of this.unsaved) unsaved.set(id, at);
      this.unsaved = unsaved;
      throw error;
    }
  }

  /** The saved uses by the id of a key; empty where there is no readable file. */
  read(): Map<string, number> {
    try {
      const { used } = JSON.parse(readFileSync(this.file, 'utf8')) as { readonly used: object };
      const times = Object.entries(used).map(([id, text]) => [id, Date.parse(String(text))] as const);
      return new Map(times.filter(([, at]) => !Number.isNaN(at)));
    } catch {
      return new Map();
    }
  }
}
