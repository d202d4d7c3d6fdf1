/** The stream of the corrections of an event: its id is the event's. */
export const recordSubject = (data: { readonly target: string }) => ({ category: 'record', id: data.target });

/** In any case (RFC 9562 §4); kept in lower case. */
export const UUID =
  /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$/;

export const CORRECTION_KINDS = ['amended', 'transcription'] as const;
/** `amended`: the source changed its story. `transcription`: it was written down wrong here. */
export type CorrectionKind = (typeof CORRECTION_KINDS)[number];
