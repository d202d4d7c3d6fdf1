import { invalid, invalidPosition, streamDeleted, type Failure } from './errors.js';
import { streams } from './protocol.js';
import type { ServingNode } from './serving-node.js';
import type { StoredEvent } from './stream-write.js';

type Options = streams.ReadReq.Options;

export const streamName = (options: Options): string =>
  Buffer.from(options.getStream()?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');

const isForwards = (options: Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS;

/** Which events the client asked for, decided on the server. */
export function filterOf(options: Options): ((event: StoredEvent) => boolean) | Failure {
  const filter = options.getFilter();
  if (filter === undefined) return () => true;
  const byType = filter.getEventType();
  const expression = byType ?? filter.getStreamIdentifier();
  if (expression === undefined) return invalid('A filter needs an expression');
  const text = (event: StoredEvent): string => (byType === undefined ? event.stream : event.type);
  const regex = expression.getRegex();
  if (regex !== '') {
    const pattern = new RegExp(regex, 'u');
    return (event) => pattern.test(text(event));
  }
  const prefixes = expression.getPrefixList();
  return (event) => prefixes.some((prefix) => text(event).startsWith(prefix));
}

/**
 * Where in `$all` to begin: an index into the store's events. A position is that of a record, or the end; between records there is
 * nothing to read from. Forwards from a position includes it, backwards does not.
 */
export function startOf(node: ServingNode, options: Options): number | Failure {
  const all = options.getAll();
  const position = all?.getPosition();
  if (position === undefined) return all?.hasEnd() === true ? node.has() : 0;
  const commit = BigInt(position.getCommitPosition());
  const index = node.store.indexAt(commit);
  const there = node.store.events[index];
  if (there === undefined ? commit !== node.store.end : there.position !== commit) return invalidPosition();
  return Math.min(index, node.has());
}

/** Events of `$all` in the order asked for, as far as the node has them when it gets there. */
export function ofAll(node: ServingNode, options: Options): Iterable<StoredEvent> | Failure {
  const start = startOf(node, options);
  const matches = filterOf(options);
  if (typeof start !== 'number') return start;
  if (typeof matches !== 'function') return matches;
  return isForwards(options) ? forwards(node, start, matches) : backwards(node, start, matches);
}

function* forwards(
  { store, has }: ServingNode,
  start: number,
  matches: (event: StoredEvent) => boolean,
): Generator<StoredEvent> {
  for (let index = start; index < has(); index += 1) {
    const event = store.events[index];
    if (event !== undefined && matches(event)) yield event;
  }
}

function* backwards(
  { store }: ServingNode,
  start: number,
  matches: (event: StoredEvent) => boolean,
): Generator<StoredEvent> {
  for (let index = start - 1; index >= 0; index -= 1) {
    const event = store.events[index];
    if (event !== undefined && matches(event)) yield event;
  }
}

/** Events of one stream; undefined where there is no such stream on this node. Both directions include the revision. */
export function ofStream(node: ServingNode, options: Options): readonly StoredEvent[] | Failure | undefined {
  const asked = options.getStream();
  const name = streamName(options);
  if (node.store.isDeleted(name)) return streamDeleted(name);
  const limit = node.store.events[node.has()]?.position ?? node.store.end;
  const events = (node.store.stream(name) ?? []).filter(({ position }) => position < limit);
  if (events.length === 0) return undefined;
  const end = isForwards(options) ? events.length : events.length - 1;
  const revision = asked?.hasRevision() === true ? Number(asked.getRevision()) : 0;
  const from = asked?.hasEnd() === true ? end : revision;
  return isForwards(options) ? events.slice(from) : events.slice(0, from + 1).reverse();
}
