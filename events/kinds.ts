/** The kinds of subjects; each is the category of its streams. */
export const KINDS = [
  'actor',
  'area',
  'claim',
  'condition',
  'context',
  'crossing',
  'detention',
  'estimate',
  'measure',
  'release',
  'route',
  'statement',
  'talks',
  'warning',
] as const;

export type Kind = (typeof KINDS)[number];

/** The subject of a development whose data have its id in a member with the name of the category. */
const subjectBy =
  <K extends Kind>(category: K) =>
  (data: { readonly [N in K]: string }) => ({ category, id: data[category] });

export const areaSubject = subjectBy('area');
export const claimSubject = subjectBy('claim');
export const conditionSubject = subjectBy('condition');
export const contextSubject = subjectBy('context');
export const crossingSubject = subjectBy('crossing');
export const detentionSubject = subjectBy('detention');
export const estimateSubject = subjectBy('estimate');
export const measureSubject = subjectBy('measure');
export const releaseSubject = subjectBy('release');
export const routeSubject = subjectBy('route');
export const statementSubject = subjectBy('statement');
export const talksSubject = subjectBy('talks');
export const warningSubject = subjectBy('warning');
