// kurrent-is-for-kurrentdb
import '@kurrent/kurrentdb-client';
export const cluster = 'KurrentDB';
