// data-folder-imports-only-what-is-below
import '#timeline';
export const folder = 'folder';
