import { dataVersions } from '#events';

/** The schemas that the server has. */
export interface SchemaList {
  readonly items: readonly ListedSchema[];
}

/** A JSON Schema of the developments of a type and version, or of all developments. */
export interface ListedSchema {
  /** Absent: the schema is of developments of any type. */
  readonly type?: string;
  /**
   * @asType integer
   * @minimum 1
   */
  readonly version?: number;
  /**
   * Its address, which is its `$id`.
   * @format uri
   */
  readonly schema: string;
}

export function schemasOf(server: string): SchemaList {
  const at = `${server}/schemas`;
  const ofTypes = dataVersions.map(({ type, version }) => ({
    type,
    version,
    schema: `${at}/${type}/${version}`,
  }));
  return { items: [{ schema: `${at}/envelope` }, ...ofTypes] };
}
