import type { Beginning } from '#events';
import type { Appended } from '#log';
import type { Runtime } from '#runtime';

/** Larger batches are not remembered. */
const MOST_TOGETHER = 16;
const GROUPS_REMEMBERED = 256;
const MOST_OF_GROUP = 64;
/** After this time, in milliseconds, the views have a report. */
const REMEMBERED_MS = 10_000;

interface RecentReport {
  readonly at: number;
  readonly sequence: number;
  readonly beginning: Beginning;
}

/** Reports that this process has just recorded, until the views have them: so a report that comes twice at the same time is noticed. */
export class RecentReports {
  /** The oldest group is forgotten first. */
  private readonly groups = new Map<string, readonly RecentReport[]>();

  constructor(private readonly runtime: Runtime) {}

  /** `reports`: the beginnings of each event of the append. */
  add(reports: readonly (readonly Beginning[])[], appended: readonly Appended[]): void {
    if (reports.length > MOST_TOGETHER) return;
    const at = this.runtime.elapsed();
    for (const [index, beginnings] of reports.entries()) {
      const { sequence, duplicate } = appended[index]!;
      if (duplicate !== true) for (const beginning of beginnings) this.remember({ at, sequence, beginning });
    }
  }

  /** The beginnings in a group that were recorded after a sequence; the others are forgotten. */
  after(sequence: number, group: string): Beginning[] {
    const earlier = this.groups.get(group);
    if (earlier === undefined) return [];
    const now = this.runtime.elapsed();
    const recent = earlier.filter(
      (report) => report.sequence > sequence && isRecent(report.at, now, REMEMBERED_MS),
    );
    if (recent.length === 0) this.groups.delete(group);
    else this.groups.set(group, recent);
    return recent.map(({ beginning }) => beginning);
  }

  private remember(report: RecentReport): void {
    const { group } = report.beginning;
    const earlier = this.groups.get(group) ?? [];
    this.groups.set(group, [...earlier.slice(1 - MOST_OF_GROUP), report]);
    if (this.groups.size > GROUPS_REMEMBERED)
      for (const first of this.groups.keys()) {
        this.groups.delete(first);
        break;
      }
  }
}

/** Whether `at` is before `now` by less than `milliseconds`. A time after now comes from another process (test/simulation). */
export const isRecent = (at: number, now: number, milliseconds: number): boolean =>
  at <= now && now - at < milliseconds;
