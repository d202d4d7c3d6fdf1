/** The version of the service; package.json has it too. */
export const VERSION = '0.1.0';
