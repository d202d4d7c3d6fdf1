import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CellPage, EffectRow, StoredCell, CorrectionRow } from '#views';
import { compare, type ReplayDifference } from './compare.js';

const NONE = { cells: [], corrections: [] };

const cellNamed = (subject: string, aspect: string, vague = 0): StoredCell => ({
  category: 'crossing',
  subject,
  aspect,
  key: 'facts',
  rule: 'authority',
  vague,
  lead: 0,
});

/** An effect of an event, which holds from an instant on. */
const row = (from: number, event: string, value: string): EffectRow => [
  ...([from, 1, 0, from, null, null, 5, null, null] as const),
  ...([event, null, 'lt.vsat', 'act', 'A1', value, null] as const),
];

async function differencesOf(
  own: readonly CellPage[],
  theirs: readonly CellPage[],
): Promise<ReplayDifference[]> {
  const found: ReplayDifference[] = [];
  await compare({ ...NONE, cells: own }, { ...NONE, cells: theirs }, (difference) => found.push(difference));
  return found;
}

interface Drawn {
  readonly subject: string;
  readonly from: number;
  readonly value: string;
}

const drawn = fc.uniqueArray(
  fc.record({
    subject: fc.constantFrom('a', 'b', 'ž', '\u{10FFFF}', '\uFFFD'),
    from: fc.integer({ min: 0, max: 12 }),
    value: fc.constantFrom('1', '2'),
  }),
  { selector: ({ subject, from }) => `${subject} ${from}`, maxLength: 40 },
);

/** The rows in the order of SQLite, in pages of the given size. */
function pagesOf(effects: readonly Drawn[], size: number): CellPage[] {
  const bytes = (text: string): Buffer => Buffer.from(text);
  const subjects = [...new Set(effects.map(({ subject }) => subject))].sort((a, b) =>
    Buffer.compare(bytes(a), bytes(b)),
  );
  return subjects.flatMap((subject) => {
    const rows = effects
      .filter((effect) => effect.subject === subject)
      .sort((a, b) => a.from - b.from)
      .map(({ from, value }) => row(from, `event-${from}`, value));
    const pages: CellPage[] = [];
    for (let start = 0; start < rows.length; start += size) {
      pages.push({ cell: cellNamed(subject, 'status'), effects: rows.slice(start, start + size) });
    }
    return pages;
  });
}

/** A difference in words: the subject, the end of the event's id, and the side that alone has the effect or the members that differ. */
function told({ subject, event, members, only }: ReplayDifference): string {
  return `${subject} ${event.slice('event-'.length)}: ${only ?? members.join()}`;
}

describe('comparing what two views hold', () => {
  it('finds exactly what differs, wherever pages end', async () => {
    await fc.assert(
      fc.asyncProperty(
        drawn,
        drawn,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (own, theirs, a, b) => {
          const at = (effects: readonly Drawn[], { subject, from }: Drawn): Drawn | undefined =>
            effects.find((effect) => effect.subject === subject && effect.from === from);
          const expected = [
            ...own
              .filter((effect) => !at(theirs, effect))
              .map(({ subject, from }) => `${subject} ${from}: rebuilt`),
            ...theirs
              .filter((effect) => !at(own, effect))
              .map(({ subject, from }) => `${subject} ${from}: live`),
            ...own.flatMap((effect) => {
              const other = at(theirs, effect);
              return other && other.value !== effect.value
                ? [`${effect.subject} ${effect.from}: value: ${effect.value}, live ${other.value}`]
                : [];
            }),
          ];
          const found = await differencesOf(pagesOf(own, a), pagesOf(theirs, b));
          expect(found.map(told).sort()).toEqual(expected.sort());
        },
      ),
    );
  });

  it('names the view, the subject, the aspect, the event, and each member', async () => {
    const cell = cellNamed('lt-by.medininkai', 'status/*/road');
    const [own, theirs] = [row(3, 'e1', '"closed"'), row(3, 'e1', '"open"')];
    expect(await differencesOf([{ cell, effects: [own] }], [{ cell, effects: [theirs] }])).toEqual([
      {
        view: 'crossings',
        subject: 'lt-by.medininkai',
        aspect: 'status/*/road',
        event: 'e1',
        members: ['value: "closed", live "open"'],
      },
    ]);
  });

  it('reports a length of a cell that is too small, and allows one that is greater', async () => {
    const [marked, unmarked] = [cellNamed('a', 'status', 1000), cellNamed('a', 'status')];
    const effects = [row(3, 'e1', '1')];
    const found = await differencesOf([{ cell: marked, effects }], [{ cell: unmarked, effects }]);
    expect(found.map(({ members }) => members)).toEqual([['vague: 1000, live 0']]);
    expect(await differencesOf([{ cell: unmarked, effects }], [{ cell: marked, effects }])).toEqual([]);
  });

  it('compares corrections too', async () => {
    const corrections = (...held: readonly CorrectionRow[]) => ({ cells: [], corrections: [held] });
    const found: ReplayDifference[] = [];
    await compare(
      corrections(['n1', 'e1', 4, '{}'], ['n2', 'e1', 5, '{}']),
      corrections(['n1', 'e2', 4, '{}']),
      (difference) => found.push(difference),
    );
    expect(found).toEqual([
      { view: 'corrections', subject: 'e1', aspect: '', event: 'n1', members: ['target: e1, live e2'] },
      { view: 'corrections', subject: 'e1', aspect: '', event: 'n2', members: [], only: 'rebuilt' },
    ]);
  });
});
