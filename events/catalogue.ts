import { writeFileSync } from 'node:fs';
import { catalogueMarkdown } from './generate-readme.js';

/** `npm run catalogue`: writes `events/README.md`, from the top of the project. */
writeFileSync('events/README.md', catalogueMarkdown());
