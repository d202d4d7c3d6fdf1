import { formatInstant, type InstantText, type Range } from '#time';

type Ends<N extends string> = { readonly [K in N]: InstantText } & {
  readonly [K in `${N}Earliest`]?: InstantText;
};

/** An instant of an answer: `<name>` is its latest instant, `<name>Earliest` its earliest one, absent where the instant is exact. */
export function instantMembers<const N extends string>(name: N, { earliest, latest }: Range): Ends<N> {
  const ends: Record<string, InstantText> = { [name]: formatInstant(latest) };
  if (earliest < latest) ends[`${name}Earliest`] = formatInstant(earliest);
  return ends as Ends<N>;
}
