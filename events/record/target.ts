/** The stream of what was said about a record: its id is the event's. */
export const recordSubject = (data: { readonly target: string }) => ({ category: 'record', id: data.target });

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const CORRECTION_KINDS = ['amended', 'transcription'] as const;
/** `amended`: the source changed its story. `transcription`: it was written down wrong here. */
export type CorrectionKind = (typeof CORRECTION_KINDS)[number];
