import { formatCheckpoint, frontierAt, rootOf, signNote, tileHashReader, type Frontier } from '#audit';
import type { StoredTree } from '#audit/sqlite';
import { Failures } from '#log';
import type { Runtime } from '#runtime';
import type { AuditKeyFile, AuditKeys } from './audit-keys.js';
import type { KeptCheckpoints } from './checkpoints.js';

/** A checkpoint is kept after this number of events or this time, whichever is first; and at the end. */
const KEEP_EVENTS = 10_000;
const KEEP_MS = 60_000;

/** Signs checkpoints of the tree as it is; each one is kept before it is returned. */
export class SignedCheckpoints {
  private signed: { readonly size: number; readonly by: AuditKeys; readonly note: string } | undefined;
  private planned: { readonly at: number; readonly cancel: AbortController } | undefined;
  private readonly failures: Failures;

  constructor(
    private readonly runtime: Runtime,
    private readonly keyFile: AuditKeyFile,
    private readonly kept: KeptCheckpoints,
    private readonly tree: StoredTree,
    /** The size of the last checkpoint that was kept. */
    private keptSize: number,
  ) {
    this.failures = new Failures(runtime);
  }

  /** The present keys: a rotation takes effect immediately. */
  get keys(): AuditKeys {
    return this.keyFile.keys();
  }

  /** The failure to keep checkpoints, while it lasts. The checkpoint is tried again without a call. */
  get status(): ReturnType<Failures['status']> {
    return this.failures.status('running');
  }

  /** The signed checkpoint of the tree as it is now: a note. Throws the error of the disk. */
  current(): string {
    return this.of(this.tree.frontier());
  }

  /**
   * The signed checkpoint of the tree as it was at a size: for the same keys, always the same note. It keeps the checkpoint of the present
   * tree, because this checkpoint binds all earlier states. Throws AuditError `out-of-range`, and the error of the disk.
   */
  async at(size: number): Promise<string> {
    const now = this.tree.frontier();
    if (size === now.size) return this.of(now);
    if (size > this.keptSize) this.keep(now);
    return this.sign(await frontierAt(size, tileHashReader(now.size, this.tree)));
  }

  /** Call it when the tree has grown to `size` leaves: a checkpoint of the tree is kept later. */
  grown(size: number): void {
    if (size === this.keptSize || this.status.state === 'retrying') return;
    this.plan(size - this.keptSize >= KEEP_EVENTS ? 0 : KEEP_MS);
  }

  /** Keeps the checkpoint of a frontier. Throws the error of the disk. */
  keep(frontier: Frontier, extensions: readonly string[] = []): void {
    const by = this.keys;
    const note = this.sign(frontier, extensions);
    this.kept.keep(note, this.runtime.now());
    // A note with extensions is not the note that `current` returns.
    this.signed = extensions.length > 0 ? undefined : { size: frontier.size, by, note };
    this.keptSize = frontier.size;
    this.failures.clear();
    this.cancel();
  }

  /** Keeps a last checkpoint, of the whole tree. */
  close(): void {
    this.cancel();
    const frontier = this.tree.frontier();
    if (frontier.size !== this.keptSize) this.keep(frontier);
  }

  private of(frontier: Frontier): string {
    if (this.signed?.size !== frontier.size || this.signed.by !== this.keys) this.keep(frontier);
    return this.signed?.note ?? '';
  }

  private sign(frontier: Frontier, extensions: readonly string[] = []): string {
    const { origin, signers } = this.keys;
    const text = formatCheckpoint({ origin, size: frontier.size, root: rootOf(frontier), extensions });
    return signNote(text, signers);
  }

  private plan(milliseconds: number): void {
    const at = this.runtime.elapsed() + milliseconds;
    if (this.planned !== undefined && this.planned.at <= at) return;
    this.cancel();
    const cancel = new AbortController();
    this.planned = { at, cancel };
    void this.runtime.sleep(milliseconds, cancel.signal).then(() => {
      if (!cancel.signal.aborted) this.keepPlanned();
    });
  }

  private keepPlanned(): void {
    this.planned = undefined;
    try {
      this.keep(this.tree.frontier());
    } catch (error) {
      this.plan(this.failures.add(error));
    }
  }

  private cancel(): void {
    this.planned?.cancel.abort();
    this.planned = undefined;
  }
}
