import type { InstantText } from '#time';
import type { Because } from '#timeline';
import type {
  Area,
  AreaPiece,
  Claim,
  ClaimPiece,
  Condition,
  ConditionStatus,
  Crossing,
  CrossingStatus,
  Detention,
  DetentionPiece,
  Estimate,
  EstimatePiece,
  Measure,
  MeasureStatus,
  Release,
  ReleasePiece,
  StateChange,
  Status,
  Talks,
  TalksPiece,
  Topic,
  TopicPiece,
  TransitPiece,
  TransitRoute,
  ViewName,
  Warning,
  WarningStatus,
  WholeNumber,
} from '#views';
import type { Basis, WithBasis } from '../reading/basis.js';

interface List<I> extends WithBasis {
  /**
   * The address of the next page, with the basis of this page; absent where there are no more items.
   * @format uri-reference
   */
  readonly next?: string;
  /** By id. */
  readonly items: readonly I[];
}

interface Timeline<S> extends WithBasis {
  /** In the order of time; a range without any report is left out. */
  readonly segments: readonly S[];
}

/** A part of a timeline in which nothing changes. */
interface SegmentBounds {
  /** Null: from the beginning. */
  readonly from: InstantText | null;
  /** Exclusive; null: without end. */
  readonly to: InstantText | null;
  /**
   * The ids of the events that it rests on.
   * @minItems 1
   */
  readonly because: Because;
}

/** The crossings that pass the filters. */
export interface CrossingList extends List<Crossing> {}
/** A stretch of the timeline of a crossing. */
export interface CrossingSegment extends SegmentBounds, Status<CrossingStatus> {}
/** How a crossing changed. */
export interface CrossingTimeline extends Timeline<CrossingSegment> {}

/** The transit routes that pass the filters. */
export interface TransitRouteList extends List<TransitRoute> {}
/** A stretch of the timeline of a transit route. */
export interface TransitSegment extends SegmentBounds, TransitPiece {}
/** How a transit route changed. */
export interface TransitRouteTimeline extends Timeline<TransitSegment> {}

/** The sanctions measures that pass the filters. */
export interface MeasureList extends List<Measure> {}
/** A stretch of the timeline of a sanctions measure. */
export interface MeasureSegment extends SegmentBounds, Status<MeasureStatus> {}
/** How a sanctions measure changed. */
export interface MeasureTimeline extends Timeline<MeasureSegment> {}

/** The detentions that pass the filters. */
export interface DetentionList extends List<Detention> {}
/** A stretch of the timeline of a detention. */
export interface DetentionSegment extends SegmentBounds, DetentionPiece {}
/** How a detention changed. */
export interface DetentionTimeline extends Timeline<DetentionSegment> {}

/** The warnings that pass the filters. */
export interface WarningList extends List<Warning> {}
/** A stretch of the timeline of a warning. */
export interface WarningSegment extends SegmentBounds, Status<WarningStatus> {}
/** How a warning changed. */
export interface WarningTimeline extends Timeline<WarningSegment> {}

/** The conditions that pass the filters. */
export interface ConditionList extends List<Condition> {}
/** A stretch of the timeline of a condition. */
export interface ConditionSegment extends SegmentBounds, Status<ConditionStatus> {}
/** How a condition changed. */
export interface ConditionTimeline extends Timeline<ConditionSegment> {}

/** The talks that pass the filters. */
export interface TalksList extends List<Talks> {}
/** A stretch of the timeline of talks. */
export interface TalksSegment extends SegmentBounds, TalksPiece {}
/** How talks changed. */
export interface TalksTimeline extends Timeline<TalksSegment> {}

/** The airports and airspaces that pass the filters. */
export interface AreaList extends List<Area> {}
/** A stretch of the timeline of an airport or airspace. */
export interface AreaSegment extends SegmentBounds, AreaPiece {}
/** How an airport or airspace changed. */
export interface AreaTimeline extends Timeline<AreaSegment> {}

/** The claims that pass the filters. */
export interface ClaimList extends List<Claim> {}
/** A stretch of the timeline of a claim. */
export interface ClaimSegment extends SegmentBounds, ClaimPiece {}
/** How a claim changed. */
export interface ClaimTimeline extends Timeline<ClaimSegment> {}

/** The releases of prisoners that pass the filters. */
export interface ReleaseList extends List<Release> {}
/** A stretch of the timeline of a release of prisoners. */
export interface ReleaseSegment extends SegmentBounds, ReleasePiece {}
/** How a release of prisoners changed. */
export interface ReleaseTimeline extends Timeline<ReleaseSegment> {}

