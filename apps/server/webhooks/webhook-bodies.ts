import { Faults, isObject, pointerToken, type JsonFault } from '#json';
import type { AddressRules, SourceKind, StoredFilter } from '#webhooks';
import { CHANGE_FILTER } from '../changes/change-selection.js';
import { FILTER } from '../events/event-filter.js';
import { Problem } from '../problems/problem.js';
import { parsed, type ParameterTable } from '../reading/parameters.js';

/** A member of a filter: a text with commas, as the parameter of the stream, or a list of texts. */
export type FilterMember = string | readonly string[];

/** Selects events. The members are parameters of `/v1/events/stream`. Empty: all events. */
export interface EventFilterToSend {
  /** Event types, or families of them (`crossing.*`). */
  readonly type?: FilterMember;
  /** Ids, or streams. */
  readonly subject?: FilterMember;
  readonly category?: FilterMember;
  /** Ids of actors. */
  readonly claimant?: FilterMember;
}

/** Selects changes of state. The members are parameters of `/v1/changes/stream`. Empty: all changes. */
export interface ChangeFilterToSend {
  readonly view?: FilterMember;
  /** Ids of items. */
  readonly subject?: FilterMember;
  /** The two countries of crossings: `LT-BY`. */
  readonly border?: FilterMember;
  /** An aspect includes the aspects below it. */
  readonly aspect?: FilterMember;
}

/** A webhook to register: for events or for changes. */
export interface WebhookToCreate {
  /**
   * The address for messages: `https`, without a user. The settings of the server may allow more.
   * @format uri
   * @maxLength 2000
   */
  readonly url: string;
  readonly events?: EventFilterToSend;
  readonly changes?: ChangeFilterToSend;
  /** The place to begin, as `after` of that stream: `end` (default), `start`, a place in it, an instant or a date. */
  readonly after?: string;
  /** @maxLength 500 */
  readonly description?: string;
}

/** The changes of a webhook. */
export interface WebhookToChange {
  /** `false` also ends other states than `paused`: a failed message is sent again immediately. */
  readonly paused?: boolean;
  /**
   * @format uri
   * @maxLength 2000
   */
  readonly url?: string;
  /** @maxLength 500 */
  readonly description?: string;
}

/** The options of a rotation. */
export interface SecretRotation {
  /**
   * Seconds for which the earlier secrets sign too; default: a day. Use 0 where others know an earlier secret.
   * @asType integer
   * @minimum 0
   * @maximum 604800
   */
  readonly overlap?: number;
}

/** The messages to send again. */
export interface RedeliveryToStart {
  /** The place after which the messages begin, as `after` of the stream. */
  readonly after: string;
}

/** The message to skip. */
export interface MessageToSkip {
  /** Its `webhook-id`. It must name the failing message, so that a repeated request skips no other message. */
  readonly message: string;
}

const LONGEST_DESCRIPTION = 500;
const LONGEST_FILTER = 10_000;
const LONGEST_AFTER = 100;
const DAY_SECONDS = 86_400;
const LONGEST_OVERLAP = 7 * DAY_SECONDS;

/** The parameters by which each kind is filtered: the parameters of its stream. */
const FILTERS = { events: FILTER, changes: CHANGE_FILTER } as const satisfies Record<
  SourceKind,
  ParameterTable
>;
const KINDS = Object.keys(FILTERS) as SourceKind[];

/** The rules for the address of a receiver. */
export interface BodyContext {
  readonly zone: string;
  readonly rules: AddressRules;
  /** `receiverFault` of the library, which is loaded late. */
  readonly receiverFault: (text: unknown, rules: AddressRules) => string | undefined;
}

export interface ReadWebhook {
  readonly url: string;
  readonly kind: SourceKind;
  readonly filter: StoredFilter;
  readonly after: string;
  readonly description: string;
}

