import { ICalCalendar, ICalEventStatus, ICalEventTransparency, type ICalEventData } from 'ical-generator';
import { v5 as uuidOf } from 'uuid';
import { dateIn, EARLIEST, type Instant, LATEST, MS_PER_DAY, rangeInWords } from '#time';
import type { ScheduledChange } from '#views';
import { plainText } from './feed-answer.js';
import { namedSubject, valuesInWords } from './schedule-text.js';

export const CALENDAR_TYPE = 'text/calendar';

/** A scheduled change as a calendar shows it. */
export interface Appointment extends ScheduledChange {
  /** The name of the subject; absent where the subject has no name. */
  readonly name: string | undefined;
  /** When the last event that altered the appointment was recorded. */
  readonly altered: Instant;
}

export interface CalendarContext {
  /** The name of the log in its checkpoints. */
  readonly origin: string;
  /** The scheme and the authority of the server, as the reader calls it. */
  readonly server: string;
  /** The IANA zone of the days on which a vague instant may be. */
  readonly zone: string;
  /** Whether these are all appointments, or only the first. */
  readonly isWhole: boolean;
}

const NAME = 'Borderline: what is due';

/**
 * RFC 5545, without a METHOD: it is published at an address. The UID is made from the event and the end of its effect, not from the date:
 * an appointment that is moved keeps its UID. An exact instant is in UTC and takes no time (§3.6.1); a vague instant takes all the days on
 * which it may be.
 */
export function calendarOf(appointments: readonly Appointment[], context: CalendarContext): string {
  const calendar = new ICalCalendar({
    name: NAME,
    description: context.isWhole
      ? NAME
      : `${NAME} - the first ${appointments.length}; filters show the others`,
    prodId: { company: 'borderline', product: 'schedule', language: 'EN' },
    ttl: 3600,
  });
  for (const appointment of inOrder(appointments)) calendar.createEvent(eventOf(appointment, context));
  const text = `${calendar.toString()}\r\n`;
  return appointments.length > 0 ? text : text.replace('END:VCALENDAR', `${UTC}$&`);
}

/** A calendar has at least one component (§3.6): the zone of all its instants, where nothing is due. */
const UTC = [
  'BEGIN:VTIMEZONE',
  'TZID:UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
  '',
].join('\r\n');

function eventOf(appointment: Appointment, { origin, server, zone }: CalendarContext): ICalEventData {
  const { view, subject, kind, eventId, range, sequence, isCancelled, altered } = appointment;
  const isExact = range.earliest === range.latest;
  const words = rangeInWords(range, zone);
  const changes = valuesInWords(appointment.values);
  const name = namedSubject(appointment.name, subject);
  const summary = `${isCancelled ? 'Cancelled: ' : ''}${name}: ${changes.join('; ')}${isExact ? '' : ` (${words})`}`;
  const said = [
    ...(isCancelled ? ['It was retracted, or something else holds instead.'] : []),
    ...(isExact ? [] : [`When exactly is not known: ${words}, in ${zone}.`]),
    ...changes,
    `Announced by ${server}/?event=${eventId}`,
  ];
  return {
    id: uuidOf(`//${origin}/schedule/${view}/${subject}/${eventId}/${kind}`, uuidOf.URL),
    sequence,
    stamp: new Date(altered),
    lastModified: new Date(altered),
    ...(isExact ? { start: new Date(range.latest) } : daysOf(appointment, zone)),
    summary: plainText(summary),
    description: plainText(said.join('\n')),
    url: `${server}/?subject=${view}/${encodeURIComponent(subject)}`,
    categories: [{ name: view }],
    status: isCancelled
      ? ICalEventStatus.CANCELLED
      : isExact
        ? ICalEventStatus.CONFIRMED
        : ICalEventStatus.TENTATIVE,
    transparency: ICalEventTransparency.TRANSPARENT,
  };
}

/** The days of the range, the end excluded (§3.6.1). Of an open range, the day of its one bound. */
function daysOf(
  { range: { earliest, latest }, kind }: ScheduledChange,
  zone: string,
): Pick<ICalEventData, 'start' | 'end' | 'allDay'> {
  // An end at the first instant of a day is the end of the day before.
  const end = kind === 'until' && latest < LATEST ? latest - 1 : latest;
  const first = dateIn(zone, earliest > EARLIEST ? earliest : end);
  const last = dateIn(zone, latest < LATEST ? end : earliest);
  return { start: midnight(first), end: new Date(midnight(last).getTime() + MS_PER_DAY), allDay: true };
}

/** The start of a date, in UTC: the calendar writes only the date. */
const midnight = (date: string): Date => new Date(`${date}T00:00:00Z`);

const inOrder = (appointments: readonly Appointment[]): Appointment[] =>
  [...appointments].sort((a, b) => a.range.latest - b.range.latest || (keyOf(a) < keyOf(b) ? -1 : 1));

const keyOf = ({ view, subject, eventId, kind }: ScheduledChange): string =>
  `${view} ${subject} ${eventId} ${kind}`;
