export const talksSubject = (data: { readonly talks: string }) => ({ category: 'talks', id: data.talks });

/** The level at which the talks are meant to be held. */
export const LEVELS = ['leaders', 'ministers', 'officials', 'agencies'] as const;
export type Level = (typeof LEVELS)[number];
