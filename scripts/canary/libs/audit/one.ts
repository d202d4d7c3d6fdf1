// no-cycles
import { two } from './two.js';
export const one: string = two;
