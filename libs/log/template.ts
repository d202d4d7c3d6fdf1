/**
 * JSON in two parts: a template, which many events share, and the values that are put into it. `{"edtf":"2025","zone":"UTC"}` and
 * `{"edtf":"2026","zone":"UTC"}` have the template `{"edtf":0,"zone":1}` and the values `["2025","UTC"]` and `["2026","UTC"]`. A number in a
 * template is the place of a value. A longer text that comes twice is one value in two places, so an instant that is its own earliest
 * and latest is stored once.
 *
 * Objects become part of the template down to a depth; an array is one value, and so is an object that is not plain or has many members.
 */

/** As JSON texts. */
export interface Packed {
  readonly template: string;
  readonly values: string;
}

/** Objects inside each other that become part of a template. */
const DEPTH = 7;
/** An object of more members is a value: its names are likely to be data. */
const MOST_MEMBERS = 32;
/** Characters of a text that is stored once where it comes twice. */
const SHARED_LENGTH = 8;

/**
 * `atMost`: UTF-16 units of the whole JSON, at most. `depth`: how many objects inside each other become part of the template. Throws what
 * `JSON.stringify` throws.
 */
export function pack(value: unknown, depth = DEPTH): Packed & { readonly atMost: number } {
  const values: unknown[] = [];
  const packing = { values, repeated: 0 };
  const template = remembered(String(templateOf(value, packing, depth)));
  const text = JSON.stringify(values);
  return { template, values: text, atMost: template.length + text.length + packing.repeated };
}

/** Puts values into a template: a new value, whose objects are its own. */
export type Unpack = (values: readonly unknown[]) => unknown;

const unpacks = new Map<string, Unpack>();

/** Compiled, as an expression that makes all objects at once: to go through the names of a template takes three times as long. Throws SyntaxError. */
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
  const members = Object.entries(template).map(([name, part]) => named(name) + expressionOf(part));
  return `{${members.join()}}`;
}

interface Packing {
  readonly values: unknown[];
  /** UTF-16 units of texts that are there already, at most. */
  repeated: number;
}

function templateOf(value: unknown, packing: Packing, depth: number): string | number {
  const { values } = packing;
  if (typeof value === 'string' && value.length >= SHARED_LENGTH) {
    const place = values.indexOf(value);
    if (place === -1) return values.push(value) - 1;
    packing.repeated += 6 * value.length + 2;
    return place;
  }
  if (depth === 0 || !isPlain(value)) return values.push(value) - 1;
  let text = '{';
  for (const member of Object.keys(value)) {
    const inside = value[member];
    // JSON.stringify leaves them out too.
    if (inside === undefined || typeof inside === 'function' || typeof inside === 'symbol') continue;
    text += (text === '{' ? '' : ',') + named(member) + templateOf(inside, packing, depth - 1);
  }
  return `${text}}`;
}

/** Whether it is an object that `unpack` would make again from its members. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return false;
  const isOrdinary = !('toJSON' in value) && !Object.hasOwn(value, '__proto__');
  return isOrdinary && Object.keys(value).length <= MOST_MEMBERS;
}

const TEMPLATES_REMEMBERED = 4_096;
/** Characters of a template that is remembered, at most. */
const REMEMBERED_LENGTH = 2_000;
const templates = new Map<string, string>();

/** The same text for every event of a shape: a text of its own would be hashed for each look-up, and live as long as the event. */
function remembered(template: string): string {
  const known = templates.get(template);
  if (known !== undefined) return known;
  if (template.length > REMEMBERED_LENGTH) return template;
  if (templates.size >= TEMPLATES_REMEMBERED) templates.clear();
  templates.set(template, template);
  return template;
}

const NAMES_REMEMBERED = 10_000;
const names = new Map<string, string>();

/** The name of a member as JSON, with its colon. */
function named(member: string): string {
  const known = names.get(member);
  if (known !== undefined) return known;
  if (names.size >= NAMES_REMEMBERED) names.clear();
  const text = `${JSON.stringify(member)}:`;
  names.set(member, text);
  return text;
}
