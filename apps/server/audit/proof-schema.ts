import { list, object, text, whole, type Schema } from '../docs/schema.js';

const hash = text('SHA-256 in base64', { pattern: '^[A-Za-z0-9+/]{43}=$' });

export const inclusionSchema: Schema = object({
  leafIndex: whole('from 0: one less than the sequence'),
  treeSize: whole('the number of leaves'),
  leafHash: hash,
  path: list(hash, 'from the leaf to the root'),
});

export const consistencySchema: Schema = object({
  from: whole('the size of the earlier tree'),
  to: whole('the size of the later tree'),
  path: list(hash),
});
