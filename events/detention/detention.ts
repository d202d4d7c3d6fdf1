export const detentionSubject = (data: { readonly detention: string }) => ({
  category: 'detention',
  id: data.detention,
});

/** What is counted; figures in different units are never set against each other. */
export const UNITS = ['vehicle', 'truck', 'tractor', 'semi-trailer', 'wagon', 'person', 'other'] as const;
export type Unit = (typeof UNITS)[number];
