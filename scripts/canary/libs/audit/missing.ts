// no-unresolvable
import './nowhere.js';
export const missing = 'missing';
