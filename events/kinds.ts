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
