import type {
  Area,
  ChangeOfState,
  Claim,
  Condition,
  Crossing,
  Detention,
  Estimate,
  Measure,
  Release,
  Talks,
  Topic,
  TransitRoute,
  Warning,
} from '#views';
import type { CloudEvent } from '#data-folder';
import type { ConsistencyProof, InclusionProof } from '../audit/answers.js';
import type { ChangeList } from '../changes/change-reader.js';
import type { DryRunAnswer, RecordedAnswer } from '../developments/answers.js';
import type { EventDetails, EventList } from '../events/find-events.js';
import type { ExplanationAnswer } from '../explain/read-explanation.js';
import type { HistoryAnswer } from '../explain/read-history.js';
import type { JsonFeed } from '../feeds/feed.js';
import type { LiveAnswer, ReadyAnswer } from '../health/readiness.js';
import type { ProblemDetails } from '../problems/problem.js';
import type { WithBasis } from '../reading/basis.js';
import type { ReceiptRequest } from '../receipts/receipt-question.js';
import type { IssuedReceipt, ReceiptToVerify, VerifiedReceipt } from '../receipts/receipts.js';
import type { SchemaList } from '../schemas/schema-list.js';
import type * as state from '../state/answers.js';
import type { NextChanges } from '../state/coming-next.js';
import type { MeantTime } from '../times/meant-time.js';
import type * as webhooks from '../webhooks/webhook-answers.js';
import type * as webhookBodies from '../webhooks/webhook-bodies.js';

/**
 * The types of the bodies and answers of the API. `npm run schemas` makes a component of the API's description from each of them, and from
 * every exported type within them, under the name of the type. The schemas of events' data come from their classes.
 */
export interface Components {
  readonly JsonFeed: JsonFeed;
  readonly LiveAnswer: LiveAnswer;
  readonly ReadyAnswer: ReadyAnswer;
  readonly ProblemDetails: ProblemDetails;
  readonly WithBasis: WithBasis;
  readonly Crossing: Crossing;
  readonly CrossingList: state.CrossingList;
  readonly CrossingTimeline: state.CrossingTimeline;
  readonly TransitRoute: TransitRoute;
  readonly TransitRouteList: state.TransitRouteList;
  readonly TransitRouteTimeline: state.TransitRouteTimeline;
  readonly Measure: Measure;
  readonly MeasureList: state.MeasureList;
  readonly MeasureTimeline: state.MeasureTimeline;
  readonly Detention: Detention;
  readonly DetentionList: state.DetentionList;
  readonly DetentionTimeline: state.DetentionTimeline;
  readonly Warning: Warning;
  readonly WarningList: state.WarningList;
  readonly WarningTimeline: state.WarningTimeline;
  readonly Condition: Condition;
  readonly ConditionList: state.ConditionList;
  readonly ConditionTimeline: state.ConditionTimeline;
  readonly Talks: Talks;
  readonly TalksList: state.TalksList;
  readonly TalksTimeline: state.TalksTimeline;
  readonly Area: Area;
  readonly AreaList: state.AreaList;
  readonly AreaTimeline: state.AreaTimeline;
  readonly Claim: Claim;
  readonly ClaimList: state.ClaimList;
  readonly ClaimTimeline: state.ClaimTimeline;
  readonly Release: Release;
  readonly ReleaseList: state.ReleaseList;
  readonly ReleaseTimeline: state.ReleaseTimeline;
  readonly Estimate: Estimate;
  readonly EstimateList: state.EstimateList;
  readonly EstimateTimeline: state.EstimateTimeline;
  readonly Topic: Topic;
  readonly TopicList: state.TopicList;
  readonly TopicTimeline: state.TopicTimeline;
  readonly StateAnswer: state.StateAnswer;
  readonly Difference: state.Difference;
  readonly Series: state.Series;
  readonly NextChanges: NextChanges;
  readonly Planes: state.Planes;
  readonly ChangeOfState: ChangeOfState;
  readonly ChangeList: ChangeList;
  readonly EventList: EventList;
  readonly CloudEvent: CloudEvent;
  readonly SchemaList: SchemaList;
  readonly EventDetails: EventDetails;
  readonly RecordedAnswer: RecordedAnswer;
  readonly DryRunAnswer: DryRunAnswer;
  readonly ExplanationAnswer: ExplanationAnswer;
  readonly HistoryAnswer: HistoryAnswer;
  readonly InclusionProof: InclusionProof;
  readonly ConsistencyProof: ConsistencyProof;
  readonly ReceiptRequest: ReceiptRequest;
  readonly IssuedReceipt: IssuedReceipt;
  readonly ReceiptToVerify: ReceiptToVerify;
  readonly VerifiedReceipt: VerifiedReceipt;
  readonly MeantTime: MeantTime;
  readonly Webhook: webhooks.Webhook;
  readonly WebhookWithSecret: webhooks.WebhookWithSecret;
  readonly WebhookList: webhooks.WebhookList;
  readonly Delivery: webhooks.Delivery;
  readonly DeliveryList: webhooks.DeliveryList;
  readonly WebhookToCreate: webhookBodies.WebhookToCreate;
  readonly WebhookToChange: webhookBodies.WebhookToChange;
  readonly SecretRotation: webhookBodies.SecretRotation;
  readonly RedeliveryToStart: webhookBodies.RedeliveryToStart;
  readonly MessageToSkip: webhookBodies.MessageToSkip;
}

/** The component of that name. */
export const ref = (name: keyof Components): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });
