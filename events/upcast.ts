import type { EventType } from './development.js';

type DataMembers = Record<string, unknown>;

/**
 * Data of any version in the newest form: one step after the other. Pure; it does not change the given
 * data. Throws RangeError where a step is missing, as for data newer than this catalogue.
 */
export const upcast = (definition: EventType, version: number, data: DataMembers): DataMembers => {
  let newest = data;
  for (let v = version; v !== definition.version; v += 1) {
    const step = definition.upcasters?.[v];
    if (!step)
      throw new RangeError(`${definition.type} has no upcaster from version ${v} to ${definition.version}.`);
    newest = step(newest);
  }
  return newest;
};
