/** The types of the answers of the API. They are the types of the server itself, so no answer is described twice. */
import type { Components } from '../server/docs/components.js';

export type Crossing = Components['Crossing'];
export type CrossingList = Components['CrossingList'];
export type StateOfAll = Components['StateAnswer'];
export type EventPageAnswer = Components['EventList'];
export type Entry = Components['EventList']['items'][number];
export type ProblemAnswer = Components['ProblemDetails'];
export type BasisAnswer = CrossingList['basis'];
export type CrossingState = Crossing['status'];
export type Difference = Components['Difference'];
export type Changed = Difference['changes'][number];
export type PlanesAnswer = Components['Planes'];
export type PlaneCellAnswer = PlanesAnswer['items'][number]['cells'][number];
export type EntryDetails = Components['EventDetails'];
export type DryRun = Components['DryRunAnswer'];
export type Recorded = Components['RecordedAnswer'];
export type ExplanationAnswer = Components['ExplanationAnswer'];
export type Weighed = ExplanationAnswer['effects'][number];
export type SeriesAnswer = Components['Series'];
