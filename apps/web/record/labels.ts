import { words } from '../words/index.js';

/** A member of the data in words, with the names of the members around it: `How many: At least`. */
export function labelOf(path: readonly string[]): string {
  const { value: w } = words;
  return path.map((name) => w.members[name] ?? ENVELOPE[name]?.() ?? name).join(': ');
}

/** The labels of the members that every report has. */
const ENVELOPE: Readonly<Record<string, () => string>> = {
  occurred: () => words.value.record.occurred,
  until: () => words.value.record.until,
  reportedAt: () => words.value.record.reportedAt,
  publisher: () => words.value.record.publisher,
  title: () => words.value.record.sourceTitle,
  url: () => words.value.record.url,
  quote: () => words.value.record.quote,
  claimant: () => words.value.record.claimant,
  standing: () => words.value.record.standing,
  reliability: () => words.value.record.reliability,
};

/** A word of a closed set in the language of the page. */
export function choiceWords(choice: string): string {
  const { value: w } = words;
  return (
    [w.choices, w.mode, w.units, w.levels, w.states, w.qualifiers].find((one) => choice in one)?.[choice] ??
    choice
  );
}
