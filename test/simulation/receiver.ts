import type { Runtime } from '#runtime';
import { Outbound } from '#webhooks';
import type { Chance } from '../support/chance.js';
import type { Model } from './model.js';

type Reply = Awaited<ReturnType<Outbound['post']>>;

/** The answers of a receiver that fails, with their weights. In `lost` and `silent` it has taken the message. */
const FAILURES = { refused: 2, error: 3, busy: 1, lost: 2, silent: 1, gone: 0.2 } as const;
type Answering = keyof typeof FAILURES | 'taken';
const TAKING: readonly Answering[] = ['taken', 'lost', 'silent', 'error', 'busy'];

/** Milliseconds until a request without an answer fails. */
const SILENCE_MS = 15_000;

/** A message as the receiver got it. */
export interface ReceivedMessage {
  readonly id: string;
  readonly data: unknown;
}

/**
 * The receiver of all webhooks, which fails at random. The delivery is real except for the network: `Outbound.post` is replaced until `release`.
 * It checks that each webhook brings its messages in order, from the first: only the last message may come again.
 */
export class Receiver {
  /** The share of the requests that fail. */
  failing = 0.25;
  readonly faults: string[] = [];
  private readonly got = new Map<string, ReceivedMessage[]>();

  constructor(
    private readonly chance: Chance,
    private readonly model: Model,
  ) {
    replacePost((runtime, headers, body, ended) => this.post(runtime, headers, body, ended));
  }

  /** The messages of a webhook, each once, in the order in which they came. */
  messages(webhook: string): readonly ReceivedMessage[] {
    return this.got.get(webhook) ?? [];
  }

  release(): void {
    replacePost(undefined);
  }

  private async post(
    runtime: Runtime,
    headers: Readonly<Record<string, string>>,
    body: string,
    ended: AbortSignal,
  ): Promise<Reply> {
    const { chance } = this;
    const answering: Answering = chance.is(this.failing) ? chance.weighed(FAILURES) : 'taken';
    if (chance.is(0.2)) await runtime.sleep(chance.of([5, 200]), ended);
    if (ended.aborted) return { kind: 'ended' };
    if (TAKING.includes(answering)) this.take(headers['webhook-id'] ?? '', body);
    const wait = answering === 'silent' ? SILENCE_MS : chance.of([0, 0, 0, 0, 5, 200]);
    if (wait > 0) await runtime.sleep(wait, ended);
    if (ended.aborted) return { kind: 'ended' };
    switch (answering) {
      case 'taken':
        return answer(204);
      case 'error':
        return answer(500);
      case 'busy':
        return answer(503, { 'retry-after': '7' });
      case 'gone':
        return answer(410);
      default:
        return { kind: 'failed', reason: answering };
    }
  }

  private take(id: string, body: string): void {
    const [webhook = '', position = ''] = id.split(/_(.*)/s);
    const messages = this.got.get(webhook) ?? [];
    this.got.set(webhook, messages);
    if (messages.at(-1)?.id === id) return;
    if (messages.some((message) => message.id === id)) this.faults.push(`the webhook ${id} came again, late`);
    const event = JSON.parse(body) as { readonly id: string; readonly type: string; readonly data: unknown };
    messages.push({ id, data: event.data });
    if (event.type === 'borderline.change') return;
    const due = this.model.events[messages.length - 1];
    const isDue = Number.parseInt(position) === messages.length && (due === undefined || due.id === event.id);
    if (!isDue) this.faults.push(`the webhook ${id} came where @${messages.length} is due`);
  }
}

const answer = (status: number, headers: Readonly<Record<string, string>> = {}): Reply => ({
  kind: 'answered',
  status,
  headers,
  body: Buffer.alloc(0),
});

type Posting = (
  runtime: Runtime,
  headers: Readonly<Record<string, string>>,
  body: string,
  ended: AbortSignal,
) => Promise<Reply>;

// eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back
const { post } = Outbound.prototype;

function replacePost(posting: Posting | undefined): void {
  Outbound.prototype.post =
    posting === undefined
      ? post
      : function (this: Outbound, _url, headers, body, ended) {
          const { runtime } = (this as unknown as { readonly options: { readonly runtime: Runtime } })
            .options;
          return posting(runtime, headers, body, ended);
        };
}
