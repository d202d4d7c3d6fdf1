// cli-and-server-are-apart
import '../server/serve.js';
export const cli = 'cli';
