import { readFileSync } from 'node:fs';
import { replaceFile, whileLocked } from './files.js';

/**
 * The last use of each key, in a file beside the keys that may be deleted at any time. To note a use costs nothing; `save` writes the noted uses,
 * together with those of other processes.
 */
export class KeyUse {
  /** By the id of a key: milliseconds since the epoch, not yet in the file. */
  private noted = new Map<string, number>();

  constructor(private readonly file: string) {}

  note(id: string, at: number): void {
    this.noted.set(id, at);
  }

  /** Rejects where the file cannot be written; the noted uses are kept for the next time. */
  async save(): Promise<void> {
    if (this.noted.size === 0) return;
    const noted = this.noted;
    this.noted = new Map();
    try {
      await whileLocked(this.file, () => {
        const all = this.read();
        for (const [id, at] of noted) all.set(id, Math.max(at, all.get(id) ?? 0));
        const used = Object.fromEntries([...all].map(([id, at]) => [id, new Date(at).toISOString()]));
        replaceFile(this.file, `${JSON.stringify({ used }, undefined, 2)}\n`);
      });
    } catch (error) {
      for (const [id, at] of this.noted) noted.set(id, at);
      this.noted = noted;
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
