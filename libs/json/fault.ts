/** A fault in a JSON text. */
export interface JsonFault {
  /** A JSON pointer (RFC 6901) into the value that was sent; empty: the whole value. */
  readonly pointer: string;
  readonly detail: string;
}

/** The most characters of a member's name in a pointer: clients choose the names, and answers repeat them. */
const LONGEST_NAME = 100;

/** One reference token of a JSON pointer, `/` included (RFC 6901 §3). A very long name is cut, and ends with `…`. */
export function pointerToken(key: string | number): string {
  const name = String(key);
  const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  return `/${short
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')}`;
}

/** The most faults in a list. */
const MOST_FAULTS = 100;

/** Collects faults. Lists the first hundred and counts the rest, so that no text makes a long list. */
export class Faults {
  private readonly listed: JsonFault[] = [];
  private unlisted = 0;

  /** Whether a further fault would only be counted. */
  get isFull(): boolean {
    return this.listed.length === MOST_FAULTS;
  }

  get count(): number {
    return this.listed.length + this.unlisted;
  }

  add(pointer: string, detail: string): void {
    if (this.listed.length < MOST_FAULTS) this.listed.push({ pointer, detail });
    else this.unlisted += 1;
  }

  addAll(faults: Iterable<JsonFault>): void {
    for (const { pointer, detail } of faults) this.add(pointer, detail);
  }

  /** The listed faults; if there are more, one further entry gives their number. */
  get all(): JsonFault[] {
    if (this.unlisted === 0) return [...this.listed];
    return [
      ...this.listed,
      { pointer: '', detail: `has ${this.unlisted} more faults, which are not listed` },
    ];
  }
}
