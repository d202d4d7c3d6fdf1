// packages-imports-only-what-is-below
import '#timeline';
export const packages = 'packages';
