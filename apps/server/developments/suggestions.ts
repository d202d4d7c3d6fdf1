import { nearestId, type Kind } from '#events';
import type { Runtime } from '#runtime';
import { isRecent } from './recent-reports.js';

/** How long a list of registered ids is used, in milliseconds. */
const KEPT_MS = 1_000;
/** The number of ids that are compared with one list: some fifty milliseconds of work. */
const MOST_COMPARED = 100_000;

interface Listed {
  readonly at: number;
  readonly ids: readonly string[];
  /** By the unregistered id. */
  readonly found: Map<string, string | undefined>;
}

/** Finds the registered id that may be meant. It takes a small part of each second, for any number of requests. */
export class Suggestions {
  private readonly lists = new Map<Kind, Listed>();

  constructor(
    private readonly runtime: Runtime,
    private readonly registered: (kind: Kind) => readonly string[],
  ) {}

  /** Undefined where none is near, or where other requests have used up the comparisons of this second. */
  for(kind: Kind, id: string): string | undefined {
    const { ids, found } = this.listOf(kind);
    if (!found.has(id) && (found.size + 1) * ids.length <= MOST_COMPARED) found.set(id, nearestId(id, ids));
    return found.get(id);
  }

  private listOf(kind: Kind): Listed {
    const at = this.runtime.elapsed();
    const known = this.lists.get(kind);
    if (known && isRecent(known.at, at, KEPT_MS)) return known;
    const listed = { at, ids: this.registered(kind), found: new Map<string, string | undefined>() };
    this.lists.set(kind, listed);
    return listed;
  }
}
