import { isObject } from '#json';
import { formatInstant, type Instant } from '#time';
import { correctionOf } from './correction.js';
import type { ReportedTime, StoredDevelopment } from './development.js';
import { effectsOf } from './effects.js';
import type { AcceptanceWarning } from './fault.js';
import { subjectsIn, timesIn, type Class } from './field.js';
import type { Kind } from './kinds.js';
import { dataClass, eventTypeNamed } from './registry.js';

/**
 * The second look at accepted developments (docs/adr/0038-a-second-look.md): it finds probable mistakes, which may be right. Pure: `now` and the
 * registered subjects are parameters. It checks the replacement of a correction too.
 */

const MINUTE = 60_000;
const YEAR = 365.2425 * 24 * 60 * MINUTE;
/** The time by which the clock of a client may be ahead of the clock of this server. */
const CLOCKS_DIFFER = 5 * MINUTE;
const YEARS_BACK = 100;
const YEARS_AHEAD = 50;

/** The bounds of the times that need no warning, as stored texts, which sort as the instants do. */
export interface Horizon {
  readonly now: string;
  readonly past: string;
  readonly future: string;
}

export const horizonAt = (now: Instant): Horizon => ({
  now: formatInstant(now + CLOCKS_DIFFER),
  past: formatInstant(Math.floor(now - YEARS_BACK * YEAR)),
  future: formatInstant(Math.ceil(now + YEARS_AHEAD * YEAR)),
});

/** The warnings of the times of a development. */
export const timeWarnings = (development: StoredDevelopment, horizon: Horizon): AcceptanceWarning[] => {
  const warnings: AcceptanceWarning[] = [];
  ofParts(development, (pointer, part) => addTimeWarnings(part, pointer, horizon, warnings));
  return warnings;
};

const addTimeWarnings = (
  part: StoredDevelopment,
  pointer: string,
  { now, past, future }: Horizon,
  warnings: AcceptanceWarning[],
): void => {
  const warn = (code: AcceptanceWarning['code'], at: string, detail: string): void => {
    warnings.push({ pointer: pointer + at, detail, code });
  };
  const check = (at: string, { edtf, earliest, latest }: ReportedTime): void => {
    if (latest < past || earliest > future)
      warn('far-from-now', at, `${edtf} is far from now: is the year right?`);
  };
  const { reportedAt, occurred, until, source, data } = part.payload;
  if (occurred) check('/occurred', occurred);
  if (until) check('/until', until);
  check('/reportedAt', reportedAt);
  check('/source/publishedAt', source.publishedAt);
  for (const member of membersOf(part).times) {
    const time = data[member];
    if (isObject(time) && time['edtf'] !== undefined)
      check(`/data/${member}`, time as unknown as ReportedTime);
  }
  if (reportedAt.earliest > now && reportedAt.earliest <= future)
    warn(
      'reported-in-future',
      '/reportedAt',
      `${reportedAt.edtf} is in the future: nobody can have reported it yet`,
    );
  if (occurred && reportedAt.latest < occurred.earliest && hasHappened(part)) {
    const detail = `${reportedAt.edtf} is before ${occurred.edtf}, when it happened: an announced event that has not happened is a plan`;
    warn('reported-before-it-happened', '/reportedAt', detail);
  }
};

/** A subject that a development names by its id. */
export interface NamedSubject {
  readonly pointer: string;
  readonly kind: Kind;
  readonly id: string;
}

/** The log itself is the claimant of the corrections of its own faults. It is not an actor of the world, and not registered. */
const THE_LOG = 'borderline';

/** The subjects and actors that a development names. */
export const subjectsNamed = (development: StoredDevelopment): NamedSubject[] => {
  const named: NamedSubject[] = [];
  ofParts(development, (pointer, part) => {
    const { data, attribution } = part.payload;
    for (const [member, kind] of membersOf(part).subjects) {
      const ids = data[member];
      if (typeof ids === 'string') named.push({ pointer: `${pointer}/data/${member}`, kind, id: ids });
      else if (Array.isArray(ids))
        for (const [index, id] of (ids as string[]).entries())
          named.push({ pointer: `${pointer}/data/${member}/${index}`, kind, id });
    }
    if (attribution.claimant !== THE_LOG)
      named.push({ pointer: `${pointer}/attribution/claimant`, kind: 'actor', id: attribution.claimant });
  });
  return named;
};

/** The warning for a subject that is not registered. */
export const unregisteredWarning = (
  { pointer, kind, id }: NamedSubject,
  suggestion: string | undefined,
): AcceptanceWarning => ({
  pointer,
  detail: `no ${kind} ${id} is registered${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`,
  code: kind === 'actor' ? 'unknown-actor' : 'unregistered-subject',
  subject: `${kind}-${id}`,
  ...(suggestion !== undefined && { suggestion }),
});

/** The warning for a correction whose target the log does not have. */
export const unknownTargetWarning = (target: string): AcceptanceWarning => ({
  pointer: '/data/target',
  detail: `no event ${target} is recorded: the correction has no effect until it is`,
  code: 'unknown-target',
});

/** Calls `check` with a development and, where it is a correction, with its replacement. `pointer`: the path to each of the two. */
const ofParts = (
  development: StoredDevelopment,
  check: (pointer: string, part: StoredDevelopment) => void,
): void => {
  check('', development);
  const replacement = correctionOf(development)?.replacement;
  if (replacement) check('/data/replacement', replacement);
};

interface Members {
  readonly times: readonly string[];
  readonly subjects: ReadonlyMap<string, Kind>;
}

const membersOfClasses = new Map<Class | undefined, Members>();

const membersOf = ({ type, schemaVersion }: StoredDevelopment): Members => {
  const definition = eventTypeNamed(type);
  const of = definition && dataClass(definition, schemaVersion);
  const known = membersOfClasses.get(of);
  if (known) return known;
  const members = of
    ? { times: [...timesIn(of).keys()], subjects: subjectsIn(of) }
    : { times: [], subjects: new Map() };
  membersOfClasses.set(of, members);
  return members;
};

/** Whether it reports something that has happened: an observation, or an act that is an occurrence. A state may be decreed in advance. */
const hasHappened = (development: StoredDevelopment): boolean => {
  const { standing } = development.payload.attribution;
  if (standing === 'observation') return true;
  return standing === 'act' && effectsOf(development).some(({ rule }) => rule === 'ledger');
};
