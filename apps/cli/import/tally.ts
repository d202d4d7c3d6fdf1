import { numberText } from '../progress.js';
import { notice, printable } from '../terminal.js';
import { inputName } from './input.js';
import type { Refusal, Sent } from './send.js';

export interface TallyOptions {
  readonly dryRun: boolean;
  /** Print the warnings too. */
  readonly warnings: boolean;
}

/** Counts the outcomes of the lines of an import, and prints each fault on stderr as soon as it is known. */
export class Tally {
  private imported = 0;
  private known = 0;
  private refusedLines = 0;
  /** The number of warnings; a line may have several. */
  private warned = 0;

  constructor(private readonly options: TallyOptions) {}

  get lines(): number {
    return this.imported + this.known + this.refusedLines;
  }

  get refused(): number {
    return this.refusedLines;
  }

  add({ imported, known, refused, warnings }: Sent, file: string): void {
    const printed = [...refused, ...(this.options.warnings ? warnings.map(asWarning) : [])];
    for (const refusal of printed.sort((a, b) => a.line - b.line)) print(refusal, file);
    this.imported += imported;
    this.known += known;
    this.refusedLines += refused.length;
    this.warned += warnings.length;
  }

  get summary(): string {
    const refused = `${numberText(this.refusedLines)} refused${this.warningsText}`;
    if (this.options.dryRun)
      return `${numberText(this.imported)} good, ${refused}; nothing was stored (--dry-run)`;
    return `${numberText(this.imported)} imported, ${numberText(this.known)} already there, ${refused}`;
  }

  private get warningsText(): string {
    const { warned } = this;
    if (warned === 0) return '';
    const hint = this.options.warnings ? '' : ' (--warnings shows them)';
    return `, ${numberText(warned)} ${warned === 1 ? 'warning' : 'warnings'}${hint}`;
  }
}

const asWarning = ({ line, faults }: Refusal): Refusal => ({
  line,
  faults: faults.map((fault) => `warning: ${fault}`),
});

function print({ line, faults }: Refusal, file: string): void {
  for (const fault of faults) notice(printable(`${inputName(file)}:${line}: ${fault}`));
}
