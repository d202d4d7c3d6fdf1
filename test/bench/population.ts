import { accept } from '#events';
import type { NewEvent } from '#log';
import { systemRuntime } from '#runtime';

export const CELLS = 1000;
const FIRST = Date.UTC(2020, 0, 1);
const MINUTE = 60_000;

/** The nth development, as a client sends it, of about 450 bytes. The crossings close and reopen in turn. */
export function developmentOf(
  n: number,
  crossing = `bench.${n % CELLS}`,
  closes = Math.floor(n / CELLS) % 2 === 0,
): object {
  const occurred = new Date(occurredAt(n)).toISOString();
  const reportedAt = new Date(reportedAtOf(n)).toISOString();
  return {
    type: closes ? 'crossing.closed' : 'crossing.reopened',
    occurred,
    reportedAt,
    data: {
      crossing,
      authority: 'vsat.commander',
      summary: `Traffic at the crossing changed for the ${n}th time`,
    },
    source: { publisher: 'State Border Guard Service', title: `Notice ${n}`, publishedAt: reportedAt },
    attribution: { claimant: 'lt.vsat', standing: 'act', reliability: 'A1' },
  };
}

/**
 * Registrations, as a client sends them, of all subjects that the developments name. Without them each answer would have warnings, and would wait
 * until the views have all events before.
 */
export function registrations(): object[] {
  const crossing = { border: 'LT-BY', sides: ['LT', 'BY'], modes: ['road'], operating: true };
  const actors = ['vsat.commander', 'lt.vsat'].map((id) => ({ kind: 'actor', id, actor: { party: 'LT' } }));
  const crossings = Array.from({ length: CELLS }, (_, n) => ({
    kind: 'crossing',
    id: `bench.${n}`,
    crossing,
  }));
  const date = '2019-12-01';
  return [...actors, ...crossings].map((subject) => ({
    type: 'subject.registered',
    occurred: date,
    reportedAt: date,
    data: { ...subject, names: { en: subject.id } },
    source: { publisher: 'State Border Guard Service', title: 'Register', publishedAt: date },
    attribution: { claimant: 'lt.vsat', standing: 'reference', reliability: 'A1' },
  }));
}

export const occurredAt = (n: number): number => FIRST + n * MINUTE;
/** The time of the report: 15 minutes after the development. */
export const reportedAtOf = (n: number): number => occurredAt(n) + 15 * MINUTE;

export function acceptedEvent(sent: object): NewEvent {
  const accepted = accept(sent, { defaultZone: 'Europe/Vilnius', newId: () => systemRuntime.id() });
  if (Array.isArray(accepted)) throw new Error(JSON.stringify(accepted));
  return { ...accepted, metadata: { recordedBy: 'bench' } };
}

/** The row that raw SQLite inserts, with the same columns. */
export function rowOf(
  { id, stream, type, schemaVersion, payload, metadata }: NewEvent,
  n: number,
): unknown[] {
  return [n, id, stream, n, type, schemaVersion, FIRST, JSON.stringify(payload), JSON.stringify(metadata)];
}
