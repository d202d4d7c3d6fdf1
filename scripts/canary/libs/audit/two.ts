// no-cycles
import { one } from './one.js';
export const two: string = one;
