// time-imports-only-what-is-below
import '#timeline';
export const time = 'time';