/** The estimates that pass the filters. */
export interface EstimateList extends List<Estimate> {}
/** A stretch of the timeline of an estimate. */
export interface EstimateSegment extends SegmentBounds, EstimatePiece {}
/** How an estimate changed. */
export interface EstimateTimeline extends Timeline<EstimateSegment> {}

/** The topics of statements that pass the filters. */
export interface TopicList extends List<Topic> {}
/** A stretch of the timeline of a topic of statements. */
export interface TopicSegment extends SegmentBounds, TopicPiece {}
/** How a topic of statements changed. */
export interface TopicTimeline extends Timeline<TopicSegment> {}

/** The items of every view. */
interface ItemsOfViews {
  readonly crossings: readonly Crossing[];
  readonly transit: readonly TransitRoute[];
  readonly sanctions: readonly Measure[];
  readonly detentions: readonly Detention[];
  readonly warnings: readonly Warning[];
  readonly conditions: readonly Condition[];
  readonly talks: readonly Talks[];
  readonly airspace: readonly Area[];
  readonly claims: readonly Claim[];
  readonly releases: readonly Release[];
  readonly estimates: readonly Estimate[];
  readonly statements: readonly Topic[];
}

/** The component of the API's description that is an item of the view; its list and its timeline are named after it. */
export const ITEM_COMPONENTS = {
  crossings: 'Crossing',
  transit: 'TransitRoute',
  sanctions: 'Measure',
  detentions: 'Detention',
  warnings: 'Warning',
  conditions: 'Condition',
  talks: 'Talks',
  airspace: 'Area',
  claims: 'Claim',
  releases: 'Release',
  estimates: 'Estimate',
  statements: 'Topic',
} as const satisfies Record<ViewName, string>;

/** The state of everything: the items of every view. */
export interface StateAnswer extends WithBasis, ItemsOfViews {
  /** How many items each view has: in `total`, and of each status or verdict. */
  readonly counts: Readonly<Record<ViewName, Readonly<Record<string, WholeNumber>>>>;
}

/** The differences between two states. */
export interface Difference {
  readonly basis: { readonly from: Basis; readonly to: Basis };
  /** In the order of view, subject and aspect. */
  readonly changes: readonly StateChange[];
}

/** The number of items of a view at the end of a day. */
export interface SeriesPoint {
  /** The day, in the zone of the basis. */
  readonly date: string;
  /** Its last millisecond. */
  readonly at: InstantText;
  readonly total: WholeNumber;
  /** The number of items whose status is not certain. */
  readonly uncertain: WholeNumber;
  /** The number of items with each status; it has every status of the series. */
  readonly counts: Readonly<Record<string, WholeNumber>>;
}

/** The number of items of a view over time. */
export interface Series extends WithBasis {
  readonly view: ViewName;
  readonly items: readonly SeriesPoint[];
}

/** A range of known time. */
interface KnownStretch {
  /** The report that begins it. */
  readonly from: InstantText;
  /** The report that ends it, exclusive. Null: no later report has changed it. */
  readonly to: InstantText | null;
}

/** A range of valid time. */
interface ValidStretch {
  /** Null: from the beginning. */
  readonly from: InstantText | null;
  /** Exclusive; null: without end. */
  readonly to: InstantText | null;
}

/** One answer about a subject, over a range of valid time, as known over a range of known time. It equals the timeline as known then. */
export interface PlaneCell {
  readonly known: KnownStretch;
  readonly valid: ValidStretch;
  /** In views whose items have a status. */
  readonly status?: string;
  /** The other members of the timeline of the view, in the same form as there. */
  readonly value?: unknown;
  /** Whether it is the same in every possible world. */
  readonly certain: boolean;
  /** Every possible status or value, where it is not certain. */
  readonly possible?: readonly unknown[];
  /** Only claimed: it rests on no act or observation. */
  readonly claimed?: true;
  /**
   * The ids of the events that it rests on.
   * @minItems 1
   */
  readonly because: Because;
}

/** All answers about a subject, at every valid and every known time. */
export interface Plane {
  readonly id: string;
  /** In the order of known, then of valid time. They do not overlap; where there is no cell, there is no report. */
  readonly cells: readonly PlaneCell[];
}

/** The states of some subjects of a view at every valid and every known time. */
export interface Planes extends WithBasis {
  /**
   * The address of the next page, with the basis of this page; absent where there are no more subjects.
   * @format uri-reference
   */
  readonly next?: string;
  readonly view: ViewName;
  /** By id. A subject without any report in the rectangles is left out. */
  readonly items: readonly Plane[];
}
