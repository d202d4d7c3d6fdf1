import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finished } from '#runtime';
import type { DevelopmentAsSent } from '#events';
import { State, viewNamed, type Item, type Question } from '#views';
import { day, eventOf, idOf, noon } from './drawn.js';
import { withPipelines } from './pipeline.js';

const crossings = viewNamed('crossings')!;
const IDS = Array.from({ length: 24 }, (_, n) => `x.${String(n).padStart(2, '0')}`);

const id = fc.constantFrom(...IDS);
const days = fc.integer({ min: 0, max: 8 });
const border = fc.constantFrom('LT-BY', 'PL-BY', 'LV-RU');
const mode = fc.constantFrom('road', 'rail', 'pedestrian');
const edge = fc.constantFrom(-180, -179.5, -25, 0, 25.5, 26, 179.9, 180);
const latitude = fc.constantFrom(-90, -0.5, 0, 54.5, 55, 90);

const registered = fc
  .record({
    id,
    on: days,
    told: days,
    border,
    modes: fc.uniqueArray(mode, { minLength: 1 }),
    at: fc.option(fc.tuple(edge, latitude)),
  })
  .map(({ id: name, on, told, border: between, modes, at }) => ({
    type: 'subject.registered',
    occurred: day(on),
    reportedAt: day(told),
    data: {
      kind: 'crossing',
      id: name,
      names: { en: name },
      crossing: { border: between, sides: between.split('-'), modes, operating: true },
      ...(at && { location: { type: 'Point', coordinates: at } }),
    },
  }));
const changed = fc
  .record({
    id,
    on: days,
    told: days,
    until: fc.option(days, { nil: undefined, freq: 3 }),
    type: fc.constantFrom('crossing.closed', 'crossing.reopened'),
    modes: fc.option(fc.uniqueArray(mode, { minLength: 1 }), { nil: undefined }),
  })
  .map(({ id: crossing, on, told, until, type, modes }) => ({
    type,
    // Of half of the crossings the events have instants, not days: cells without vague bounds are read in part.
    occurred: crossing < IDS[12]! ? new Date(noon(on)).toISOString() : day(on),
    ...(type === 'crossing.closed' && until !== undefined && until > on && { until: day(until) }),
    reportedAt: day(told),
    data: { crossing, ...(modes && { modes }) },
  }));

const events = fc
  .array(fc.oneof(registered, changed), { minLength: 4, maxLength: 60, size: '+1' })
  .map((told) =>
    told.map((one, n) => {
      const sent: DevelopmentAsSent = {
        ...one,
        id: idOf(n + 1),
        source: { publisher: 'BNS', title: 'Notice', publishedAt: one.reportedAt },
        attribution: { claimant: n % 3 === 0 ? 'press.ap' : 'lt.vsat', standing: 'act', reliability: 'A1' },
      };
      const event = eventOf(sent);
      if (event === undefined) throw new Error(JSON.stringify(sent));
      return event;
    }),
  );

const filters = fc.record(
  {
    border,
    mode,
    status: fc.constantFrom('open', 'closed', 'restricted', 'unknown'),
    bbox: fc.tuple(edge, latitude, edge, latitude).map(([west, a, east, b]) => {
      return [west, Math.min(a, b), east, Math.max(a, b)].join();
    }),
  },
  { requiredKeys: [] },
);

/** Any cut: each axis has some instant, or no instant. */
const cut = fc.record(
  {
    knownAt: days.map(noon),
    recordedAt: fc.integer({ min: 1, max: 120 }),
    accordingTo: fc.constantFrom('lt.vsat', 'press.ap'),
  },
  { requiredKeys: [] },
);

/** The items of all pages, one page after another. */
function paged(state: State, question: Question, wanted: Record<string, string>, limit: number): Item[] {
  const found: Item[] = [];
  for (;;) {
    const after = found.at(-1)?.id ?? '';
    const { items, more } = finished(state.page(crossings, question, wanted, { after, limit }));
    expect(items.length).toBeLessThanOrEqual(limit);
    found.push(...items.map(({ item }) => item));
    if (!more) return found;
  }
}

describe('filters', () => {
  it('find the items of the whole list that pass the filters, for any events and at any cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(events, { minLength: 1, maxLength: 2 }),
        fc.array(fc.record({ filters, asOf: days, cut, limit: fc.integer({ min: 1, max: 9 }) }), {
          minLength: 1,
          maxLength: 5,
        }),
        (batches, asked) =>
          withPipelines(1, async (pipeline) => {
            const { state } = pipeline;
            for (const [index, batch] of batches.entries()) {
              // The second batch may say other things about the subjects of the first batch: the indexes of the filters must follow.
              await pipeline.record(
                batch.map((event) => ({ ...event, id: event.id.replace(/^./, String(index)) })),
              );
              // Each question is asked twice: the second time the state has items that earlier questions left.
              for (const { filters: wanted, asOf, cut: scope, limit } of [...asked, ...asked]) {
                const question = { asOf: noon(asOf), ...scope };
                const pages = paged(state, question, wanted, limit);
                const list = finished(state.list(crossings, question, wanted));
                const all = finished(new State(pipeline.views.cells).list(crossings, question));
                const expected = all.filter((item) =>
                  Object.entries(wanted).every(([name, value]) =>
                    crossings.filters[name]!.passes(item, value),
                  ),
                );
                expect(list).toEqual(expected);
                expect(pages).toEqual(expected);
              }
            }
          }),
      ),
      { numRuns: 30 },
    ));
});
