// sqlite-is-for-sqlite
import '#sqlite';
export const tables = 'tables';
