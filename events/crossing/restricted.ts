import { Data } from '../data.js';
import { eventType } from '../event-type.js';
import { Country, Flag, Id, Optional, SomeOf, Text, Texts } from '../field.js';
import { MODES, statusAt, type Mode } from './status.js';
import { crossingSubject } from '../kinds.js';

/** From `occurred` on, only some traffic passes a crossing. */
export class CrossingRestricted extends Data {
  @Id('The crossing.', 'crossing')
  crossing!: string;

  @Optional()
  @Country('The side that restricts it; absent: both.')
  side?: string;

  @Optional()
  @SomeOf(MODES, 'The restricted modes; absent: all of them.')
  modes?: Mode[];

  @Optional()
  @Id('Who ordered it.', 'actor')
  authority?: string;

  @Optional()
  @Texts('Who may still cross.')
  exemptions?: string[];

  @Optional()
  @Texts('Who may not cross, if all others may.')
  barred?: string[];

  @Optional()
  @Text('Why.')
  reason?: string;

  @Optional()
  @Flag('The same act also ends the restriction at `until`, so that the crossing is open.')
  reopens?: boolean;
}

export const crossingRestricted = eventType<CrossingRestricted>({
  type: 'crossing.restricted',
  version: 1,
  means: 'A crossing, or one side or some modes of it, lets only some travellers or goods through.',
  doesNotMean: 'That it is closed; that the list of exemptions is complete.',
  data: CrossingRestricted,
  subject: crossingSubject,
  effects: (development) => {
    const { authority, exemptions, barred, reason, reopens } = development.data;
    return statusAt(
      development,
      { status: 'restricted', authority, exemptions, barred, reason },
      reopens ? { status: 'open', authority } : undefined,
    );
  },
  example: {
    type: 'crossing.restricted',
    occurred: '2025-10-27',
    reportedAt: '2025-10-27',
    data: {
      crossing: 'lt-by.medininkai',
      side: 'LT',
      authority: 'lt.government',
      exemptions: ['diplomats and diplomatic mail', 'citizens of Lithuania and the EU returning home'],
      reason: 'smugglers’ balloons over Vilnius airport',
    },
    source: {
      publisher: 'Suduvos gidas',
      title: 'Šalčininkų punktas nebeveiks, per Medininkų punktą vykti galės tik kelios kategorijos asmenų',
      url: 'https://suduvosgidas.lt/salcininku-punktas-nebeveiks-per-medininku-punkta-vykti-gales-tik-kelios-kategorijos-asmenu/',
      publishedAt: '2025-10-27',
    },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
  },
});
