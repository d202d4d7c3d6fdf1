import type { Components } from './components.js';

/** The component of that name. */
export const ref = (name: keyof Components): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });
