// the-audit-is-mathematics
import { readFileSync } from 'node:fs';
export const file = readFileSync;
