// the-page-shares-types-only, a-view-of-the-page-imports-no-other
import '../../server/serve.js';
import '../table/table.js';
export const map = 'map';
