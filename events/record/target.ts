/** The stream of the corrections of an event: its id is the event's. */
export const recordSubject = (data: { readonly target: string }) => ({ category: 'record', id: data.target });

export const CORRECTION_KINDS = ['amended', 'transcription'] as const;
/** `amended`: the source changed its story. `transcription`: it was written down wrong here. */
export type CorrectionKind = (typeof CORRECTION_KINDS)[number];
