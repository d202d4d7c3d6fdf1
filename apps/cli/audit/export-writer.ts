import {
  decodeBundle,
  EMPTY_FRONTIER,
  encodeTile,
  grow,
  leafHash,
  leavesLine,
  openCheckpoint,
  parseVerifierKey,
  rootOf,
  sameHash,
  checkpointLine,
  TILE_WIDTH,
  tilePath,
  type EntryBundle,
} from '#audit';
import type { Client } from '#client';
import { Failure } from '../failure.js';
import { isSigner } from './trusted.js';

const NEWLINE = Buffer.from('\n');

/** Bundles that are requested ahead. */
const AHEAD = 2;

/** An export of the first `size` events of the log of a server (`ExportLine`), a block of lines at a time. */
export class ExportWriter {
  private tree = EMPTY_FRONTIER;

  constructor(
    private readonly client: Client,
    private readonly size: number,
  ) {}

  /** The number of events written so far. */
  get events(): number {
    return this.tree.size;
  }

  /** The events, 256 at a time, each time with the hashes of their leaves. Throws Failure where the log has fewer events. */
  async *blocks(): AsyncGenerator<Uint8Array, void, undefined> {
    await this.checkpoint();
    const asked: Promise<Uint8Array>[] = [];
    const bundles = Math.ceil(this.size / TILE_WIDTH);
    for (let index = 0; index < bundles; index += 1) {
      for (let next = index + asked.length; next < bundles && next <= index + AHEAD; next += 1) {
        const bundle = this.client.bytes(`/v1/audit/${tilePath(this.bundle(next))}`);
        // The request may fail before anybody awaits the bundle.
        bundle.catch(() => undefined);
        asked.push(bundle);
      }
      yield this.block(this.bundle(index), decodeBundle((await asked.shift()) ?? new Uint8Array()));
    }
  }

  /** The last line. Throws Failure where the checkpoint is not of the events that were written. */
  async lastLine(): Promise<Uint8Array> {
    const note = await this.checkpoint();
    const known = (await this.client.text('/v1/audit/key')).split('\n').filter((key) => key !== '');
    const keys = known.filter((key) => isSigner(key, note));
    const [signer] = keys.map(parseVerifierKey);
    if (signer === undefined) throw new Failure('the server does not know the key of its checkpoint');
    const { checkpoint } = openCheckpoint(note, signer.name, [signer]);
    if (checkpoint.size !== this.size || !sameHash(checkpoint.root, rootOf(this.tree))) throw notSigned();
    return Buffer.concat([Buffer.from(checkpointLine({ note, keys })), NEWLINE]);
  }

  /** The checkpoint of the first `size` events. Waits until the tree has them. */
  private checkpoint(): Promise<string> {
    return this.client.text('/v1/audit/checkpoint', { size: this.size });
  }

  private bundle(index: number): EntryBundle {
    return { level: 'entries', index, width: Math.min(TILE_WIDTH, this.size - index * TILE_WIDTH) };
  }

  private block({ index, width }: EntryBundle, entries: readonly Uint8Array[]): Uint8Array {
    if (entries.length !== width) throw notSigned();
    const leaves = entries.map(leafHash);
    this.tree = grow(this.tree, leaves).frontier;
    const line = leavesLine({ level: 0, index, width }, encodeTile(leaves));
    return Buffer.concat([...entries.flatMap((entry) => [entry, NEWLINE]), Buffer.from(line), NEWLINE]);
  }
}

const notSigned = (): Failure =>
  new Failure('this log was not signed; "borderline verify" names the events that differ');
