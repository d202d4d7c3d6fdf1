// engines-are-opened-in-few-places
import '../log/sqlite/spec-in-use.js';
export const engine = 'SQLite';
