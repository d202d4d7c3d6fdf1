export { isNoTree, openTree } from './tree-file.js';
export type { StoredTree } from './tree-file.js';