/** Each function throws Problem `malformed-body`, `invalid-webhook`, with all faults. */
export function webhookIn(body: unknown, context: BodyContext): ReadWebhook {
  const sent = new Members(body, ['url', ...KINDS, 'after', 'description']);
  const url = sent.url(context);
  const after = sent.after('end');
  const description = sent.text('description', LONGEST_DESCRIPTION) ?? '';
  const kinds = KINDS.filter((kind) => sent.has(kind));
  const [kind = 'events'] = kinds;
  if (kinds.length !== 1) sent.fault('', `must have ${KINDS.map((name) => `\`${name}\``).join(' or ')}`);
  const filter = kinds.length === 1 ? sent.filter(kind, context.zone) : {};
  sent.assertSound();
  return { url: url ?? '', kind, filter, after, description };
}

export function changeIn(body: unknown, context: BodyContext): WebhookToChange {
  const sent = new Members(body, ['paused', 'url', 'description']);
  const url = sent.has('url') ? sent.url(context) : undefined;
  const description = sent.text('description', LONGEST_DESCRIPTION);
  const paused = sent.flag('paused');
  sent.assertSound();
  return {
    ...(paused !== undefined && { paused }),
    ...(url !== undefined && { url }),
    ...(description !== undefined && { description }),
  };
}

/** Seconds. */
export function overlapIn(body: unknown): number {
  const sent = new Members(body ?? {}, ['overlap']);
  const overlap = sent.whole('overlap', LONGEST_OVERLAP);
  sent.assertSound();
  return overlap ?? DAY_SECONDS;
}

export function redeliveryIn(body: unknown): RedeliveryToStart {
  const sent = new Members(body, ['after']);
  const after = sent.after(undefined);
  sent.assertSound();
  return { after };
}

export function skippedIn(body: unknown): MessageToSkip {
  const sent = new Members(body, ['message']);
  const message = sent.needed('message', 200);
  sent.assertSound();
  return { message };
}

/** The members of a body, each read once, with the faults that were found. */
class Members {
  private readonly members: Readonly<Record<string, unknown>>;
  private readonly faults = new Faults();

  constructor(body: unknown, known: readonly string[]) {
    if (!isObject(body)) throw new Problem('malformed-body', 'The body must be a JSON object.');
    this.members = body;
    this.refuseOthers(body, known, '');
  }

  has(name: string): boolean {
    return this.members[name] !== undefined;
  }

  fault(pointer: string, detail: string): void {
    this.faults.add(pointer, detail);
  }

  assertSound(): void {
    const { all } = this.faults;
    const [first] = all;
    if (!first) return;
    throw invalidWebhook(all);
  }

  text(name: string, most: number): string | undefined {
    const value = this.members[name];
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value.length <= most && !/\p{Cc}/u.test(value)) return value;
    this.fault(`/${name}`, `must be text of at most ${most} characters, without control characters`);
    return undefined;
  }

  needed(name: string, most: number): string {
    if (!this.has(name)) this.fault(`/${name}`, 'is missing');
    return this.text(name, most) ?? '';
  }

  after(otherwise: string | undefined): string {
    return otherwise !== undefined && !this.has('after') ? otherwise : this.needed('after', LONGEST_AFTER);
  }

  url({ rules, receiverFault }: BodyContext): string | undefined {
    const value = this.members['url'];
    const fault = value === undefined ? 'is missing' : receiverFault(value, rules);
    if (fault === undefined) return new URL(String(value)).href;
    this.fault('/url', fault);
    return undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.members[name];
    if (value === undefined || typeof value === 'boolean') return value;
    this.fault(`/${name}`, 'must be true or false');
    return undefined;
  }

  whole(name: string, most: number): number | undefined {
    const value = this.members[name];
    if (value === undefined) return undefined;
    if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most) return Number(value);
    this.fault(`/${name}`, `must be a whole number from 0 to ${most}`);
    return undefined;
  }

  /** Reads the filter as the stream reads its query, so that both select the same messages. */
  filter(kind: SourceKind, zone: string): StoredFilter {
    const sent = this.members[kind];
    if (!isObject(sent)) {
      this.fault(`/${kind}`, 'must be an object: the parameters of the stream; empty for all');
      return {};
    }
    const table: ParameterTable = FILTERS[kind];
    this.refuseOthers(sent, Object.keys(table), `/${kind}`);
    const filter: Record<string, string> = {};
    for (const name of Object.keys(table)) {
      const value = sent[name];
      if (value === undefined) continue;
      const text = textOf(value);
      if (text === undefined)
        this.fault(`/${kind}/${name}`, 'must be text, or a list of texts without commas');
      else if (this.fits(table, { [name]: text }, kind, zone)) filter[name] = text;
    }
    return filter;
  }

  private fits(table: ParameterTable, query: StoredFilter, kind: SourceKind, zone: string): boolean {
    try {
      parsed(table, query, zone);
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      for (const { parameter = '', detail } of error.more.errors ?? [])
        this.fault(`/${kind}/${parameter}`, detail);
      return false;
    }
  }

  private refuseOthers(members: object, known: readonly string[], at: string): void {
    for (const name of Object.keys(members)) {
      if (!known.includes(name))
        this.fault(`${at}${pointerToken(name)}`, `is not a member here; the members are ${known.join(', ')}`);
    }
  }
}

export function invalidWebhook(faults: readonly JsonFault[]): Problem {
  const [{ pointer, detail } = { pointer: '', detail: 'has faults' }] = faults;
  const said = `The body is not valid: ${pointer === '' ? 'it' : pointer} ${detail.replace(/\.$/, '')}.`;
  return new Problem('invalid-webhook', said, { errors: faults });
}

function textOf(value: unknown): string | undefined {
  const isList = Array.isArray(value) && value.length > 0;
  const members: unknown[] = isList ? value : [value];
  const isGood = members.every((member) => typeof member === 'string' && !(isList && member.includes(',')));
  const text = members.join();
  return isGood && text.length <= LONGEST_FILTER ? text : undefined;
}
