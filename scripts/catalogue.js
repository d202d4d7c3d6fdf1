/** `npm run catalogue`: writes events/README.md from the event types. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { built, installed, root } from './ready.js';

installed();
built();

const { catalogueMarkdown } = await import('../dist/events/catalogue.js');
writeFileSync(join(root, 'events', 'README.md'), catalogueMarkdown());
