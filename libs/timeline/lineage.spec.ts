import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  DEEPEST_CORRECTION,
  isVisible,
  Lineage,
  versionsOf,
  type KnownEffect,
  type RecordedCorrection,
  type Version,
} from './index.js';

const root = { id: 'root', content: 'closed', reported: 10 };

function correction(
  id: string,
  target: string,
  kind: RecordedCorrection<string>['kind'],
  reported: number,
  content?: string,
  moved = 10,
): RecordedCorrection<string> {
  return {
    id,
    target,
    kind,
    reported,
    ...(content !== undefined && { replacement: { content, reported: moved } }),
  };
}

function knownAt(versions: readonly Version<string>[], at: number): string | undefined {
  return versions.find(({ reported: { from, until = Infinity } }) => from <= at && at < until)?.content;
}

describe('a development that nobody corrected', () => {
  it('is current from its report on', () => {
    expect(versionsOf(root, [])).toEqual([{ content: 'closed', because: ['root'], reported: { from: 10 } }]);
  });
});

describe('an amendment', () => {
  it('leaves the old version known until the amendment was public', () => {
    const versions = versionsOf(root, [correction('a', 'root', 'amended', 20, 'restricted')]);
    expect(versions).toEqual([
      { content: 'closed', because: ['root'], reported: { from: 10, until: 20 } },
      { content: 'restricted', because: ['root', 'a'], reported: { from: 20 } },
    ]);
  });

  it('gives way to an amendment that was reported later, in any order of recording', () => {
    const corrections = [
      correction('b', 'root', 'amended', 30, 'open'),
      correction('a', 'root', 'amended', 20, 'restricted'),
    ];
    expect(versionsOf(root, corrections).map(({ content }) => content)).toEqual([
      'closed',
      'restricted',
      'open',
    ]);
    expect(versionsOf(root, [...corrections].reverse())).toEqual(versionsOf(root, corrections));
  });

  it('gives way to the older version again once the amendment is retracted', () => {
    const corrections = [
      correction('a', 'root', 'amended', 20, 'restricted'),
      correction('r', 'a', 'amended', 30),
    ];
    expect([15, 25, 35].map((at) => knownAt(versionsOf(root, corrections), at))).toEqual([
      'closed',
      'restricted',
      'closed',
    ]);
  });

  it('can itself be corrected', () => {
    const corrections = [
      correction('a', 'root', 'amended', 20, 'restrcted'),
      correction('t', 'a', 'transcription', 40, 'restricted'),
    ];
    const versions = versionsOf(root, corrections);
    expect([15, 25].map((at) => knownAt(versions, at))).toEqual(['closed', 'restricted']);
    expect(versions[1]!.because).toEqual(['root', 'a', 't']);
  });
});

describe('a transcription', () => {
  it('replaces the wrong version from the original report on', () => {
    expect(versionsOf(root, [correction('t', 'root', 'transcription', 90, 'restricted')])).toEqual([
      { content: 'restricted', because: ['root', 't'], reported: { from: 10 } },
    ]);
  });

  it('can move the report itself', () => {
    const versions = versionsOf(root, [correction('t', 'root', 'transcription', 90, 'closed', 7)]);
    expect(versions).toEqual([{ content: 'closed', because: ['root', 't'], reported: { from: 7 } }]);
  });

  it('counts only if it is the later of two', () => {
    const corrections = [
      correction('t', 'root', 'transcription', 80, 'x'),
      correction('u', 'root', 'transcription', 90, 'y'),
    ];
    expect(versionsOf(root, corrections).map(({ content }) => content)).toEqual(['y']);
  });
});

