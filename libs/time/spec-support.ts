import { TimeError } from './index.js';

/** The error of a text that must be refused. */
export const refusal = (read: () => unknown): TimeError => {
  try {
    read();
  } catch (error) {
    if (error instanceof TimeError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
