// sqlite-imports-only-what-is-below
import '#timeline';
export const sqlite = 'SQLite';
