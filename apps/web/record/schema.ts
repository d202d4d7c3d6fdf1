import { computed } from '@preact/signals';
import { answerTo } from '../data.js';
import { draft } from './draft.js';

/** A member of the data of a type, as its JSON Schema describes it. */
export interface Member {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly items?: Member;
  readonly properties?: Members;
  readonly patternProperties?: Members;
  readonly required?: readonly string[];
}

type Members = Readonly<Record<string, Member>>;

interface TypeSchema {
  readonly description?: string;
  readonly properties: {
    readonly data: { readonly properties: Members; readonly required?: readonly string[] };
  };
  readonly $defs?: Members;
}

interface SchemaList {
  readonly items: readonly { readonly type?: string; readonly schema: string }[];
}

const list = answerTo<SchemaList>(() => '/schemas');

/** The newest version of the type of the draft. */
export const schema = answerTo<TypeSchema>(() => {
  const found = (list.value?.items ?? []).filter(({ type }) => type === draft.value.type);
  const paths = found.map((one) => new URL(one.schema, location.href).pathname);
  return paths.sort((a, b) => Number(a.split('/').at(-1)) - Number(b.split('/').at(-1))).at(-1);
});

export const types = computed(() => [
  ...new Set(
    (list.value?.items ?? []).flatMap(({ type }) =>
      type === undefined || type.startsWith('record.') ? [] : type,
    ),
  ),
]);

type FieldKind =
  | 'choice'
  | 'choices'
  | 'yes'
  | 'id'
  | 'number'
  | 'text'
  | 'long'
  | 'time'
  | 'place'
  /** The field has one text a line. */
  | 'texts'
  /** The field has one `name: text` a line. */
  | 'pairs'
  /** The field has one object a line, with bars between its members. */
  | 'rows'
  | 'json';

/** A field of the form. A member that is an object has a field for each of its own members. */
export interface Field {
  /** The path of the member in the data. */
  readonly path: readonly string[];
  readonly member: Member;
  readonly isNeeded: boolean;
  readonly kind: FieldKind;
  /** The names of the members of `rows`, in their order. */
  readonly columns?: readonly string[];
}

/** The name of the field in the draft. */
export const nameOfField = ({ path }: Field): string => ['data', ...path].join('.');

/** The fields of the data. Fields that are needed come first. */
export const fields = computed<Field[]>(() => {
  const { properties = {}, required = [] } = schema.value?.properties.data ?? {};
  const { tags: _, ...members } = properties;
  return fieldsIn(members, required, []).sort((a, b) => Number(b.isNeeded) - Number(a.isNeeded));
});

function fieldsIn(members: Members, required: readonly string[], above: readonly string[]): Field[] {
  return Object.entries(members).flatMap(([name, sent]) => {
    const path = [...above, name];
    const isNeeded = required.includes(name);
    const member = { ...definition(sent), ...sent };
    const kind = kindOf(member);
    if (kind !== 'members') {
      const columns = kind === 'rows' && { columns: Object.keys(definition(member.items).properties ?? {}) };
      return [{ path, member, isNeeded, kind, ...columns }];
    }
    return fieldsIn(member.properties ?? {}, isNeeded ? (member.required ?? []) : [], path);
  });
}

/** The definition that a member refers to, or the member itself. */
function definition(member: Member = {}): Member {
  const name = member.$ref?.split('/').at(-1);
  return name === undefined ? member : (schema.value?.$defs?.[name] ?? {});
}

const SIMPLE: Readonly<Record<string, FieldKind>> = { boolean: 'yes', integer: 'number', number: 'number' };

function kindOf({
  $ref = '',
  enum: choices,
  type = '',
  items = {},
  ...member
}: Member): FieldKind | 'members' {
  if ($ref.includes('/Time')) return 'time';
  if ($ref.endsWith('/GeoPoint')) return 'place';
  if (choices) return 'choice';
  if (type === 'array') return kindOfList(items);
  if (type === 'string') return kindOfText(member);
  if (member.patternProperties) return 'pairs';
  return member.properties ? 'members' : (SIMPLE[type] ?? 'json');
}

function kindOfText({ pattern = '', maxLength = 0 }: Member): FieldKind {
  if (pattern.startsWith('^[a-z0-9]')) return 'id';
  return maxLength > 200 ? 'long' : 'text';
}

function kindOfList(items: Member): FieldKind {
  if (items.enum) return 'choices';
  if (items.type === 'string') return 'texts';
  const columns = Object.values(definition(items).properties ?? {});
  return columns.length > 0 && columns.every(({ type }) => type === 'string') ? 'rows' : 'json';
}

/** The lines of a text that are not empty. */
export const typedLines = (text: string): string[] =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** The JSON value of the text in a field; undefined for an empty text. Throws SyntaxError where the text should be JSON and is not. */
export function valueOf({ kind, columns = [] }: Field, text: string): unknown {
  if (text.trim() === '') return undefined;
  switch (kind) {
    case 'yes':
      return text === 'true';
    case 'number':
      return Number(text);
    case 'texts':
    case 'choices':
      return typedLines(text);
    case 'pairs':
      return Object.fromEntries(typedLines(text).map((line) => halves(line, ':')));
    case 'rows':
      return typedLines(text).map((line) => {
        const parts = line.split('|').map((part) => part.trim());
        return Object.fromEntries(columns.flatMap((name, at) => (parts[at] ? [[name, parts[at]]] : [])));
      });
    case 'place': {
      const [latitude, longitude] = text.split(/[\s,;]+/).map(Number);
      return { type: 'Point', coordinates: [longitude, latitude] };
    }
    case 'json':
      return JSON.parse(text) as unknown;
    default:
      return text.trim();
  }
}

function halves(line: string, sign: string): [string, string] {
  const at = line.indexOf(sign);
  return at === -1 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
