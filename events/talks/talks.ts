export const talksSubject = (data: { readonly talks: string }) => ({ category: 'talks', id: data.talks });

/** The level the talks are to be held at. */
export const LEVELS = ['leaders', 'ministers', 'officials', 'agencies'] as const;
export type Level = (typeof LEVELS)[number];
