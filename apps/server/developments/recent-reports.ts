import { beginningsOf, type Beginning, type StoredDevelopment } from '#events';
import type { Appended, NewEvent } from '#log';

/** Larger batches are not remembered. */
const MOST_TOGETHER = 16;
const MOST_REMEMBERED = 256;

interface RecentReport {
  readonly sequence: number;
  readonly beginnings: readonly Beginning[];
}

/** What was recorded here a moment ago, until the views have it: a report that is sent twice at once is seen. */
export class RecentReports {
  private reports: RecentReport[] = [];

  add(events: readonly NewEvent[], appended: readonly Appended[]): void {
    if (events.length > MOST_TOGETHER) return;
    for (const [index, event] of events.entries()) {
      const { sequence, duplicate } = appended[index]!;
      if (duplicate === true) continue;
      this.reports.push({ sequence, beginnings: beginningsOf(event as NewEvent & StoredDevelopment) });
    }
    if (this.reports.length > MOST_REMEMBERED) this.reports = this.reports.slice(-MOST_REMEMBERED);
  }

  /** Those after a sequence; the others are forgotten. */
  after(sequence: number): Beginning[] {
    if (this.reports.some((report) => report.sequence <= sequence))
      this.reports = this.reports.filter((report) => report.sequence > sequence);
    return this.reports.flatMap(({ beginnings }) => beginnings);
  }
}
