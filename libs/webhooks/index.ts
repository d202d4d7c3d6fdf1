/**
 * Webhooks: messages of an ordered source are delivered to addresses of clients, at least once, in order, and signed by the rules of
 * Standard Webhooks (https://www.standardwebhooks.com). One file, `webhooks.db`, has the subscriptions, their secrets, and their places.
 *
 * `Deliverer` runs a `Track` for each active subscription; a track reads a `MessageSource`, and sends with the `Sender`, which waits for
 * the `RequestSemaphore` and posts through `Outbound`. `waitAfter` is the schedule of retries, `AddressRules` decides which addresses are permitted.
 *
 * `openClusterWebhooks`: the same for several instances, in the streams of a cluster (`SharedStreams`). One of the instances has the
 * `DeliveryLease`.
 */
export { AddressRules, receiverFault } from './address-rules.js';
export { openClusterWebhooks } from './cluster/open.js';
export type { SharedStreams } from './cluster/shared-streams.js';
export { Deliverer } from './deliverer.js';
export type { DelivererOptions } from './deliverer.js';
export { FileLease } from './delivery-lease.js';
export type { DeliveryLease } from './delivery-lease.js';
export { SOURCE_KINDS } from './message-source.js';
export type {
  MessagePage,
  MessageSource,
  SourceKind,
  SourceMessage,
  SourceOf,
  StoredFilter,
} from './message-source.js';
export { Outbound } from './outbound.js';
export { RequestSemaphore } from './request-semaphore.js';
export { Sender } from './sender.js';
export { newSecret } from './signing.js';
export { WebhookStore } from './sqlite/webhook-store.js';
export type { NumberedAttempt, SubscriptionChange } from './sqlite/webhook-store.js';
export { messageId } from './subscription.js';
export type {
  DeliveryAttempt,
  TrackName,
  TrackPlace,
  Subscription,
  WebhookSecret,
  WebhookState,
} from './subscription.js';