describe('a retraction', () => {
  it('by the source ends the knowledge from its report on', () => {
    expect(versionsOf(root, [correction('r', 'root', 'amended', 20)])).toEqual([
      { content: 'closed', because: ['root'], reported: { from: 10, until: 20 } },
    ]);
  });

  it('of a report that was never made removes it, with all its amendments', () => {
    const corrections = [
      correction('a', 'root', 'amended', 20, 'x'),
      correction('r', 'root', 'transcription', 90),
    ];
    expect(versionsOf(root, corrections)).toEqual([]);
  });

  it('can be retracted', () => {
    const corrections = [
      correction('r', 'root', 'transcription', 90),
      correction('s', 'r', 'transcription', 95),
    ];
    expect(versionsOf(root, corrections)).toEqual(versionsOf(root, []).map((v) => ({ ...v })));
  });
});

describe('a correction of a correction', () => {
  const chain = Array.from({ length: DEEPEST_CORRECTION + 20 }, (_, n) =>
    correction(`c${n}`, n === 0 ? 'root' : `c${n - 1}`, 'transcription', 20 + n, `by c${n}`),
  );
  const deepest = `by c${DEEPEST_CORRECTION}`;

  it('has no effect where it is too deep, in any order of recording', () => {
    expect(versionsOf(root, chain).map(({ content }) => content)).toEqual([deepest]);
    expect(versionsOf(root, chain.toReversed()).map(({ content }) => content)).toEqual([deepest]);
    const lineage = new Lineage(root, []);
    const revisions = chain.map((one) => lineage.add(one).begun.length);
    expect(revisions).toEqual(chain.map((_, n) => (n <= DEEPEST_CORRECTION ? 1 : 0)));
    expect(lineage.versions).toEqual(versionsOf(root, chain));
  });

  it('has no effect in a circle, not even where the circle includes the root', () => {
    const circle = [correction('x', 'y', 'amended', 20), correction('y', 'x', 'amended', 21)];
    expect(versionsOf(root, circle)).toEqual(versionsOf(root, []));
    const withRoot = [correction('x', 'root', 'amended', 20, 'x'), correction('root', 'x', 'amended', 21)];
    expect(versionsOf(root, withRoot)).toEqual(versionsOf(root, withRoot.slice(0, 1)));
  });
});

describe('the work for one more correction', () => {
  const MANY = 2000;
  /** The corrections, and the number of reads of their members. */
  const counted = (corrections: readonly RecordedCorrection<string>[]) => {
    let reads = 0;
    const watched = corrections.map(
      (one) =>
        new Proxy(one, {
          get: (target, member) => {
            reads += 1;
            return Reflect.get(target, member) as unknown;
          },
        }),
    );
    return { watched, reads: () => reads };
  };
  const many = (kind: 'amended' | 'transcription'): RecordedCorrection<string>[] =>
    Array.from({ length: MANY }, (_, n) => correction(`c${1e6 + n}`, 'root', kind, 20 + n, `by ${n}`));

  it.each([
    ['amendments, the last report last', many('amended')],
    ['amendments, the last report first', many('amended').toReversed()],
    ['transcriptions', many('transcription')],
  ])('does not grow with the number of earlier ones: %s', (_, corrections) => {
    const { watched, reads } = counted(corrections);
    const lineage = new Lineage(root, []);
    for (const one of watched) lineage.add(one);
    expect(lineage.size).toBe(MANY);
    expect(reads() / MANY).toBeLessThan(150);
  });
});

