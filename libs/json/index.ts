export { canonicalJson, isSameJson, NotJsonError } from './canonical-json.js';
export { Faults, pointerToken, type JsonFault } from './fault.js';
export { DEEPEST, JsonError, MOST_MEMBERS, parseJson, parseJsonText } from './parse-json.js';
export { isObject } from './object.js';
