/**
 * JSON in two parts: a template, which many events share, and the values that are put into it. `{"edtf":"2025","zone":"UTC"}` and
 * `{"edtf":"2026","zone":"UTC"}` have the template `{"edtf":0,"zone":1}` and the values `["2025","UTC"]` and `["2026","UTC"]`. A number in
 * a template stands for a value. A longer text that comes twice is one value with one number: an instant that is its own earliest and
 * latest is stored once.
 *
 * Objects become part of the template down to a depth; an array is one value, and so is an object that is not plain or has many members.
 */

/** As JSON texts. */
export interface Packed {
  readonly template: string;
  readonly values: string;
}

/** The depth down to which objects become part of a template. */
const DEPTH = 7;
/** An object of more members is a value: its names are likely to be data. */
const MOST_MEMBERS = 32;
/** Characters of a text that is stored once where it comes twice. */
const SHARED_LENGTH = 8;

/**
 * `atMost`: UTF-16 units of the whole JSON, at most. `depth`: down to this depth, objects become part of the template. Throws the errors of
 * `JSON.stringify`.
 */
export function pack(value: unknown, depth = DEPTH): Packed & { readonly atMost: number } {
  if (Step.size > MOST_REMEMBERED) root = Step.first();
  const packing: Packing = { at: root, values: [], repeated: 0 };
  take(value, packing, depth);
  const { template } = packing.at;
  const text = JSON.stringify(packing.values);
  return { template, values: text, atMost: template.length + text.length + packing.repeated };
}

/** Puts values into a template. Each result is a new object. */
export type Unpack = (values: readonly unknown[]) => unknown;

const TEMPLATES_REMEMBERED = 4_096;
/** Characters of a template that is remembered, at most. */
const REMEMBERED_LENGTH = 2_000;
const unpacks = new Map<string, Unpack>();

/**
 * A compiled expression, which makes all objects in one step: a loop over the names of a template takes three times as long. Throws
 * SyntaxError.
 */
export function unpackOf(template: string): Unpack {
  const known = unpacks.get(template);
  if (known !== undefined) return known;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- of the template, only numbers and quoted names come into the text.
  const made = new Function('values', `return ${expressionOf(JSON.parse(template))}`) as Unpack;
  if (unpacks.size >= TEMPLATES_REMEMBERED) unpacks.clear();
  if (template.length <= REMEMBERED_LENGTH) unpacks.set(template, made);
  return made;
}

function expressionOf(template: unknown): string {
  if (typeof template !== 'object' || template === null) return `values[${Number(template)}]`;
  const members = Object.entries(template).map(
    ([name, part]) => `${JSON.stringify(name)}:${expressionOf(part)}`,
  );
  return `{${members.join()}}`;
}

interface Packing {
  /** The last step of the template so far. */
  at: Step;
  readonly values: unknown[];
  /** An upper bound of the UTF-16 units of repeated texts, of which `values` has one copy. */
  repeated: number;
}

function take(value: unknown, packing: Packing, depth: number): void {
  const { values } = packing;
  if (typeof value === 'string' && value.length >= SHARED_LENGTH) {
    const index = values.indexOf(value);
    if (index !== -1) packing.repeated += 6 * value.length + 2;
    packing.at = packing.at.to(index === -1 ? values.push(value) - 1 : index);
    return;
  }
  const members = depth === 0 ? undefined : membersOf(value);
  if (members === undefined) {
    packing.at = packing.at.to(values.push(value) - 1);
    return;
  }
  const object = value as Record<string, unknown>;
  packing.at = packing.at.to(OPEN);
  for (const member of members) {
    const inside = object[member];
    // JSON.stringify leaves them out too.
    if (inside === undefined || typeof inside === 'function' || typeof inside === 'symbol') continue;
    packing.at = packing.at.to(member);
    take(inside, packing, depth - 1);
  }
  packing.at = packing.at.to(CLOSE);
}

/** The names of its members; undefined unless it is an object that `unpack` would make again from them. */
function membersOf(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return undefined;
  if ('toJSON' in value || Object.hasOwn(value, '__proto__')) return undefined;
  const members = Object.keys(value);
  return members.length <= MOST_MEMBERS ? members : undefined;
}

const [OPEN, CLOSE] = [-1, -2];
/** A token of a template: the name of a member, the number of a value, `OPEN` or `CLOSE`. */
type Token = string | number;

/**
 * The beginning of a template, and the tokens that can follow it. The beginnings of all templates form a tree, with a whole template at
 * each end. A walk along the tree makes nothing new, and gives all events of one shape the same text. If each event had a text of its own,
 * every look-up would hash this text, and it would live as long as the event.
 */
class Step {
  /** The size of the tree, in characters, more or less. */
  static size = 0;
  private readonly next = new Map<Token, Step>();
  private isTemplate = false;

  private constructor(
    private readonly text: string,
    private readonly token: Token,
  ) {
    Step.size += typeof token === 'string' ? STEP_SIZE + token.length : STEP_SIZE;
  }

  /** The first step of a new tree. */
  static first(): Step {
    Step.size = 0;
    return new Step('', OPEN);
  }

  to(token: Token): Step {
    const known = this.next.get(token);
    if (known !== undefined) return known;
    const next = new Step(this.text + this.textOf(token), token);
    this.next.set(token, next);
    return next;
  }

  /** The whole template. Call it only for the last step of a template. */
  get template(): string {
    if (!this.isTemplate) Step.size += this.text.length;
    this.isTemplate = true;
    return this.text;
  }

  private textOf(token: Token): string {
    if (typeof token === 'string') return `${this.token === OPEN ? '' : ','}${JSON.stringify(token)}:`;
    return token === OPEN ? '{' : token === CLOSE ? '}' : String(token);
  }
}

const STEP_SIZE = 200;
/** A tree of this size is replaced by a new one: names of members come from clients. */
const MOST_REMEMBERED = 10_000_000;

let root = Step.first();
