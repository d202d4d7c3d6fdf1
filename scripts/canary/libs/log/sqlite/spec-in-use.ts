// nothing-imports-tests
import '../log.spec.js';
export const used = 'a spec';
