export { canonicalJson, isSameJson, NotJsonError } from './canonical-json.js';
export { Faults, pointerToken, type JsonFault } from './fault.js';
export { DEEPEST, JsonError, MOST_MEMBERS, MOST_VALUES, parseJson, parseJsonText } from './parse-json.js';
export { isObject } from './object.js';
