/** The sequence that an id of the event stream begins with; NaN where there is none. */
export const sequenceIn = (id: string): number => Number.parseInt(id, 10);
