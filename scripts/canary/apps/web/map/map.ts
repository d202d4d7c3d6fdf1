// the-page-shares-types-and-json, a-view-of-the-page-imports-no-other
import '../../server/serve.js';
import '../table/table.js';
export const map = 'map';
