import { existsSync } from 'node:fs';
import type { EventLog, RecordedEvent } from '#log';
import { diff, type Change } from '#timeline';
import type { Explained } from './explain.js';
import { fingerprintNow } from './fingerprint.js';
import type { FollowerOptions } from './follower.js';
import { LivingFile, removeDatabase, type LivingOptions } from './living-file.js';
import { EFFECTS, hasLayout, SEARCH, type Layout } from './sqlite/database.js';
import type { EventIndex } from './sqlite/event-index.js';
import type { FollowedFile, SetAside } from './sqlite/followed-file.js';
import type { HeldEffects } from './sqlite/held-effects.js';
import { SearchDatabase } from './sqlite/search-database.js';
import { ViewsDatabase } from './sqlite/views-database.js';
import { State, type Question } from './state.js';

export interface ViewsOptions extends FollowerOptions, Pick<LivingOptions, 'onRebuild' | 'onFailure'> {
  /** Takes a long log into the search in a thread of its own, while this one takes it into the views. */
  readonly indexElsewhere?: LivingOptions['elsewhere'];
}

/**
 * The read side: what state is answered from, and what events are found by; two disposable files that follow the log side by
 * side. Deleting the first deletes both, and changes no answer.
 */
export class Views {
  /** Finds events. May be a few events before or behind the views. */
  readonly search: LivingFile<SearchDatabase>;
  private readonly effects: LivingFile<ViewsDatabase>;
  private answering: { readonly from: ViewsDatabase; readonly state: State } | undefined;

  private constructor(file: string, log: EventLog, { indexElsewhere, ...options }: ViewsOptions) {
    const fingerprint = fingerprintNow();
    const searchFile = searchFileOf(file);
    if (!existsSync(file)) removeDatabase(searchFile);
    const told = toldOnce(options.onSetAside);
    this.effects = new LivingFile(
      file,
      { layout: EFFECTS, open: (path) => new ViewsDatabase(path), fingerprint },
      log,
      { ...options, onSetAside: told },
    );
    const { onRebuild: _, ...quietly } = options;
    this.search = new LivingFile(
      searchFile,
      { layout: SEARCH, open: (path) => new SearchDatabase(path), fingerprint },
      log,
      { ...quietly, onSetAside: told, ...(indexElsewhere && { elsewhere: indexElsewhere }) },
    );
  }

  /** Removes the files: they are built anew from the log. Nobody may have them open. */
  static remove(file: string): void {
    removeDatabase(file);
    removeDatabase(searchFileOf(file));
  }

  /** Whether the files have taken in events that the log does not have: an older copy of it was put back. */
  static async areAhead(file: string, log: Pick<EventLog, 'head'>): Promise<boolean> {
    // Before the head is asked for: who follows a log that grows is never ahead of it.
    const checkpoints = [
      checkpointIn(file, EFFECTS, (path) => new ViewsDatabase(path)),
      checkpointIn(searchFileOf(file), SEARCH, (path) => new SearchDatabase(path)),
    ];
    const { sequence } = await log.head();
    return Math.max(...checkpoints) > sequence;
  }

  /** Opens or creates the files and starts following. Answers at once, from what they hold so far. */
  static open(file: string, log: EventLog, options: ViewsOptions = {}): Views {
    return new Views(file, log, options);
  }

  get state(): State {
    const { database } = this.effects;
    if (this.answering?.from !== database)
      this.answering = { from: database, state: new State(database.cells) };
    return this.answering.state;
  }

  /** What explanations of answers are read from. */
  get explained(): Explained {
    return this.effects.database;
  }

  /** What the views rest on, as it is held. */
  get held(): HeldEffects {
    return this.effects.database.held;
  }

  get events(): EventIndex {
    return this.search.database.events;
  }

  /** Every event up to it has been taken in. */
  get sequence(): number {
    return this.effects.sequence;
  }

  /** By sequence. */
  get setAside(): SetAside[] {
    const all = [...this.search.database.setAside, ...this.effects.database.setAside];
    return [...new Map(all.map((event) => [event.sequence, event])).values()].sort(
      (a, b) => a.sequence - b.sequence,
    );
  }

  /** The sequence of the file being built beside, while one is. */
  get rebuilding(): number | undefined {
    return this.effects.rebuilding ?? this.search.rebuilding;
  }

  /** Whether the views have the sequence, at the latest after `timeout` milliseconds. */
  reached(sequence: number, timeout: number): Promise<boolean> {
    return this.effects.reached(sequence, timeout);
  }

  /** What would differ at a question if these events were recorded next. Waits for the views; stores nothing. */
  async preview(events: readonly RecordedEvent[], question: Question): Promise<Change[]> {
    await this.effects.catchUp();
    const roots = await this.effects.follower.rootsOf(events);
    const { database } = this.effects;
    const { state } = this;
    const before = state.stated(question);
    return database.preview(events, roots, () => diff(before, state.stated(question)));
  }

  /** Follows up to what is the log's head now, a rebuild included. */
  async catchUp(): Promise<void> {
    await Promise.all([this.effects.catchUp(), this.search.catchUp()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.effects.close(), this.search.close()]);
  }
}

const searchFileOf = (file: string): string => file.replace(/(\.db)?$/, '-search.db');

/** 0 where there is no such file, or it is of another layout. */
function checkpointIn(file: string, layout: Layout, open: (file: string) => FollowedFile): number {
  if (!existsSync(file) || !hasLayout(file, layout)) return 0;
  const database = open(file);
  const { checkpoint } = database;
  database.close();
  return checkpoint;
}

/** An event that neither can take in is told of once. */
function toldOnce(tell: FollowerOptions['onSetAside']): (event: SetAside) => void {
  const told = new Set<number>();
  return (event) => {
    if (told.has(event.sequence)) return;
    told.add(event.sequence);
    tell?.(event);
  };
}