describe('against an oracle that applies the corrections from the leaves up', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const corrections = fc
    .array(
      fc.record({
        target: fc.nat(7),
        kind: fc.constantFrom('amended' as const, 'transcription' as const),
        reported: fc.integer({ min: 8, max: 16 }),
        moved: fc.integer({ min: 9, max: 12 }),
        retracts: fc.boolean(),
      }),
      { maxLength: 7 },
    )
    .map((drawn) =>
      drawn.map(({ target, kind, reported, moved, retracts }, index) =>
        correction(
          ids[index]!,
          ['root', ...ids][Math.min(target, index)]!,
          kind,
          reported,
          retracts ? undefined : `by ${ids[index]!}`,
          moved,
        ),
      ),
    );

  it('gives the current version at every knowledge date', () => {
    fc.assert(
      fc.property(corrections, (drawn) => {
        const versions = versionsOf(root, drawn);
        const times = Array.from({ length: 12 }, (_, n) => n + 7);
        expect(times.map((at) => knownAt(versions, at))).toEqual(times.map((at) => oracle(drawn, at)));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(
        corrections.chain((drawn) =>
          fc.tuple(fc.constant(drawn), fc.shuffledSubarray(drawn, { minLength: drawn.length })),
        ),
        ([drawn, shuffled]) => {
          expect(versionsOf(root, shuffled)).toEqual(versionsOf(root, drawn));
        },
      ),
    );
  });

  it('gives the version that was current at every earlier sequence', () => {
    fc.assert(
      fc.property(corrections, (drawn) => {
        const rows = recordOneByOne(drawn);
        for (let sequence = 1; sequence <= drawn.length + 1; sequence += 1) {
          for (let at = 7; at <= 18; at += 1) {
            const visible = rows.filter((row) =>
              isVisible(row as unknown as KnownEffect, { knownAt: at, recordedAt: sequence }),
            );
            expect(visible.map((row) => row.content)).toEqual(
              [oracle(drawn.slice(0, sequence - 1), at)].filter((c) => c !== undefined),
            );
          }
        }
      }),
    );
  });
});

type Row = Version<string> & { recorded: { from: number; until?: number } };

/** Rows as a projection stores them: the development has sequence 1, its corrections follow in order. */
function recordOneByOne(corrections: readonly RecordedCorrection<string>[]): Row[] {
  const rows = versionsOf(root, []).map((version): Row => ({ ...version, recorded: { from: 1 } }));
  const lineage = new Lineage(root, []);
  corrections.forEach((correction, index) => {
    const sequence = index + 2;
    const { ended, begun } = lineage.add(correction);
    for (const row of rows) {
      const gone = ended.some(
        (v) => v.because.join() === row.because.join() && v.reported.from === row.reported.from,
      );
      if (gone && row.recorded.until === undefined) row.recorded.until = sequence;
    }
    rows.push(...begun.map((version) => ({ ...version, recorded: { from: sequence } })));
    expect(lineage.versions).toEqual(versionsOf(root, corrections.slice(0, index + 1)));
  });
  return rows;
}

/**
 * The content by the definition. First, the amendments that are not public are removed. Then the corrections that have no corrections of their own
 * are applied, until only the corrections of the development are left.
 */
function oracle(corrections: readonly RecordedCorrection<string>[], at: number): string | undefined {
  let left = corrections.filter(({ kind, reported }) => kind === 'transcription' || reported <= at);
  const winner = (target: string, kind: string): RecordedCorrection<string> | undefined =>
    left
      .filter((n) => n.target === target && n.kind === kind)
      .sort((a, b) => a.reported - b.reported || (a.id < b.id ? -1 : 1))
      .at(-1);
  const isLeaf = (n: RecordedCorrection<string>): boolean => !left.some((other) => other.target === n.id);
  for (;;) {
    const settled = left.find(
      (n) => !isLeaf(n) && left.filter((other) => other.target === n.id).every(isLeaf),
    );
    if (!settled) break;
    const transcription = winner(settled.id, 'transcription');
    const decisive =
      transcription && !transcription.replacement
        ? transcription
        : (winner(settled.id, 'amended') ?? transcription)!;
    left = left
      .filter((n) => n.target !== settled.id)
      .flatMap((n) =>
        n !== settled ? [n] : decisive.replacement ? [{ ...n, replacement: decisive.replacement }] : [],
      );
  }
  const transcription = winner('root', 'transcription');
  if (transcription && !transcription.replacement) return undefined;
  const amended = winner('root', 'amended');
  if (amended) return amended.replacement?.content;
  if (!transcription) return at >= root.reported ? root.content : undefined;
  return at >= transcription.replacement!.reported ? transcription.replacement!.content : undefined;
}
