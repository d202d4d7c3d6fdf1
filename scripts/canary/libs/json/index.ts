// json-imports-only-what-is-below
import '#timeline';
export const json = 'json';
