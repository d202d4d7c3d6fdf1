import { computed } from '@preact/signals';
import { answerTo } from '../data.js';
import { draft } from './draft.js';

/** A member of the data of a type, as its JSON Schema describes it. */
export interface Member {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly items?: Member;
}

interface TypeSchema {
  readonly description?: string;
  readonly properties: {
    readonly data: {
      readonly properties: Readonly<Record<string, Member>>;
      readonly required?: readonly string[];
    };
  };
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

export interface Field {
  readonly name: string;
  readonly member: Member;
  readonly isNeeded: boolean;
  readonly kind: 'choice' | 'choices' | 'yes' | 'id' | 'number' | 'text' | 'long' | 'texts' | 'json';
}

/** The fields of the data, those that are needed first. */
export const fields = computed<Field[]>(() => {
  const { properties = {}, required = [] } = schema.value?.properties.data ?? {};
  return Object.entries(properties)
    .filter(([name]) => name !== 'tags')
    .map(([name, member]) => ({ name, member, isNeeded: required.includes(name), kind: kindOf(member) }))
    .sort((a, b) => Number(b.isNeeded) - Number(a.isNeeded));
});

function kindOf({ enum: choices, type, pattern, maxLength = 0, items }: Member): Field['kind'] {
  if (choices) return 'choice';
  if (type === 'boolean') return 'yes';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return items?.enum ? 'choices' : items?.type === 'string' ? 'texts' : 'json';
  if (type !== 'string') return 'json';
  if (pattern?.startsWith('^[a-z0-9]') === true) return 'id';
  return maxLength > 200 ? 'long' : 'text';
}

/** What was typed for a field, as JSON; undefined: nothing. Throws SyntaxError where it should be JSON and is not. */
export function valueOf({ kind }: Field, text: string): unknown {
  if (text.trim() === '') return undefined;
  switch (kind) {
    case 'yes':
      return text === 'true';
    case 'number':
      return Number(text);
    case 'texts':
    case 'choices':
      return text.startsWith('[')
        ? (JSON.parse(text) as unknown)
        : text
            .split('\n')
            .map((one) => one.trim())
            .filter((one) => one !== '');
    case 'json':
      return JSON.parse(text) as unknown;
    default:
      return text.trim();
  }
}
