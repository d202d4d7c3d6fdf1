// views-imports-only-what-is-below
import '../../apps/server/serve.js';
export const views = 'views';
