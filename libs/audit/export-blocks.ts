import { parseExportLine, type ExportLine } from './export-line.js';
import { HASH_BYTES, leafHashOfText } from './hash.js';
import type { TileReader } from './tile-reader.js';
import { TILE_WIDTH } from './tile.js';
import type { LogLine } from './log-faults.js';

/** The sequences of a run of events; `from` is the one before the first. */
interface Run {
  readonly from: number;
  readonly to: number;
}

interface Stood {
  readonly text: string;
  readonly said: ExportLine;
}

/** A block has 256 lines. Further lines are counted, not read. */
const MOST_LINES = 4 * TILE_WIDTH;

/**
 * Reads the lines of an export of `size` events as `verifyLog` needs them: each line with its sequence, with the stored leaves of
 * its block. Surplus lines of a block are counted. Holds one or two blocks in memory.
 * Proven by “an export” in verify-export.spec.ts.
 */
export class ExportBlocks implements TileReader {
  /** For each line without a sequence: the sequence before it. */
  readonly extra: number[] = [];
  /** Whether the hash of each event's leaf followed it. */
  hasLeaves = true;
  private place = 0;
  private block: Stood[] = [];
  private surplus = 0;
  /** The previous line was the checkpoint. */
  private sealed = false;
  private readonly tiles = new Map<number, Uint8Array>();

  constructor(
    private readonly lines: AsyncIterable<string | undefined>,
    private readonly size: number,
  ) {}

  /** The events, by rising sequence. An undefined line is one that could not be read. */
  async *events(): AsyncGenerator<LogLine, void, undefined> {
    for await (const text of this.lines) {
      const stood: Stood = text === undefined ? UNREADABLE : { text, said: parseExportLine(text) };
      const { said } = stood;
      this.afterSeal();
      if (said.kind === 'checkpoint') this.sealed = true;
      else if (said.kind !== 'leaves') this.keep(stood);
      else if (said.tile.index < Math.floor(this.place / TILE_WIDTH)) this.hasLeaves = false;
      else yield* this.through(said);
    }
    if (this.block.length > 0 || this.place < this.size) {
      this.hasLeaves &&= this.place === this.size;
      yield* this.flush(this.size);
    }
  }

  readTiles(tiles: readonly { readonly index: number }[]): Uint8Array[] {
    return tiles.map(({ index }) => {
      for (const known of this.tiles.keys()) if (known < index) this.tiles.delete(known);
      return this.tiles.get(index) ?? new Uint8Array();
    });
  }

  /** A checkpoint that is not the last line is no line of an export. */
  private afterSeal(): void {
    if (this.sealed) this.extra.push(Math.min(this.place + this.block.length, this.size));
    this.sealed = false;
  }

  private keep(stood: Stood): void {
    if (this.block.length < MOST_LINES) this.block.push(stood);
    else this.surplus += 1;
  }

  private *through({ tile, hashes }: ExportLine & { readonly kind: 'leaves' }): Generator<LogLine> {
    const first = tile.index * TILE_WIDTH;
    const to = Math.min(first + TILE_WIDTH, this.size);
    const fits = to - first === tile.width;
    if (fits) this.tiles.set(tile.index, hashes);
    this.hasLeaves &&= fits && first === this.place;
    yield* this.flush(to);
  }

  /** The lines since the last block, at the sequences up to `to`. */
  private *flush(to: number): Generator<LogLine> {
    const run = { from: this.place, to: Math.max(to, this.place) };
    const { placed, extra } =
      this.block.length === run.to - run.from ? inOrder(this.block) : this.seated(run);
    for (let at = 0; at < placed.length; at += 1) {
      const stood = placed[at];
      if (stood !== undefined) yield lineOf(stood, run.from + at + 1);
    }
    this.extra.push(...extra, ...Array.from({ length: this.surplus }, () => run.to));
    this.place = run.to;
    this.block = [];
    this.surplus = 0;
  }

  /**
   * There are too many lines, or too few. First each line that equals a recorded entry gets the sequence of that entry; then each line
   * that names a free sequence gets it; then the other lines follow the line before them.
   */
  private seated(run: Run): Seated {
    const { block } = this;
    const homes = this.homes(run);
    const seats = new Map<number, number>();
    const placed: (Stood | undefined)[] = Array.from({ length: run.to - run.from });
    const seat = (index: number, at: number | undefined): void => {
      if (at === undefined || !(at in placed) || placed[at] !== undefined || seats.has(index)) return;
      placed[at] = block[index];
      seats.set(index, at);
    };
    block.forEach(({ text }, index) => seat(index, homes.get(keyOf(leafHashOfText(text)))));
    block.forEach(({ said }, index) =>
      seat(index, said.kind === 'event' ? said.sequence - run.from - 1 : -1),
    );
    const extra: number[] = [];
    let next = 0;
    block.forEach((_, index) => {
      seat(index, next);
      const at = seats.get(index);
      if (at === undefined) extra.push(run.from + next);
      else next = at + 1;
    });
    return { placed, extra };
  }

  /** The position of each stored leaf in the run. */
  private homes({ from, to }: Run): Map<string, number> {
    const homes = new Map<string, number>();
    for (let place = from; place < to; place += TILE_WIDTH) {
      const hashes = this.tiles.get(place / TILE_WIDTH) ?? new Uint8Array();
      for (let at = 0; at * HASH_BYTES < hashes.length; at += 1) {
        homes.set(keyOf(hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)), place - from + at);
      }
    }
    return homes;
  }
}

interface Seated {
  readonly placed: readonly (Stood | undefined)[];
  readonly extra: readonly number[];
}

const UNREADABLE: Stood = { text: '', said: { kind: 'unknown' } };

const inOrder = (block: readonly Stood[]): Seated => ({ placed: block, extra: [] });

const keyOf = (hash: Uint8Array): string => Buffer.from(hash).toString('latin1');

function lineOf({ text, said }: Stood, sequence: number): LogLine {
  return { sequence, event: said.kind === 'event' ? said.event : undefined, entry: text };
}
