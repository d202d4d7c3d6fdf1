// pure-rooms-have-no-machine, packages-are-loaded-late-in-one-room
import { createRequire } from 'node:module';
import { readFileSync } from 'fs';
export const machine = [createRequire, readFileSync];
