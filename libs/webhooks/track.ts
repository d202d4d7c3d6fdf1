import type { Runtime } from '#runtime';
import type { DeliveryLease } from './delivery-lease.js';
import type { MessageSource, SourceMessage, SourceOf } from './message-source.js';
import { LONGEST_WAIT, waitAfter } from './retry-waits.js';
import type { Sender, SentMessage } from './sender.js';
import {
  messageId,
  withoutOwner,
  type DeliveryAttempt,
  type TrackName,
  type TrackPlace,
  type Subscription,
  type WebhookState,
} from './subscription.js';
import type { WebhookStore } from './sqlite/webhook-store.js';

/** The longest sleep, in milliseconds: somebody may set the clock meanwhile. */
const LONGEST_SLEEP = 30_000;
/** The interval at which a place that moves without a delivery is stored, in milliseconds. */
const KEEP_MS = 15_000;

const GONE = 410;

export interface TrackTools {
  readonly store: WebhookStore;
  readonly sender: Sender;
  readonly sourceOf: SourceOf;
  readonly runtime: Runtime;
  readonly lease: DeliveryLease;
  /** Whether the owner still has the right to the messages. */
  readonly isEntitled: (owner: string) => boolean;
  /** Its abort ends requests under way. */
  readonly hardStop: AbortSignal;
  readonly onAttempt: (attempt: DeliveryAttempt) => void;
  readonly onState: (subscription: Subscription, state: WebhookState, reason: string) => void;
}

/**
 * Delivers the messages of one track of a subscription, one after another: the next is sent when the receiver has answered 2xx and the place is
 * on disk. A message that fails is sent again, with the same id, after longer and longer waits; in the end the track gives up, and keeps its
 * place.
 */
export class Track {
  private keptAt: number;

  constructor(
    private readonly subscription: Subscription,
    private readonly name: TrackName,
    private readonly tools: TrackTools,
  ) {
    this.keptAt = tools.runtime.elapsed();
  }

  /**
   * Resolves when the track has ended or given up, or the signal is aborted or the lease is not held, and no request is under way. Rejects where the
   * disk, the cluster or the source fails.
   */
  async run(signal: AbortSignal): Promise<void> {
    const place = this.tools.store.place(this.subscription.id, this.name);
    if (!place || place.hasGivenUp) return;
    const source = await this.open(place);
    if (!source) return;
    if (!(await source.has(place.after, signal))) {
      if (!signal.aborted) await this.giveUp(place, `this log does not have the place ${place.after}`);
      return;
    }
    await this.deliverAll(source, place, signal);
  }

  private async deliverAll(source: MessageSource, from: TrackPlace, signal: AbortSignal): Promise<void> {
    const { until } = from;
    let place = from;
    let through = place.after;
    let ready: readonly SourceMessage[] = [];
    while (!signal.aborted) {
      const [message, ...rest] = ready;
      if (message) {
        const next = await this.deliver(message, place, signal);
        if (!next) return;
        place = next;
        // A failed message is read again when it is due: no message stays in memory for days.
        ready = place.after === message.position ? rest : [];
        if (place.after !== message.position) through = place.after;
        await this.untilDue(place.due, signal);
        continue;
      }
      const isOver = until !== undefined && source.compare(through, until) >= 0;
      if (isOver) return this.settle(place, { place: undefined });
      const page = await source.after(through, signal);
      ready = page.messages.filter(
        ({ position }) => until === undefined || source.compare(position, until) <= 0,
      );
      if (ready.length === 0) place = await this.keep(place, page.through);
      if (page.through === through) await source.more(through, signal);
      through = page.through;
    }
  }

