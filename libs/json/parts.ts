import { JsonError } from './json-error.js';
import type { Cut, OpenedContainer } from './outline.js';
import { CLOSE_LIST, OPEN_LIST } from './scan.js';

/** A container of a cut text, while its parts are added. */
interface Container {
  readonly value: unknown[] | Record<string, unknown>;
  /** Where its next part begins. */
  from: number;
  /** What is before this part: its bracket, a comma, or a container that was closed. */
  follows: 'bracket' | 'comma' | 'container';
}

/** The decoder of a part: a byte order mark that is not at the beginning is no space. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** RFC 8259 §2: the white space before and after a token. */
const SPACE = /^[ \t\n\r]*/;
const isBlank = (text: string): boolean => SPACE.exec(text)![0].length === text.length;

/**
 * The value of a JSON text that an outline cut. Each part is parsed alone, with the brackets of the container whose elements or members it has, and
 * they are added to this container. Throws JsonError `malformed` where a part is not JSON.
 */
export class Parts {
  /** The number of members so far; of several members with one name, one counts. */
  members = 0;
  /** Whether some part matches `isDoubtful`. */
  doubtful = false;
  private root: Container['value'] | undefined;
  private readonly open: Container[] = [];

  /** `start`: where the text begins, after a byte order mark. */
  constructor(
    private readonly bytes: Uint8Array,
    private start: number,
    private readonly isDoubtful: (text: string) => boolean,
  ) {}

  /** Adds the part that ends at a cut. */
  add({ at, closes, opened }: Cut): void {
    for (const container of opened) this.begin(container);
    const inner = this.open.at(-1)!;
    this.addTo(inner, at);
    if (closes) this.close(inner, at);
    else inner.follows = 'comma';
    inner.from = at + 1;
  }

  /** The whole value, after the last part. */
  finish(): unknown {
    const isComplete = this.root !== undefined && this.open.length === 0;
    if (!isComplete || !isBlank(this.text(this.start, this.bytes.length)))
      throw this.noJson(this.start, this.bytes.length);
    return this.root;
  }

  private begin({ after, begin }: OpenedContainer): void {
    const value = this.bytes[begin] === OPEN_LIST ? [] : {};
    const parent = this.open.at(-1);
    if (parent) {
      if (after >= parent.from) {
        this.addTo(parent, after);
        parent.from = after + 1;
        parent.follows = 'comma';
      }
      this.addContainer(parent, value, begin);
    } else {
      if (this.root !== undefined || !isBlank(this.text(this.start, begin)))
        throw this.noJson(this.start, begin);
      this.root = value;
    }
    this.open.push({ value, from: begin + 1, follows: 'bracket' });
  }

  /** Adds a container whose own parts follow. */
  private addContainer(parent: Container, value: unknown, begin: number): void {
    const { from } = parent;
    const before = this.text(from, begin);
    if (parent.follows === 'container') throw this.noJson(from, begin);
    if (Array.isArray(parent.value)) {
      if (!isBlank(before)) throw this.noJson(from, begin);
      parent.value.push(value);
      return;
    }
    const names = Object.keys(this.parsed(`{${before}[]}`, from, begin) as object);
    if (names.length !== 1) throw this.noJson(from, begin);
    this.addMember(parent.value, names[0]!, value);
  }

  private close(container: Container, at: number): void {
    if (Array.isArray(container.value) !== (this.bytes[at] === CLOSE_LIST))
      throw this.noJson(container.from, at + 1);
    this.open.pop();
    const parent = this.open.at(-1);
    if (parent) {
      parent.from = at + 1;
      parent.follows = 'container';
    } else this.start = at + 1;
  }

  /** Adds the elements or members between the last part of the container and `to`, the place of a comma or of its closing bracket. */
  private addTo(container: Container, to: number): void {
    const { value, from, follows } = container;
    let text = this.text(from, to);
    if (follows === 'container') {
      if (isBlank(text)) return;
      const comma = SPACE.exec(text)![0].length;
      if (text[comma] !== ',') throw this.noJson(from, to);
      text = text.slice(comma + 1);
    }
    if (isBlank(text)) throw this.noJson(from, to);
    if (Array.isArray(value))
      for (const element of this.parsed(`[${text}]`, from, to) as unknown[]) value.push(element);
    else {
      const members = this.parsed(`{${text}}`, from, to) as Readonly<Record<string, unknown>>;
      for (const name of Object.keys(members)) this.addMember(value, name, members[name]);
    }
  }

  private addMember(of: Record<string, unknown>, name: string, value: unknown): void {
    if (Object.hasOwn(of, name)) this.members -= 1;
    if (name === '__proto__')
      Object.defineProperty(of, name, { value, writable: true, enumerable: true, configurable: true });
    else of[name] = value;
  }

  private parsed(json: string, from: number, to: number): unknown {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch (error) {
      throw this.noJson(from, to, error);
    }
    this.doubtful ||= this.isDoubtful(json);
    this.members += membersIn(value);
    return value;
  }

  private text(from: number, to: number): string {
    return decoder.decode(this.bytes.subarray(from, to));
  }

  private noJson(from: number, to: number, cause?: unknown): JsonError {
    return new JsonError('malformed', `is not JSON: the fault is between its bytes ${from} and ${to}`, [], {
      cause,
    });
  }
}

/** The number of members in a value. Of several members with the same name, JSON.parse keeps only the last. */
export function membersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const element of value) members += membersIn(element);
  } else {
    for (const name in value) members += 1 + membersIn((value as Readonly<Record<string, unknown>>)[name]);
  }
  return members;
}
