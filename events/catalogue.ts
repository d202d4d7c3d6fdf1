import { isObject } from '#json';
import { accept } from './accept.js';
import { shapeOf } from './checker.js';
import { Data } from './data.js';
import { descriptionsIn, type Description } from './description.js';
import type { EventType } from './development.js';
import { effectsOf } from './effects.js';
import { SentAttribution, SentDevelopment, SentSource } from './envelope.js';
import { ID, type Class } from './field.js';
import { eventTypes } from './registry.js';

/** The catalogue page, `events/README.md`, made entirely from the event types. */
export const catalogueMarkdown = (): string =>
  [
    '# The catalogue of events',
    '<!-- Made from the event types by `npm run catalogue`; a spec fails when it is not current. -->',
    INTRODUCTION,
    '| type | what became true |\n| --- | --- |\n' + eventTypes.map(line).join('\n'),
    '## Every development',
    table(SentDevelopment),
    'All data may also have:',
    fieldTable(describe(Data)),
    section('Source', SentSource),
    section('Attribution', SentAttribution),
    '## Objects in the data',
    ...nestedClasses().map((of) => section(of.name, of)),
    ...eventTypes.map(page),
  ].join('\n\n') + '\n';

const INTRODUCTION = `An event says what a report says; nothing here is judged. To add a type, add a file and a line in
\`registry.ts\`.

A *Time* is EDTF (ISO 8601-2) text such as \`2025-11\`, read in the default zone, or \`{ edtf, zone?, text? }\` with
the report’s own words. It is resolved to \`earliest\` and \`latest\` once, when the development is accepted. Ids are
lower-case letters, digits, dots and dashes. Members that are not listed are refused; so is \`null\`.

A server has the same as JSON Schema (draft 2020-12), of each type and version, and of every development at \`/schemas/envelope\`; \`/schemas\`
lists them.`;

const line = ({ type, means }: EventType): string => `| [${type}](#${anchor(type)}) | ${means} |`;

const anchor = (heading: string): string => heading.replaceAll('.', '');

const section = (name: string, of: Class): string => `### ${name}\n\n${table(of)}`;

const table = (of: Class): string => fieldTable(describe(of));

const fieldTable = (fields: readonly DescribedField[]): string => {
  const rows = fields.map(
    ({ name, required, type, description }) => `| ${name}${required ? '' : '?'} | ${type} | ${description} |`,
  );
  return ['| member | type | |', '| --- | --- | --- |', ...rows].join('\n');
};

/** The classes that data classes are made of, each once. */
const nestedClasses = (): Class[] => {
  const found = new Set<Class>();
  const visit = (of: Class): void => {
    for (const { nested } of shapeOf(of).fields.values()) {
      if (!nested || found.has(nested.of)) continue;
      found.add(nested.of);
      visit(nested.of);
    }
  };
  for (const { data } of eventTypes) visit(data);
  return [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
};

const page = (definition: EventType): string => {
  const { type, version, means, doesNotMean, data, example } = definition;
  const common = new Set(describe(Data).map(({ name }) => name));
  return [
    `## ${type}`,
    `${means} **It does not mean:** ${firstLower(doesNotMean)}`,
    fieldTable(describe(data).filter(({ name }) => !common.has(name))),
    `Version ${version}${earlier(definition)}. JSON Schema: ${schemas(definition)}. ${effects(definition)}`,
    '```json\n' + JSON.stringify(example, undefined, 2) + '\n```',
  ].join('\n\n');
};

const firstLower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const earlier = ({ earlier: classes }: EventType): string => {
  const versions = Object.keys(classes ?? {});
  return versions.length === 0 ? '' : `; ${versions.join(', ')} still accepted, and read as the newest`;
};

const schemas = ({ type, version, earlier: classes }: EventType): string =>
  [String(version), ...Object.keys(classes ?? {})].map((of) => `\`/schemas/${type}/${of}\``).join(', ');

const NO_ID = '00000000-0000-7000-8000-000000000000';

const effects = ({ example }: EventType): string => {
  const accepted = accept(example, { defaultZone: 'Europe/Vilnius', newId: () => NO_ID });
  if (Array.isArray(accepted)) throw new Error(`The example of ${example.type} is not accepted.`);
  const aspects = new Set(
    effectsOf(accepted).map(
      ({ aspect, rule, then }) => `\`${aspect}\` (${rule}${then ? ', with what follows' : ''})`,
    ),
  );
  const stream = `\`${accepted.stream}\``;
  if (aspects.size === 0) return `The example goes to ${stream} and has no effects of its own.`;
  return `The example says something about ${stream}: ${[...aspects].join(', ')}.`;
};

/** A member of a data class, as the catalogue shows it. */
interface DescribedField {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly description: string;
}

/** The members of a class in the order they are written; the members of its ancestors come last. */
export const describe = (of: Class): DescribedField[] => {
  const descriptions = descriptionsIn(of);
  return [...shapeOf(of).fields.keys()].map((name) => {
    const property = descriptions.get(name) ?? {};
    return {
      name,
      required: property.required !== false,
      type: typeOf(of, name, property),
      description: property.description ?? '',
    };
  });
};

const typeOf = (of: Class, name: string, property: Description): string => {
  const { nested, time } = shapeOf(of).fields.get(name) ?? {};
  const element = nested?.of.name ?? (time && 'Time') ?? enumOf(property) ?? plainType({ ...property });
  return property.isArray === true ? `list of ${element}` : element;
};

const enumOf = (property: Description): string | undefined => {
  const values: unknown = property.enum;
  return Array.isArray(values) ? values.map((v) => `\`${String(v)}\``).join(' ') : undefined;
};

const plainType = ({ type, pattern, items }: Record<string, unknown>): string => {
  if (type === 'array' && isObject(items)) return `list of ${plainType(items)}`;
  if (type === String || type === 'string') return pattern === ID.source ? 'id' : 'text';
  if (type === Number) return 'number';
  if (type === Boolean) return 'true or false';
  if (Array.isArray(type)) return 'list of number';
  return type === 'integer' ? 'whole number' : 'object';
};
