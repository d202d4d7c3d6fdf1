import {
  upcomingText,
  dayText,
  listOf,
  membersOf,
  nameOf,
  quantityText,
  statusText,
  textOf,
  timeText,
  type ViewTable,
  type Writing,
} from './view-table.js';

type Members = Readonly<Record<string, unknown>>;

/** Name, status, since, next change: the first columns of most views. */
const RUN = ['Status', 'Since', 'Next'] as const;
const run = (item: unknown, { time }: Writing): string[] => [
  statusText(item),
  timeText(item, 'since', time),
  upcomingText(item, time),
];

const lines = (values: readonly string[]): string => values.filter((value) => value !== '').join('\n');

const parts = (...texts: readonly string[]): string => texts.filter((text) => text !== '').join(' ');

/** The events of one entry, as `[4]`. */
const marked = ({ because }: Members, { refs }: Writing): string =>
  Array.isArray(because) && because.length > 0 ? `[${refs(because as string[])}]` : '';

/** The newest entries of a ledger; older ones are counted. */
function ledger(value: unknown, write: (entry: Members) => string, most = 5): string {
  const entries = listOf(value);
  const shown = entries.slice(-most).reverse().map(write);
  return lines([...shown, entries.length > most ? `… and ${entries.length - most} earlier` : '']);
}

/** The view tables by the names of the views, in the order of the state of everything. */
export const VIEW_TABLES: Readonly<Record<string, ViewTable>> = {
  crossings: {
    head: ['Crossing', ...RUN, 'Events'],
    row: (item, writing) => [
      nameOf(item),
      lines([
        statusText(item),
        ...Object.entries(membersOf(item['byMode']))
          .filter(([, mode]) => statusText(mode) !== statusText(item))
          .map(([mode, status]) => `${mode}: ${statusText(status)}`),
      ]),
      ...run(item, writing).slice(1),
      writing.refs(item.because),
    ],
  },
  transit: {
    head: ['Route', ...RUN, 'Goods', 'Events'],
    row: (item, writing) => {
      const goods = (list: string, mark: string): string[] =>
        listOf(item[list]).map((entry) =>
          parts(
            `${mark} ${textOf(entry['label'] ?? entry['goods'])}${entry['certain'] === false ? '?' : ''}`,
            marked(entry, writing),
          ),
        );
      const coming = listOf(item['scheduled']).map(
        (entry) =>
          `${textOf(entry['label'] ?? entry['goods'])}: ${statusText(entry)} from ${timeText(entry, 'at', writing.time)}`,
      );
      return [
        nameOf(item),
        ...run(item, writing),
        lines([
          ...goods('barred', 'barred:'),
          ...goods('quota', 'quota:'),
          ...goods('allowed', 'allowed:'),
          ...coming,
        ]),
        writing.refs(item.because),
      ];
    },
  },
  sanctions: {
    head: ['Measure', 'By', ...RUN, 'Events'],
    row: (item, writing) => [
      nameOf(item),
      textOf(item['issuer']),
      lines([
        statusText(item),
        ...listOf(item['phases']).map((phase) => `${textOf(phase['phase'])}: ${statusText(phase)}`),
      ]),
      ...run(item, writing).slice(1),
      writing.refs(item.because),
    ],
  },
  detentions: {
    head: ['Detained', 'Status', 'Since', 'Who says how many', 'Events'],
    row: (item, writing) => [
      lines([nameOf(item), parts('by', textOf(item['holder']))]),
      ...run(item, writing).slice(0, 2),
      voices(item['claims'], writing),
      writing.refs(item.because),
    ],
  },
  warnings: {
    head: ['Warning', 'By', 'Issued', 'Deadline', 'Status', 'Events'],
    row: (item, writing) => [
      lines([item.id, textOf(item['threat'])]),
      textOf(item['issuer']),
      dayText(item, item['issuedAt'] === undefined ? 'since' : 'issuedAt', writing.time),
      timeText(item, 'deadline', writing.time) || textOf(item['deadlineText']),
      statusText(item),
      writing.refs(item.because),
    ],
  },
  conditions: {
    head: ['Condition', 'By', 'Status', 'Requirements', 'Events'],
    row: (item, writing) => [
      nameOf(item),
      parts(textOf(item['by']), item['to'] === undefined ? '' : `to ${textOf(item['to'])}`),
      statusText(item),
      lines(
        listOf(item['requirements']).map(({ id, text, outcome }) =>
          parts(textOf(text ?? id), outcome === undefined ? '' : `(${textOf(outcome)})`),
        ),
      ),
      writing.refs(item.because),
    ],
  },
  talks: {
    head: ['Talks', 'Stances', 'Last entries', 'Events'],
    row: (item, writing) => [
      nameOf(item),
      lines(
        Object.entries(membersOf(item['stance'])).map(([actor, stance]) => `${actor}: ${statusText(stance)}`),
      ),
      ledger(item['ledger'], (entry) =>
        parts(
          dayText(entry, 'at', writing.time),
          textOf(entry['kind']),
          textOf(entry['by'] ?? entry['parties']),
          marked(entry, writing),
        ),
      ),
      writing.refs(item.because),
    ],
  },
  airspace: {
    head: ['Area', 'Status', 'Emergency', 'Last disruptions', 'Events'],
    row: (item, writing) => [
      nameOf(item),
      statusText(item),
      item['emergency'] === undefined ? '' : statusText(item['emergency']),
      ledger(item['disruptions'], (entry) =>
        parts(dayText(entry, 'at', writing.time), textOf(entry['effect']), marked(entry, writing)),
      ),
      writing.refs(item.because),
    ],
  },
  claims: {
    head: ['Claim', 'Verdict', 'Who says what', 'Events'],
    row: (item, writing) => [
      lines([textOf(item['proposition']), item.id]),
      statusText(item),
      lines(
        listOf(item['stances']).map((stance) =>
          parts(`${textOf(stance['claimant'])} ${statusText(stance)}`, marked(stance, writing)),
        ),
      ),
      writing.refs(item.because),
    ],
  },
  releases: {
    head: ['Release', 'By', 'Who says how many', 'Events'],
    row: (item, writing) => [
      nameOf(item),
      textOf(item['by']),
      voices(item['claims'], writing),
      writing.refs(item.because),
    ],
  },
  estimates: {
    head: ['Estimate', 'Who says how much', 'Events'],
    row: (item, writing) => [
      lines([textOf(item['of']), item.id]),
      voices(item['figures'], writing),
      writing.refs(item.because),
    ],
  },
  statements: {
    head: ['Topic', 'Last statements', 'Events'],
    row: (item, writing) => [
      nameOf(item),
      ledger(
        item['statements'],
        (entry) =>
          parts(
            dayText(entry, 'at', writing.time),
            `${textOf(entry['speaker'])}:`,
            textOf(entry['says']),
            marked(entry, writing),
          ),
        3,
      ),
      writing.refs(item.because),
    ],
  },
};

/** The figures of the claimants side by side; never a sum. */
function voices(value: unknown, writing: Writing): string {
  return lines(
    listOf(value).map((claim) =>
      parts(
        `${textOf(claim['claimant'])}:`,
        `${quantityText(claim['count'] ?? claim['quantity'])}${claim['certain'] === false ? '?' : ''}`,
        textOf(claim['unit'] ?? claim['who']),
        `(${dayText(claim, 'at', writing.time)})`,
        marked(claim, writing),
      ),
    ),
  );
}
