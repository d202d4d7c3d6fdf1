// log-imports-only-what-is-below
import '#timeline';
export const log = 'log';
