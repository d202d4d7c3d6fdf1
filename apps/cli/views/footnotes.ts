import type { Client } from '#client';
import { tableOf } from '../table.js';
import { textOf } from './view-table.js';

/** Numbers the events that an answer rests on, in the order in which they are first named. */
export class Footnotes {
  private readonly numbers = new Map<string, number>();

  readonly refs = (because: readonly string[]): string =>
    rangesOf(because.map((id) => this.numberOf(id)).sort((a, b) => a - b));

  get ids(): string[] {
    return [...this.numbers.keys()];
  }

  private numberOf(id: string): number {
    const number = this.numbers.get(id) ?? this.numbers.size + 1;
    this.numbers.set(id, number);
    return number;
  }
}

/** `1, 2, 4–7` */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [from: number, to: number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges
    .map(([from, to]) => (from === to ? `${from}` : from === to - 1 ? `${from}, ${to}` : `${from}–${to}`))
    .join(', ');
}

/** The members of an event that its line in the table shows. */
export interface EventLine {
  readonly id: string;
  readonly sequence: number;
  readonly type: string;
  readonly subject: string;
  readonly reportedAt: { readonly edtf: string; readonly text?: string };
  readonly data: { readonly summary?: string };
  readonly source: { readonly publisher: string; readonly title: string };
  readonly attribution: { readonly claimant: string; readonly reliability: string };
}

const AT_A_TIME = 16;

/** A table of events by id, each under its number. */
export async function eventsTable(client: Client, ids: readonly string[], columns: number): Promise<string> {
  const rows: string[][] = [];
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    const some = ids.slice(from, from + AT_A_TIME);
    const events = await Promise.all(some.map((id) => client.get('/v1/events/{id}', { path: { id } })));
    events.forEach((event, index) => {
      rows.push([
        String(from + index + 1),
        `${event.type}\n${event.id}`,
        event.reportedAt.edtf,
        textOf(event.source.publisher),
      ]);
    });
  }
  return tableOf(['', 'Event', 'Reported', 'Source'], rows, columns);
}
