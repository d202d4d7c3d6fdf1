import type { JSX } from 'preact';
import type { StateOfAll } from '../api.js';
import { everything } from '../data.js';
import { nameOf } from '../events.js';
import { countWords, unitWords } from '../values.js';
import { instant, nameIn, words } from '../words/index.js';
import { Figure } from './figure.js';
import { room } from './room.js';
import { said, when } from './tabled.js';
import { fitting } from './text.js';

type HeldClaim = StateOfAll['detentions'][number]['claims'][number] & { readonly what: string };

const ROW = 36;
const TITLE = 30;

/** The numbers of things held, by claimant. Each unit has its own part, because units differ. No numbers are added up. */
export function HeldByClaimant(): JSX.Element | null {
  const { value: w } = words;
  const claims = (everything.value?.detentions ?? []).flatMap(({ id, names, claims: all }) =>
    all.map((claim): HeldClaim => ({ ...claim, what: nameIn(names, id) })),
  );
  if (claims.length === 0) return null;
  const groups = [...Map.groupBy(claims, ({ unit }) => unit)].sort(([, a], [, b]) => b.length - a.length);
  const most = Math.max(...claims.map(({ count }) => count.max ?? count.value ?? count.min ?? 0), 1);
  let y = 0;
  return (
    <Figure
      name="held"
      alt={w.figure.held(claims.length)}
      table={{
        columns: [w.figure.claimant, w.figure.count, 'min', 'max', w.figure.unit, w.figure.at, w.figure.what],
        rows: claims.map(({ claimant, count, unit, at, atEarliest, what, note, because }) => [
          said(nameOf(claimant), because[0]),
          said(countWords(count)),
          { text: String(count.min ?? count.value ?? ''), value: count.min ?? count.value ?? '' },
          { text: String(count.max ?? count.value ?? ''), value: count.max ?? count.value ?? '' },
          said(unitWords(unit)),
          when(at, atEarliest),
          said([what, note].filter(Boolean).join('. ')),
        ]),
      }}
      height={groups.length * TITLE + claims.length * ROW}
    >
      {groups.map(([unit, rows]) => {
        const top = (y += TITLE) - TITLE;
        y += rows.length * ROW;
        return (
          <g key={unit}>
            <text class="name" x="0" y={top + 20}>
              {unitWords(unit)}
            </text>
            {rows.map((claim, index) => (
              <Claimed key={index} claim={claim} most={most} y={top + TITLE + index * ROW} />
            ))}
          </g>
        );
      })}
    </Figure>
  );
}

/** A claimed number: a point, a range, or an arrow where the claim has no upper bound. */
function Claimed({
  claim: { claimant, count, at, atEarliest },
  most,
  y,
}: {
  readonly claim: HeldClaim;
  readonly most: number;
  readonly y: number;
}): JSX.Element {
  const { value: width } = room;
  const figure = countWords(count);
  const space = width - 24 - figure.length * 7.5 - 24;
  const x = (value: number): number => 8 + (value / most) * space;
  const from = count.min ?? count.value ?? 0;
  const to = count.max ?? count.value;
  const who = nameOf(claimant);
  const about = instant(at, atEarliest);
  return (
    <g transform={`translate(0 ${y})`}>
      <text class="tick" x="0" y="10">
        {fitting(`${who} · ${about}`, width)}
      </text>
      <path class="grid" d={`M${x(0)} 22H${x(from)}`} />
      {to === undefined ? (
        <path class="range open-ended" d={`M${x(from)} 22h14m-5 -5l5 5l-5 5`} />
      ) : (
        <path class="range" d={`M${x(from) - 0.1} 22H${x(to)}`} />
      )}
      <text class="figure-text" x={x(to ?? from) + (to === undefined ? 24 : 14)} y="26.5">
        {figure}
      </text>
    </g>
  );
}
