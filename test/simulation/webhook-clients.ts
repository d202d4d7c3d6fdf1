import { pointId, START_OF_CHANGES, type ChangeOfState } from '#views';
import { messageId, newSecret, SOURCE_KINDS, type SourceKind } from '#webhooks';
import { FROM_SETTINGS } from '../../apps/server/keys/key-hook.js';
import { faultsOf } from './change-followers.js';
import type { Instance } from './instance.js';
import type { Receiver } from './receiver.js';

/** The leaf digits before the first event. */
const NO_LEAF = '00000000';

interface Hook {
  readonly id: string;
  readonly kind: SourceKind;
  /** Whether the server has answered that it is stored. */
  isStored: boolean;
}

/** The clients that registered webhooks, one for each kind, and their law: all messages come, in order, and a process that is well sends them. */
export class WebhookClients {
  private readonly hooks: Hook[] = [];

  constructor(private readonly receiver: Receiver) {}

  /** The kind that has no webhook yet. */
  get missing(): SourceKind | undefined {
    return SOURCE_KINDS.find((kind) => this.hooks.every((hook) => hook.kind !== kind));
  }

  /** Registers a webhook from the start of the log. Rejects where the file cannot be written. */
  async register(kind: SourceKind, { runtime, served }: Instance): Promise<void> {
    const hook: Hook = { id: `wh${runtime.id().replaceAll('-', '')}`, kind, isStored: false };
    this.hooks.push(hook);
    const { store, deliverer } = await served.delivery.opened();
    const after = kind === 'events' ? '0' : pointId(START_OF_CHANGES, NO_LEAF);
    await store.add(
      {
        id: hook.id,
        owner: FROM_SETTINGS.id,
        url: `https://receiver.example/${kind}`,
        kind,
        filter: {},
        server: 'http://simulated',
        description: '',
        created: runtime.now(),
        state: 'active',
        reason: '',
        version: 1,
      },
      { secret: newSecret(), after, most: 10 },
    );
    hook.isStored = true;
    deliverer.refresh();
  }

  /** Repeats all failed messages immediately, as an operator may. Rejects where the file cannot be used. */
  async resume({ served }: Instance): Promise<string[]> {
    const { store, deliverer } = await served.delivery.opened();
    const faults: string[] = [];
    for (const hook of this.hooks.splice(0)) {
      const stored = await store.change(hook.id, { state: 'active', reason: '' });
      if (stored !== undefined) this.hooks.push(hook);
      else if (hook.isStored) faults.push(`the webhook ${hook.id} was stored, and is not there`);
    }
    deliverer.refresh();
    return faults;
  }

  get isEmpty(): boolean {
    return this.hooks.length === 0;
  }

  /** Whether each webhook has brought all that is due. */
  hasAll(events: number, changes: number): boolean {
    return this.hooks.every(
      ({ id, kind }) => this.receiver.messages(id).length >= (kind === 'events' ? events : changes),
    );
  }

  /** The faults of the messages of changes, and of messages that are missing. `later` as for the readers of streams. */
  faultsOf(events: number, changes: readonly ChangeOfState[], later: readonly ChangeOfState[]): string[] {
    return this.hooks.flatMap(({ id, kind }) => {
      const messages = this.receiver.messages(id);
      const who = `the webhook ${id} of ${kind}`;
      if (kind === 'events')
        return messages.length < events ? [`${who} has brought ${messages.length} of ${events} events`] : [];
      const wrongId = messages.find((message, n) => later[n] && message.id !== messageId(id, later[n].id));
      if (wrongId) return [`${who} has brought ${wrongId.id} in a wrong place`];
      return faultsOf(
        who,
        messages.map(({ data }) => data as ChangeOfState),
        changes.length,
        later,
      );
    });
  }
}
