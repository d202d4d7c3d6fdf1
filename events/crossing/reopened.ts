import { Data } from '../data.js';
import { eventType } from '../event-type.js';
import { Country, Id, Optional, SomeOf, Texts } from '../field.js';
import { MODES, statusAt, type Mode } from './status.js';
import { crossingSubject } from '../kinds.js';

/** From `occurred` on, a crossing is open to traffic again. */
export class CrossingReopened extends Data {
  @Id('The crossing.', 'crossing')
  crossing!: string;

  @Optional()
  @Country('The side that reopened it; absent: both.')
  side?: string;

  @Optional()
  @SomeOf(MODES, 'The modes that are open again; absent: all of them.')
  modes?: Mode[];

  @Optional()
  @Id('Who ordered it.', 'actor')
  authority?: string;

  @Optional()
  @Texts('The condition of the opening.')
  conditions?: string[];
}

export const crossingReopened = eventType<CrossingReopened>({
  type: 'crossing.reopened',
  version: 1,
  means: 'A crossing, or one side or some modes of it, lets people through again.',
  doesNotMean:
    'That earlier conditions were met; that the other side is open; that detained vehicles may leave.',
  data: CrossingReopened,
  subject: crossingSubject,
  effects: (development) => {
    const { authority, conditions } = development.data;
    return statusAt(development, { status: 'open', authority, conditions });
  },
  example: {
    type: 'crossing.reopened',
    occurred: { edtf: '2025-11-20T00:00', zone: 'Europe/Vilnius', text: 'from midnight' },
    reportedAt: '2025-11-20',
    data: { crossing: 'lt-by.medininkai', side: 'LT', authority: 'lt.government' },
    source: {
      publisher: 'RTV',
      title: 'Litvanija ponovo otvorila granicu sa Belorusijom',
      url: 'https://naslovi.net/2025-11-20/rtv/litvanija-ponovo-otvorila-granicu-sa-belorusijom/40912435',
      publishedAt: '2025-11-20',
    },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B1' },
  },
});
