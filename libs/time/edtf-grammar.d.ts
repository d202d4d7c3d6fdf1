/** The part of npm `edtf` used here: its grammar, ISO 8601-2 / EDTF levels 0–2. The package ships no types. */
declare module 'edtf' {
  export interface Node {
    readonly type: 'Date' | 'Year' | 'Season' | 'Decade' | 'Century' | 'Interval' | 'Set' | 'List';
    /** Of a date: year, month from 0, day. Of a season: year and code. Of a decade or century: its leading digits. */
    readonly values: readonly number[];
    readonly unspecified?: number;
    readonly significant?: number;
  }
  /** Throws an Error for a text that is not EDTF. */
  export function parse(text: string, options?: { readonly seasonUncertainty?: boolean }): Node;
}
