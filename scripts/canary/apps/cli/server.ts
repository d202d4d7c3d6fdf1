// cli-and-server-are-apart, the-page-is-for-browsers
import '../server/serve.js';
import '../web/table/table.js';
export const cli = 'cli';
