// data-folder-imports-only-what-is-below
import '#views';
export const folder = 'folder';
