import { beginningsOf, type Beginning, type StoredDevelopment } from '#events';
import type { Appended, NewEvent } from '#log';
import type { Runtime } from '#runtime';

/** Larger batches are not remembered. */
const MOST_TOGETHER = 16;
const MOST_REMEMBERED = 256;
/** After this time, in milliseconds, the views have a report. */
const REMEMBERED_MS = 10_000;

interface RecentReport {
  readonly at: number;
  readonly sequence: number;
  readonly beginnings: readonly Beginning[];
}

/** Reports that this process has just recorded, until the views have them: so a report that is sent twice at once is noticed. */
export class RecentReports {
  private reports: RecentReport[] = [];

  constructor(private readonly runtime: Runtime) {}

  add(events: readonly NewEvent[], appended: readonly Appended[]): void {
    if (events.length > MOST_TOGETHER) return;
    const at = this.runtime.elapsed();
    for (const [index, event] of events.entries()) {
      const { sequence, duplicate } = appended[index]!;
      if (duplicate === true) continue;
      this.reports.push({ at, sequence, beginnings: beginningsOf(event as NewEvent & StoredDevelopment) });
    }
    if (this.reports.length > MOST_REMEMBERED) this.reports = this.reports.slice(-MOST_REMEMBERED);
  }

  /** The reports after a sequence; the others are forgotten. */
  after(sequence: number): Beginning[] {
    if (this.reports.length === 0) return [];
    const now = this.runtime.elapsed();
    this.reports = this.reports.filter(
      (report) => report.sequence > sequence && isRecent(report.at, now, REMEMBERED_MS),
    );
    return this.reports.flatMap(({ beginnings }) => beginnings);
  }
}

/** Whether it was at most so long ago. A time after now comes from another process (test/simulation). */
export const isRecent = (at: number, now: number, milliseconds: number): boolean =>
  at <= now && now - at < milliseconds;
