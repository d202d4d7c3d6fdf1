import { join } from 'node:path';
import type { RecordedEvent } from '#log';
import { finished } from '#runtime';
import {
  ChangeFinder,
  comparisonOf,
  ViewsDatabase,
  type SubjectsOfStep,
  type ChangeStep,
  type PartEnd,
} from '#views';
import { atMost, latenciesOf, type Figure } from './measure.js';
import { acceptedEvent, developmentOf } from './population.js';

const SUBJECTS = [1_000, 10_000, 100_000];
const STEPS = 200;
const DAY = 86_400_000;
const RECORDED = Date.UTC(2025, 10, 1);
const MIDNIGHT = RECORDED + 30 * DAY;

/** The cost of one event, and of one instant that is due, with many subjects; and of a midnight at which all subjects change. */
export function changing(folder: string): Figure[] {
  const figures: Figure[] = [];
  let least = Infinity;
  for (const subjects of SUBJECTS) {
    const views = new ViewsDatabase(join(folder, `changing-${subjects}.db`), { scratch: true });
    const finder = new ChangeFinder(() => views);
    record(views, subjects);
    const count = subjects.toLocaleString('en');
    const event = latenciesOf(STEPS, (n) => changesOf(finder, eventStep(views, subjects + 1 + n)));
    const clock = latenciesOf(STEPS, (n) => changesOf(finder, clockStep(views, RECORDED + DAY + n)));
    least = Math.min(least, event.p50);
    const start = performance.now();
    const changes = changesOf(finder, clockStep(views, MIDNIGHT));
    const rate = changes / ((performance.now() - start) / 1_000);
    figures.push(
      {
        name: `changes of an event, ${count} subjects, p50`,
        value: event.p50,
        unit: 'ms',
        target: atMost(event.p50, Math.ceil(3 * least)),
      },
      { name: `changes of an instant for one of ${count} subjects, p50`, value: clock.p50, unit: 'ms' },
      { name: `changes of ${count} subjects at one midnight`, value: rate, unit: 'changes/s' },
    );
    views.close();
  }
  return figures;
}

/** Records that each subject closes until the midnight, and then that some subjects change once more, each at a millisecond of its own. */
function record(views: ViewsDatabase, subjects: number): void {
  const midnight = new Date(MIDNIGHT).toISOString();
  const closure = (n: number, until: string): object => ({
    ...developmentOf(0, `bench.${n}`, true),
    until,
  });
  const sent = Array.from({ length: subjects }, (_, n) => closure(n, midnight));
  const more = Array.from({ length: STEPS }, (_, n) => ({
    ...developmentOf(n, `bench.${n}`, false),
    until: new Date(RECORDED + DAY + n).toISOString(),
  }));
  const events = [...sent, ...more].map((development, index): RecordedEvent => ({
    ...acceptedEvent(development),
    sequence: index + 1,
    revision: index,
    recordedAt: RECORDED,
  }));
  views.apply(events, new Map());
}

function eventStep({ due }: ViewsDatabase, sequence: number): [ChangeStep, SubjectsOfStep] {
  const event = { sequence, at: RECORDED, by: 'an-event', reported: RECORDED, isLate: false };
  const step: ChangeStep = { kind: 'event', ...event };
  return [step, (category, after, most) => due.touched(sequence, category, after, most)];
}

function clockStep({ due }: ViewsDatabase, at: number): [ChangeStep, SubjectsOfStep] {
  const subjectsOf: SubjectsOfStep = (category, after, most) =>
    due.subjects(at, category, after, most).map((subject) => ({ subject }));
  return [{ kind: 'clock', sequence: 1_000_000, at }, subjectsOf];
}

function changesOf(finder: ChangeFinder, [step, subjectsOf]: [ChangeStep, SubjectsOfStep]): number {
  let changes = 0;
  for (let end: PartEnd | undefined; ;) {
    const part = finished(finder.part(comparisonOf(step), subjectsOf, end));
    changes += part.found.length;
    if (part.end === undefined) return changes;
    ({ end } = part);
  }
}