  private async open(place: TrackPlace): Promise<MessageSource | undefined> {
    try {
      return this.tools.sourceOf(this.subscription);
    } catch (error) {
      await this.giveUp(place, `its filter cannot be read: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** The new state of the track; undefined where it stops for now. */
  private async deliver(
    { position, body }: SourceMessage,
    place: TrackPlace,
    signal: AbortSignal,
  ): Promise<TrackPlace | undefined> {
    const { sender, isEntitled, hardStop, lease } = this.tools;
    const { id, owner } = this.subscription;
    await this.untilDue(place.due, signal);
    if (signal.aborted || !lease.isHeld) return undefined;
    if (!isEntitled(owner)) {
      await this.become(place, 'paused', withoutOwner(owner));
      return undefined;
    }
    const sent = await sender.send(
      this.subscription,
      { track: this.name, message: messageId(id, position), attempt: place.failures + 1, body: body() },
      { waiting: signal, hardStop, hasFailed: place.failures > 0 },
    );
    if (!sent) return undefined;
    this.tools.onAttempt(sent.attempt);
    return sent.attempt.delivered
      ? this.delivered(position, place, sent)
      : this.failed(position, place, sent);
  }

  private async delivered(position: string, from: TrackPlace, { attempt }: SentMessage): Promise<TrackPlace> {
    const { until } = from;
    const place = { after: position, ...(until !== undefined && { until }), ...UNTROUBLED };
    await this.settle(from, { place, attempt });
    return place;
  }

  private async failed(
    head: string,
    from: TrackPlace,
    { attempt, asked }: SentMessage,
  ): Promise<TrackPlace | undefined> {
    const { runtime } = this.tools;
    const { at, failure: reason = '', status } = attempt;
    const failures = from.failures + 1;
    const { due: _, ...rest } = from;
    const failing = { ...rest, head, failures, failingSince: from.failingSince ?? at, reason };
    if (status === GONE) {
      const becomes = { state: 'gone', reason: 'the receiver answered 410' } as const;
      await this.settle(from, { place: { ...failing, hasGivenUp: this.name !== 'live' }, attempt, becomes });
      this.tools.onState(this.subscription, becomes.state, becomes.reason);
      return undefined;
    }
    const wait = waitAfter(failures, runtime.random(), asked);
    if (wait === undefined) {
      const since = new Date(failing.failingSince).toISOString();
      await this.giveUp(
        from,
        `not delivered since ${since}, in ${failures} attempts: ${reason}`,
        failing,
        attempt,
      );
      return undefined;
    }
    const place = { ...failing, due: runtime.now() + wait };
    await this.settle(from, { place, attempt });
    return place;
  }

  private async giveUp(
    from: TrackPlace,
    reason: string,
    place: TrackPlace = from,
    attempt?: DeliveryAttempt,
  ): Promise<void> {
    const noted = attempt ? { attempt } : {};
    if (this.name !== 'live') {
      await this.settle(from, { place: { ...place, reason, hasGivenUp: true }, ...noted });
      return;
    }
    await this.settle(from, { place, ...noted, becomes: { state: 'parked', reason } });
    this.tools.onState(this.subscription, 'parked', reason);
  }

  private async become(place: TrackPlace, state: WebhookState, reason: string): Promise<void> {
    await this.settle(place, { place, becomes: { state, reason } });
    this.tools.onState(this.subscription, state, reason);
  }

  private async keep(place: TrackPlace, after: string): Promise<TrackPlace> {
    const { runtime } = this.tools;
    if (after === place.after || runtime.elapsed() - this.keptAt < KEEP_MS) return place;
    this.keptAt = runtime.elapsed();
    const moved = { ...place, after };
    await this.settle(place, { place: moved });
    return moved;
  }

  private settle(from: TrackPlace, outcome: Parameters<WebhookStore['settle']>[3]): Promise<void> {
    return this.tools.store.settle(this.subscription.id, this.name, from, outcome);
  }

  private async untilDue(due: number | undefined, signal: AbortSignal): Promise<void> {
    const { runtime } = this.tools;
    while (due !== undefined && !signal.aborted) {
      const left = due - runtime.now();
      if (left <= 0 || left > LONGEST_WAIT) return;
      await runtime.sleep(Math.min(left, LONGEST_SLEEP), signal);
    }
  }
}

const UNTROUBLED = { failures: 0, reason: '', hasGivenUp: false } as const;
