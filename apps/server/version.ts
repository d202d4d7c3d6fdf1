/** Of the service; in package.json too. */
export const VERSION = '0.1.0';
