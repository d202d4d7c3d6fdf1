export { canonicalJson, isSameJson, NotJsonError } from './canonical-json.js';
