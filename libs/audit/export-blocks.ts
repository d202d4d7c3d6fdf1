import { parseExportLine, type ExportLine } from './export-line.js';
import { HASH_BYTES, leafHashOfText } from './hash.js';
import type { TileReader } from './tile-reader.js';
import { TILE_WIDTH } from './tile.js';
import type { LogLine } from './log-faults.js';

/** The sequences of a run of events; `from` is the sequence before the first. */
interface SequenceRun {
  readonly from: number;
  readonly to: number;
}

interface ParsedLine {
  readonly text: string;
  readonly parsed: ExportLine;
}

/** A block should have 256 lines. Of a longer block this number of lines is read; the rest are counted. */
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
  /** The number of sequences that are done. */
  private done = 0;
  private block: ParsedLine[] = [];
  private surplus = 0;
  /** Whether the previous line was the checkpoint. */
  private afterCheckpoint = false;
  private readonly tiles = new Map<number, Uint8Array>();

  constructor(
    private readonly lines: AsyncIterable<string | undefined>,
    private readonly size: number,
  ) {}

  /** The events, by rising sequence. An undefined line is one that could not be read. */
  async *events(): AsyncGenerator<LogLine, void, undefined> {
    for await (const text of this.lines) {
      const line: ParsedLine = text === undefined ? UNREADABLE : { text, parsed: parseExportLine(text) };
      const { parsed } = line;
      this.countEarlyCheckpoint();
      if (parsed.kind === 'checkpoint') this.afterCheckpoint = true;
      else if (parsed.kind !== 'leaves') this.keep(line);
      else if (parsed.tile.index < Math.floor(this.done / TILE_WIDTH)) this.hasLeaves = false;
      else yield* this.through(parsed);
    }
    if (this.block.length > 0 || this.done < this.size) {
      this.hasLeaves &&= this.done === this.size;
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
  private countEarlyCheckpoint(): void {
    if (this.afterCheckpoint) this.extra.push(Math.min(this.done + this.block.length, this.size));
    this.afterCheckpoint = false;
  }

  private keep(line: ParsedLine): void {
    if (this.block.length < MOST_LINES) this.block.push(line);
    else this.surplus += 1;
  }

  private *through({ tile, hashes }: ExportLine & { readonly kind: 'leaves' }): Generator<LogLine> {
    const first = tile.index * TILE_WIDTH;
    const to = Math.min(first + TILE_WIDTH, this.size);
    const fits = to - first === tile.width;
    if (fits) this.tiles.set(tile.index, hashes);
    this.hasLeaves &&= fits && first === this.done;
    yield* this.flush(to);
  }

  /** The lines since the last block, at the sequences up to `to`. */
  private *flush(to: number): Generator<LogLine> {
    const run = { from: this.done, to: Math.max(to, this.done) };
    const { ordered, extra } =
      this.block.length === run.to - run.from ? inOrder(this.block) : this.matched(run);
    for (let at = 0; at < ordered.length; at += 1) {
      const line = ordered[at];
      if (line !== undefined) yield lineOf(line, run.from + at + 1);
    }
    this.extra.push(...extra, ...Array.from({ length: this.surplus }, () => run.to));
    this.done = run.to;
    this.block = [];
    this.surplus = 0;
  }

  /**
   * For a block with too many or too few lines. First each line that equals a recorded entry gets the sequence of that entry; then each
   * line that names a free sequence gets it; then the other lines follow the line before them.
   */
  private matched(run: SequenceRun): Ordered {
    const { block } = this;
    const positions = this.positions(run);
    const given = new Map<number, number>();
    const ordered: (ParsedLine | undefined)[] = Array.from({ length: run.to - run.from });
    const give = (index: number, at: number | undefined): void => {
      if (at === undefined || !(at in ordered) || ordered[at] !== undefined || given.has(index)) return;
      ordered[at] = block[index];
      given.set(index, at);
    };
    block.forEach(({ text }, index) => give(index, positions.get(keyOf(leafHashOfText(text)))));
    block.forEach(({ parsed }, index) =>
      give(index, parsed.kind === 'event' ? parsed.sequence - run.from - 1 : -1),
    );
    const extra: number[] = [];
    let next = 0;
    block.forEach((_, index) => {
      give(index, next);
      const at = given.get(index);
      if (at === undefined) extra.push(run.from + next);
      else next = at + 1;
    });
    return { ordered, extra };
  }

  /** The position of each stored leaf in the run. */
  private positions({ from, to }: SequenceRun): Map<string, number> {
    const positions = new Map<string, number>();
    for (let first = from; first < to; first += TILE_WIDTH) {
      const hashes = this.tiles.get(first / TILE_WIDTH) ?? new Uint8Array();
      for (let at = 0; at * HASH_BYTES < hashes.length; at += 1) {
        positions.set(keyOf(hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)), first - from + at);
      }
    }
    return positions;
  }
}

interface Ordered {
  readonly ordered: readonly (ParsedLine | undefined)[];
  readonly extra: readonly number[];
}

const UNREADABLE: ParsedLine = { text: '', parsed: { kind: 'unknown' } };

const inOrder = (block: readonly ParsedLine[]): Ordered => ({ ordered: block, extra: [] });

const keyOf = (hash: Uint8Array): string => Buffer.from(hash).toString('latin1');

function lineOf({ text, parsed }: ParsedLine, sequence: number): LogLine {
  return { sequence, event: parsed.kind === 'event' ? parsed.event : undefined, entry: text };
}
