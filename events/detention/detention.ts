export const detentionSubject = (data: { readonly detention: string }) => ({
  category: 'detention',
  id: data.detention,
});

/** The units of counts; figures in different units are never compared. */
export const UNITS = ['vehicle', 'truck', 'tractor', 'semi-trailer', 'wagon', 'person', 'other'] as const;
export type Unit = (typeof UNITS)[number];
