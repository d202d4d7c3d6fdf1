// client-imports-only-what-is-below
import '#timeline';
export const client = 'client';
