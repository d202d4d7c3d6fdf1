// pure-rooms-have-no-machine, pure-rooms-load-two-packages-late
import { createRequire } from 'node:module';
import { readFileSync } from 'fs';
export const machine = [createRequire, readFileSync];
