import { toEntry } from '#data-folder';
import type { Runtime } from '#runtime';
import { formatInstant, type Instant } from '#time';
import { replayId, type Replay, type ReplayItem, type ReplayPlace } from '#views';
import type { ChangeSelection } from '../changes/change-selection.js';
import { sseMessage, type SseSource, type SseStream } from '../reading/sse.js';

export interface ReplayStreamOptions {
  readonly replay: Replay;
  readonly runtime: Runtime;
  readonly asked: Omit<Parameters<Replay['items']>[0], 'filter' | 'signal'>;
  readonly selection: ChangeSelection;
  /** The first digits of the leaf hash of the last event. */
  readonly leaf: string;
  /** Milliseconds of the axis in a second. */
  readonly speed: number;
}

/** Timers overflow after 24.8 days. */
const LONGEST_PAUSE_MS = 3_600_000;

/** A replay, at a pace: `development` and `change`, each with its instant, and `end`. */
export class ReplayStream implements SseSource {
  constructor(private readonly options: ReplayStreamOptions) {}

  async follow(stream: SseStream): Promise<void> {
    const { replay, asked, selection, leaf } = this.options;
    const { ended: signal } = stream;
    const pace = new Pace(this.options.runtime, this.options.speed, asked.after?.at);
    for await (const item of replay.items({ ...asked, filter: selection.filter, signal })) {
      if ('change' in item && !selection.passes(item.change)) continue;
      await pace.until(item.at, signal);
      if (signal.aborted) return;
      await stream.write(messageOf(item, leaf));
    }
    const { axis, through, to: at } = asked;
    const end: ReplayPlace = { axis, through, at, kind: 'end', ordinal: 0, leaf };
    void stream.write(sseMessage(replayId(end), 'end', { at: formatInstant(at) }));
  }
}

function messageOf(item: ReplayItem, leaf: string): string {
  const id = replayId({ ...item, leaf });
  if ('change' in item) return sseMessage(id, 'change', { ...item.change, id });
  return sseMessage(id, 'development', { id, at: formatInstant(item.at), event: toEntry(item.event) });
}

/** The speed gives the time between two instants of the axis. */
class Pace {
  private begun: { readonly at: Instant; readonly elapsed: number } | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly speed: number,
    from: Instant | undefined,
  ) {
    if (from !== undefined) this.begin(from);
  }

  async until(at: Instant, signal: AbortSignal): Promise<void> {
    if (this.speed === Infinity) return;
    const { at: from, elapsed } = this.begun ?? this.begin(at);
    const due = elapsed + ((at - from) / this.speed) * 1_000;
    for (let wait = due - this.runtime.elapsed(); wait > 0 && !signal.aborted;) {
      await this.runtime.sleep(Math.min(wait, LONGEST_PAUSE_MS), signal);
      wait = due - this.runtime.elapsed();
    }
  }

  private begin(at: Instant): { readonly at: Instant; readonly elapsed: number } {
    return (this.begun = { at, elapsed: this.runtime.elapsed() });
  }
}
