import { airportDisrupted } from './airspace/airport-disrupted.js';
import { emergencyDeclared } from './airspace/emergency-declared.js';
import { airspaceIncursion } from './airspace/incursion.js';
import { claimAsserted } from './claim/asserted.js';
import { claimDenied } from './claim/denied.js';
import { contextNoted } from './context/noted.js';
import { crossingClosed } from './crossing/closed.js';
import { crossingConditionsSet } from './crossing/conditions-set.js';
import { crossingConditionsSettled } from './crossing/conditions-settled.js';
import { crossingReopened } from './crossing/reopened.js';
import { crossingRestricted } from './crossing/restricted.js';
import { detentionCounted } from './detention/counted.js';
import { detentionHeld } from './detention/held.js';
import { detentionReleased } from './detention/released.js';
import type { EventType } from './development.js';
import { estimatePublished } from './estimate/published.js';
import { recordCorrected } from './record/corrected.js';
import { recordRetracted } from './record/retracted.js';
import { KINDS } from './kinds.js';
import { releaseMade } from './release/made.js';
import { sanctionsAdopted } from './sanctions/adopted.js';
import { sanctionsDecisionScheduled } from './sanctions/decision-scheduled.js';
import { sanctionsDesignated } from './sanctions/designated.js';
import { sanctionsLicensed } from './sanctions/licensed.js';
import { sanctionsLifted } from './sanctions/lifted.js';
import { sanctionsPhaseScheduled } from './sanctions/phase-scheduled.js';
import { sanctionsRenewed } from './sanctions/renewed.js';
import { statementMade } from './statement/made.js';
import { subjectRegistered } from './subject/registered.js';
import { talksChannelNoted } from './talks/channel-noted.js';
import { talksHeld } from './talks/held.js';
import { talksOffered } from './talks/offered.js';
import { talksRefused } from './talks/refused.js';
import { transitEased } from './transit/eased.js';
import { transitMoved } from './transit/moved.js';
import { transitQuotaSet } from './transit/quota-set.js';
import { transitRestricted } from './transit/restricted.js';
import { warningIssued } from './warning/issued.js';
import { warningResolved } from './warning/resolved.js';

/** Every event type, in the order of the catalogue. To add one, add its file and a line here. */
export const eventTypes: readonly EventType[] = [
  subjectRegistered,
  crossingClosed,
  crossingRestricted,
  crossingReopened,
  crossingConditionsSet,
  crossingConditionsSettled,
  transitRestricted,
  transitEased,
  transitQuotaSet,
  transitMoved,
  sanctionsAdopted,
  sanctionsRenewed,
  sanctionsLifted,
  sanctionsPhaseScheduled,
  sanctionsDesignated,
  sanctionsLicensed,
  sanctionsDecisionScheduled,
  detentionHeld,
  detentionCounted,
  detentionReleased,
  warningIssued,
  warningResolved,
  airspaceIncursion,
  airportDisrupted,
  emergencyDeclared,
  talksOffered,
  talksRefused,
  talksHeld,
  talksChannelNoted,
  claimAsserted,
  claimDenied,
  releaseMade,
  estimatePublished,
  statementMade,
  contextNoted,
  recordCorrected,
  recordRetracted,
];

/** The categories of streams: the kinds of subjects, and `record` for corrections and retractions. */
export const CATEGORIES: readonly string[] = [...KINDS, 'record'];

const byName = new Map(eventTypes.map((definition) => [definition.type, definition]));

/** Undefined where the catalogue has no such type. */
export const eventTypeNamed = (type: string): EventType | undefined => byName.get(type);

/** The class that checks data of a version; undefined where the type has no such version. */
export const dataClass = (definition: EventType, version: number): (new () => object) | undefined =>
  version === definition.version ? definition.data : definition.earlier?.[version];
