import type { Line, Refusal, SendOptions, Sent } from './send.js';

/** The number of lines and warnings that wait here; further ones are reported immediately. */
const MOST_PENDING = 10_000;

interface PendingFault {
  readonly file: string;
  readonly refusal: Refusal;
  /** The refused line; undefined where it was recorded with a warning. */
  readonly line?: Line;
}

interface Left {
  readonly file: string;
  /** The lines to send once more. */
  readonly lines: readonly Line[];
  readonly sent: Sent;
}

/**
 * Faults that a later line may remove by registering a subject: the lines of an import may be in any order. The remaining faults are reported at the
 * end of the import.
 */
export class PendingLines {
  private readonly registered = new Set<string>();
  private readonly pending: PendingFault[] = [];

  constructor(private readonly options: SendOptions) {}

  /** Lines that are neither recorded nor refused so far. */
  get lines(): number {
    return this.pending.filter(({ line }) => line !== undefined).length;
  }

  /** Takes out the faults that a later line may remove, to wait here. Returns the rest of the result of a batch. */
  without(sent: Sent, lines: readonly Line[], file: string): Sent {
    const refused = new Set(sent.refused.map(({ line }) => line));
    const byNumber = new Map(lines.map((line) => [line.line, line]));
    for (const { line, registers } of lines)
      if (registers !== undefined && !refused.has(line)) this.registered.add(registers);
    return {
      ...sent,
      refused: sent.refused.filter((refusal) => !this.keep(refusal, file, byNumber.get(refusal.line))),
      warnings: sent.warnings.filter((warning) => !this.keep(warning, file)),
    };
  }

  /** The remaining faults at the end, by file. */
  left(): Left[] {
    const files = [...new Set(this.pending.map(({ file }) => file))];
    return files.map((file) => {
      const ofFile = this.pending.filter((one) => one.file === file);
      const [refused, warned] = [ofFile.filter(({ line }) => line), ofFile.filter(({ line }) => !line)];
      // A dry run registers nothing, so a second dry run would have the same result.
      const { dryRun } = this.options;
      const isGood = dryRun ? this.hasAll : this.hasSome;
      const good = refused.filter(isGood).map(({ line }) => line!);
      return {
        file,
        lines: dryRun ? [] : good,
        sent: {
          imported: dryRun ? good.length : 0,
          known: 0,
          refused: refused.filter((one) => !isGood(one)).map(({ refusal }) => refusal),
          warnings: warned.filter((one) => !this.hasAll(one)).map(({ refusal }) => refusal),
        },
      };
    });
  }

  private readonly hasAll = ({ refusal }: PendingFault): boolean =>
    refusal.missing?.every((subject) => this.registered.has(subject)) === true;

  private readonly hasSome = ({ refusal }: PendingFault): boolean =>
    refusal.missing?.some((subject) => this.registered.has(subject)) === true;

  private keep(refusal: Refusal, file: string, line?: Line): boolean {
    if (refusal.missing === undefined || this.pending.length === MOST_PENDING) return false;
    this.pending.push({ file, refusal, ...(line && { line }) });
    return true;
  }
}
