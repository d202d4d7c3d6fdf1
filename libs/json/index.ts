export { canonicalJson, isSameJson, NotJsonError } from './canonical-json.js';
export { Faults, pointerToken, type JsonFault } from './fault.js';
export { JsonError } from './json-error.js';
export { DEEPEST, LONGEST_STRETCH, MOST_MEMBERS } from './outline.js';
export { MOST_VALUES, parseJson, parseJsonText, parsingJson } from './parse-json.js';
export { isObject } from './object.js';
