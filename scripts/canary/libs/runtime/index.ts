// runtime-imports-only-what-is-below
import '#timeline';
export const runtime = 'runtime';
