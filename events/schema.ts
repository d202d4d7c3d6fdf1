import type { EventType } from './development.js';
import { SentDevelopment } from './envelope.js';
import type { Class } from './field.js';
import { eventTypes } from './registry.js';

/** A version of an event type, with the class that checks its data. */
export interface DataVersion {
  readonly type: string;
  readonly version: number;
  readonly data: Class;
}

const versionsOf = ({ type, version, data, earlier }: EventType): DataVersion[] => [
  { type, version, data },
  ...Object.entries(earlier ?? {}).map(([v, of]) => ({ type, version: Number(v), data: of })),
];

/** Every version of every event type, the newest of each first. */
export const dataVersions: readonly DataVersion[] = eventTypes.flatMap(versionsOf);

/** The models that `developmentSchema` refers to; the OpenAPI document must include them (`ApiExtraModels`). */
export const developmentModels: readonly Class[] = [SentDevelopment, ...dataVersions.map(({ data }) => data)];

/** OpenAPI 3.1 schema of a development as sent: its members, and its data by `type` and `schemaVersion`. */
export const developmentSchema = () => ({
  oneOf: dataVersions.map(({ type, version, data }) => ({
    title: `${type}, version ${version}`,
    allOf: [
      { $ref: componentOf(SentDevelopment) },
      {
        type: 'object',
        ...(isNewest(type, version) ? {} : { required: ['schemaVersion'] }),
        properties: {
          type: { type: 'string', enum: [type] },
          schemaVersion: { type: 'integer', enum: [version] },
          data: { $ref: componentOf(data) },
        },
      },
    ],
  })),
});

/** The model of a class, as the OpenAPI document has it. */
const componentOf = ({ name }: Class): string => `#/components/schemas/${name}`;

const isNewest = (type: string, version: number): boolean =>
  eventTypes.some((definition) => definition.type === type && definition.version === version);

/** One example a type, as OpenAPI has them, by type. */
export const developmentExamples = (): Record<string, { summary: string; value: object }> =>
  Object.fromEntries(
    eventTypes.map(({ type, means, example }) => [type, { summary: means, value: example }]),
  );
