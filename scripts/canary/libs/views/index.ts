// views-imports-only-what-is-below
import '../../apps/server/main.js';
export const views = 'views';
