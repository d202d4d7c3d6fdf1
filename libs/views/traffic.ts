import { MODES, type Mode } from '#events';
import type { Instant } from '#time';
import type { Registration, SubjectReader } from './subject.js';

/** A side or a mode that the event did not give, in the aspects `status/<side>/<mode>`. */
export const ANY = '*';

/** The modes of traffic at a crossing, and the aspects about each of them. */
export interface Traffic {
  /** The modes that make up the status of the crossing. */
  readonly own: readonly (Mode | typeof ANY)[];
  /** The other modes that events name. */
  readonly others: readonly Mode[];
  /** The registered sides and the sides that events name; ANY where no side is known. */
  readonly sides: readonly string[];
  /** For every mode: for each side, the aspects that apply to the mode on that side. */
  readonly aspects: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** The modes that no report distinguishes from the others. */
  readonly undistinguished: ReadonlySet<string>;
}

/** The remembered traffic, by its key. Many crossings have the same modes, sides and aspects. */
const REMEMBERED_TRAFFIC = new Map<string, Traffic>();
const MOST_REMEMBERED = 10_000;

export function trafficOf(subject: SubjectReader, registered: Registration | undefined): Traffic {
  const mentioned = subject.aspects('status/');
  const { modes, sides } = registered?.crossing ?? {};
  const key = `${mentioned.join()} ${modes?.join()} ${sides?.join()}`;
  const remembered = REMEMBERED_TRAFFIC.get(key);
  if (remembered !== undefined) return remembered;
  const traffic = trafficThrough(mentioned, modes, sides);
  if (REMEMBERED_TRAFFIC.size >= MOST_REMEMBERED) REMEMBERED_TRAFFIC.clear();
  REMEMBERED_TRAFFIC.set(key, traffic);
  return traffic;
}

/** The traffic by the registration at an instant. */
export const trafficAt = (subject: SubjectReader, at: Instant): Traffic =>
  trafficOf(subject, subject.registration(at)?.value);

/**
 * `mentioned`: the aspects `status/<side>/<mode>` that have events. For an unregistered crossing the named modes make up the status; a report about
 * all modes counts for each mode.
 */
function trafficThrough(
  mentioned: readonly string[],
  registeredModes: readonly Mode[] | undefined,
  registeredSides: readonly string[] = [],
): Traffic {
  const parts = mentioned.map((aspect) => aspect.split('/'));
  const namedModes = [...new Set(parts.map(([, , mode = ANY]) => mode as Mode | typeof ANY))].sort();
  const own = registeredModes ?? (namedModes.length > 0 ? namedModes : [ANY]);
  const others = namedModes.filter(isMode).filter((mode) => !own.includes(mode));
  const named = [...new Set([...registeredSides, ...parts.map(([, side = ANY]) => side)])];
  const sides = named.some((side) => side !== ANY) ? named.filter((side) => side !== ANY) : [ANY];
  const aspectsOf = (mode: string): string[][] =>
    sides.map((side) => applying(side).flatMap((s) => applying(mode).map((m) => `status/${s}/${m}`)));
  const all = new Set([...own, ...others, ...MODES]);
  return {
    own,
    others,
    sides,
    aspects: new Map([...all].map((mode) => [mode, aspectsOf(mode)])),
    undistinguished: new Set([...all].filter((mode) => !namedModes.includes(mode))),
  };
}

export const isMode = (mode: Mode | typeof ANY): mode is Mode => mode !== ANY;

function applying(name: string): string[] {
  return name === ANY ? [ANY] : [ANY, name];
}
