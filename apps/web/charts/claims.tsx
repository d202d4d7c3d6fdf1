import type { JSX } from 'preact';
import type { StateOfAll } from '../api.js';
import { everything } from '../data.js';
import { nameOf } from '../events.js';
import { Shape } from '../marks.js';
import { stateName, stateWords } from '../rectangles.js';
import { instant, words } from '../words/index.js';
import { Figure } from './figure.js';
import { room } from './room.js';
import { said, when } from './tabled.js';
import { fitting, linesOf } from './text.js';

type ClaimItem = StateOfAll['claims'][number];
type StanceItem = ClaimItem['stances'][number];

const [LINE, HEAD, ROW, GAP] = [19, 26, 36, 18];

/** Claims. The claimants that assert a claim and the claimants that deny it are side by side: the picture takes no side. */
export function Claims(): JSX.Element | null {
  const { value: w } = words;
  const items = everything.value?.claims ?? [];
  if (items.length === 0) return null;
  const { value: width } = room;
  const blocks = items.map((item) => {
    const title = linesOf(item.proposition, width * 0.82);
    const sides = (['asserts', 'denies'] as const).map((side) =>
      item.stances.filter(({ stance }) => stance === side),
    );
    const rows = Math.max(...sides.map(({ length }) => length));
    return { item, title, sides, height: title.length * LINE + HEAD + rows * ROW + GAP };
  });
  let y = 0;
  return (
    <Figure
      name="claims"
      alt={w.figure.claims(items.length, items.filter(({ verdict }) => verdict === 'contested').length)}
      height={blocks.reduce((sum, { height }) => sum + height, 0)}
      table={{
        columns: [
          w.figure.claim,
          w.table.status,
          w.figure.claimant,
          w.figure.stance,
          w.table.since,
          w.report.standing,
          w.report.reliability,
        ],
        rows: items.flatMap((item) =>
          item.stances.map((one) => [
            said(item.proposition, one.because[0]),
            said(stateWords({ status: item.verdict, certain: item.certain, possible: item.possible ?? [] })),
            said(nameOf(one.claimant)),
            said(stanceText(one)),
            when(one.since, one.sinceEarliest),
            said(w.standings[one.standing]),
            said(one.reliability),
          ]),
        ),
      }}
    >
      {blocks.map(({ item, title, sides, height }) => {
        const top = y;
        y += height;
        return (
          <g key={item.id} transform={`translate(0 ${top})`}>
            {title.map((line, index) => (
              <text key={index} class="name" x="0" y={15 + index * LINE}>
                {line}
              </text>
            ))}
            {sides.map((stances, side) => (
              <g key={side} transform={`translate(${side * (width / 2)} ${title.length * LINE})`}>
                <path class="grid" d={`M0 ${HEAD - 6}H${width / 2 - 16}`} />
                <text class="tick" x="0" y="14">
                  {`${side === 0 ? w.figure.asserted : w.figure.denied} (${stances.length})`}
                </text>
                {stances.map((one, index) => (
                  <StanceRow key={one.claimant} one={one} y={HEAD + index * ROW} />
                ))}
              </g>
            ))}
          </g>
        );
      })}
    </Figure>
  );
}

const stanceText = ({ stance, certain, possible = [] }: StanceItem): string =>
  certain === false ? words.value.either(possible.map(stateName)) : stateName(stance);

function StanceRow({ one, y }: { readonly one: StanceItem; readonly y: number }): JSX.Element {
  const { value: w } = words;
  const space = room.value / 2 - 40;
  const { claimant, stance, certain, since, sinceEarliest, standing } = one;
  return (
    <g transform={`translate(0 ${y})`}>
      <g transform="translate(8 12)">
        <Shape status={certain === false ? 'unknown' : stance === 'asserts' ? 'open' : 'closed'} certain />
      </g>
      <text class="tick strong" x="24" y="12">
        {fitting(nameOf(claimant), space)}
      </text>
      <text class="tick" x="24" y="27">
        {fitting(`${instant(since, sinceEarliest)} · ${w.standings[standing] ?? standing}`, space)}
      </text>
    </g>
  );
}
