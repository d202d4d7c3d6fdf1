// across-by-the-index-only
import '../../libs/time/index.js';
export const server = 'server';
