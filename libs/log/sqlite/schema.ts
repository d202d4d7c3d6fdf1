import type { FileMark } from '#sqlite';

export const LOG_FORMAT = 3;
/** "BLog". */
export const LOG_MARK: FileMark = { application: 0x424c6f67, format: LOG_FORMAT };

/**
 * Rows of one stream are found by its number; `revision` is dense within it, so the unique index also serves a bisection for a sequence.
 * Sequences are dense and `recorded_at` rises with them, so time needs no index either. An id that is a UUID is stored as its 16 bytes, any
 * other as its text. `content`: the values for the template (template.ts).
 */
export const eventsSchema = (name: string): string => `
  CREATE TABLE IF NOT EXISTS ${name} (
    sequence INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    template INTEGER NOT NULL,
    id ANY NOT NULL UNIQUE,
    content TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
`;

/** `sealed`: the instant before which nothing is recorded any more. Without a row, nothing is sealed. */
export const BESIDE_EVENTS = `
  CREATE TABLE IF NOT EXISTS streams (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    category TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS templates (
    number INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    template TEXT NOT NULL,
    UNIQUE (type, schema_version, template)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS sealed (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT;
`;

export const SCHEMA = BESIDE_EVENTS + eventsSchema('events');
