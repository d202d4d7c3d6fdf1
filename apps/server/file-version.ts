import { statSync } from 'node:fs';

/** Changes with every write of a file that is replaced as a whole; '' where there is none. */
export function fileVersion(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? '' : `${stat.ino}-${stat.mtimeNs}-${stat.size}`;
}
