import { nearestId, type Kind, type NamedSubject } from '#events';
import type { Runtime } from '#runtime';
import type { SecondLookReader } from '#views';
import { isRecent } from './recent-reports.js';

/** How long registered subjects are remembered, in milliseconds, and how many of them. */
const REMEMBERED_MS = 10_000;
const MOST_REMEMBERED = 50_000;
/** How long a list of registered ids is used, in milliseconds. */
const FRESH_MS = 1_000;
/** The number of ids that are compared with one list: some fifty milliseconds of work. */
const MOST_COMPARED = 100_000;

interface ComparedIds {
  readonly at: number;
  readonly ids: readonly string[];
  /** The registered id that may be meant, by the unregistered id. */
  readonly found: Map<string, string | undefined>;
}

/** Finds out whether a subject is registered, by the views, and which registered subject an unregistered id may mean. */
export class RegisteredSubjects {
  /** Streams that were registered a moment ago. */
  private readonly streams = new Set<string>();
  private since = 0;
  private readonly lists = new Map<Kind, ComparedIds>();

  constructor(
    private readonly runtime: Runtime,
    private readonly reader: () => SecondLookReader,
  ) {}

  has({ kind, id }: NamedSubject): boolean {
    const stream = `${kind}-${id}`;
    if (this.streams.has(stream)) return true;
    if (!this.reader().isRegistered(kind, id)) return false;
    this.streams.add(stream);
    return true;
  }

  /** Forgets the remembered subjects if they are too old or too many. */
  refresh(): void {
    const now = this.runtime.elapsed();
    if (isRecent(this.since, now, REMEMBERED_MS) && this.streams.size < MOST_REMEMBERED) return;
    this.streams.clear();
    this.since = now;
  }

  /**
   * The registered id that may be meant. Undefined where no registered id is near, or where other requests have used up the comparisons of this
   * second: comparisons take a small part of each second, for any number of requests.
   */
  nearest({ kind, id }: NamedSubject): string | undefined {
    const { ids, found } = this.listOf(kind);
    if (!found.has(id) && (found.size + 1) * ids.length <= MOST_COMPARED) found.set(id, nearestId(id, ids));
    return found.get(id);
  }

  private listOf(kind: Kind): ComparedIds {
    const at = this.runtime.elapsed();
    const known = this.lists.get(kind);
    if (known && isRecent(known.at, at, FRESH_MS)) return known;
    const listed = { at, ids: this.reader().registered(kind), found: new Map<string, string | undefined>() };
    this.lists.set(kind, listed);
    return listed;
  }
}
