/**
 * An instant: whole milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (ECMA-262 §21.4.1.1).
 * Always an integer within {@link EARLIEST}..{@link LATEST}.
 */
export type Instant = number;

/** 0001-01-01T00:00:00.000Z: means "no lower bound". */
export const EARLIEST: Instant = -62_135_596_800_000;
/** 9999-12-31T23:59:59.999Z: means "no upper bound", "never". */
export const LATEST: Instant = 253_402_300_799_999;

/** A closed range of instants: the true instant is one of `earliest..latest`, both included. */
export interface Range {
  readonly earliest: Instant;
  readonly latest: Instant;
}
