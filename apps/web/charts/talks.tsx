import type { JSX } from 'preact';
import type { StateOfAll } from '../api.js';
import { everything } from '../data.js';
import { nameOf } from '../events.js';
import { countWords } from '../values.js';
import { instant, nameIn, words } from '../words/index.js';
import { Figure } from './figure.js';
import { room } from './room.js';
import { said, when } from './tabled.js';
import { fitting } from './text.js';

type TalksItem = StateOfAll['talks'][number];
type Contact = TalksItem['ledger'][number];

const [TITLE, ROW] = [34, 46];

/** The ledger of talks: offers, refusals and meetings, with the two sides of each. */
export function LedgerOfTalks(): JSX.Element | null {
  const { value: w } = words;
  const items = (everything.value?.talks ?? []).filter(({ ledger }) => ledger.length > 0);
  if (items.length === 0) return null;
  const all = items.flatMap(({ ledger }) => ledger);
  let y = 0;
  return (
    <Figure
      name="talks"
      alt={w.figure.talks(
        all.filter(({ kind }) => kind === 'offered').length,
        all.filter(({ kind }) => kind === 'refused').length,
        all.filter(({ kind }) => kind !== 'offered' && kind !== 'refused').length,
      )}
      height={items.length * TITLE + all.length * ROW}
      table={{
        columns: [
          w.figure.at,
          w.figure.kind,
          w.figure.by,
          w.figure.to,
          w.figure.about,
          w.figure.matter,
          w.report.says,
        ],
        rows: items.flatMap(({ id, names, ledger }) =>
          ledger.map((entry) => [
            when(entry.at, isOpen(entry) ? undefined : entry.atEarliest),
            said(w.contacts[entry.kind], entry.because[0]),
            said(entry.by && nameOf(entry.by)),
            said(entry.to && nameOf(entry.to)),
            said(aboutText(entry)),
            said(nameIn(names, id)),
            said(nameOf(entry.claimant)),
          ]),
        ),
      }}
    >
      {items.map(({ id, names, ledger }) => {
        const top = y;
        y += TITLE + ledger.length * ROW;
        return (
          <g key={id} transform={`translate(0 ${top})`}>
            <text class="name" x="0" y="22">
              {fitting(nameIn(names, id), room.value * 0.82)}
            </text>
            <path class="thread" d={`M10 ${TITLE + 12}V${TITLE + (ledger.length - 1) * ROW + 12}`} />
            {ledger.map((entry, index) => (
              <ContactRow key={index} entry={entry} y={TITLE + index * ROW} />
            ))}
          </g>
        );
      })}
    </Figure>
  );
}

/** Whether the report says only that the contact happened at some time before. */
const isOpen = ({ atEarliest = '' }: Contact): boolean => atEarliest.startsWith('0001-');

const aboutText = ({ subject, level, reason, outcome, channels, note, place }: Contact): string =>
  [
    subject,
    level && words.value.levels[level],
    outcome,
    reason,
    channels && countWords(channels),
    note,
    place,
  ]
    .filter(Boolean)
    .join(' · ');

function ContactRow({ entry, y }: { readonly entry: Contact; readonly y: number }): JSX.Element {
  const { value: w } = words;
  const { value: width } = room;
  const { by, to, kind, at, atEarliest } = entry;
  const arrow = kind === 'offered' || kind === 'refused' ? '→' : '↔';
  const parties = [by, to].flatMap((one) => (one === undefined ? [] : [nameOf(one)])).join(` ${arrow} `);
  const date = isOpen(entry) ? w.figure.byThen(instant(at)) : instant(at, atEarliest);
  return (
    <g transform={`translate(0 ${y})`}>
      <g transform="translate(10 12)">
        <ContactMark kind={kind} />
      </g>
      <text class="tick strong" x="28" y="16">
        {fitting(`${w.contacts[kind]}: ${parties}`, width - 28)}
      </text>
      <text class="tick" x="28" y="33">
        {fitting(`${date} · ${aboutText(entry)}`, width - 28)}
      </text>
    </g>
  );
}

/** The mark of a contact. Its colour, its shape and the word beside the mark say the same. */
function ContactMark({ kind }: { readonly kind: Contact['kind'] }): JSX.Element {
  if (kind === 'refused')
    return (
      <g class="mark closed">
        <rect x="-6.500" y="-6.500" width="13" height="13" rx="2" />
        <path class="sign" d="M-3-3 3 3M3-3-3 3" />
      </g>
    );
  if (kind === 'offered')
    return (
      <g class="mark open">
        <circle r="6.500" />
      </g>
    );
  return (
    <g class={`contact ${kind}`}>
      <circle r="6" />
      {kind === 'agreement' && <path d="M-3 0l2 2.500 4-5" />}
    </g>
  );
}
