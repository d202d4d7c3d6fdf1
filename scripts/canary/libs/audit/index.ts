// audit-imports-only-what-is-below
import '#log';
export const audit = 'audit';
