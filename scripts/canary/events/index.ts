// events-imports-only-what-is-below
import '#views';
export const events = 'events';
