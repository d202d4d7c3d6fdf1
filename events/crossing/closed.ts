import { Data } from '../data.js';
import { eventType } from '../event-type.js';
import { Country, Flag, Id, OneOf, Optional, SomeOf, Text } from '../field.js';
import { MODES, statusAt, type Mode } from './status.js';
import { crossingSubject } from '../kinds.js';

/** From `occurred` on, a crossing, or one side or some modes of it, is closed to all traffic. */
export class CrossingClosed extends Data {
  @Id('The crossing.', 'crossing')
  crossing!: string;

  @Optional()
  @Country('The side that closed it; absent: the report does not say, so both.')
  side?: string;

  @Optional()
  @SomeOf(MODES, 'The closed modes; absent: all of them.')
  modes?: Mode[];

  @Optional()
  @Id('Who ordered it: a commander may close for hours, only a government for longer.', 'actor')
  authority?: string;

  @Optional()
  @Text('Why.')
  reason?: string;

  @Optional()
  @Flag(
    'The same act also orders the reopening at `until`; otherwise, at the end, the state under the closure shows again.',
  )
  reopens?: boolean;
}

/** Version 1 knew a single mode. */
export class CrossingClosed1 extends Data {
  @Id('The crossing.', 'crossing')
  crossing!: string;

  @Optional()
  @Country('The side that closed it; absent: both.')
  side?: string;

  @Optional()
  @OneOf([...MODES, 'all'], 'The closed mode; absent: all.')
  mode?: Mode | 'all';

  @Optional()
  @Id('Who ordered it.', 'actor')
  authority?: string;

  @Optional()
  @Text('Why.')
  reason?: string;

  @Optional()
  @Flag('The same act also orders the reopening at `until`.')
  reopens?: boolean;
}

const modesForMode = ({ mode, ...data }: Record<string, unknown>): Record<string, unknown> =>
  mode === undefined || mode === 'all' ? data : { ...data, modes: [mode] };

export const crossingClosed = eventType<CrossingClosed>({
  type: 'crossing.closed',
  version: 2,
  means: 'A crossing, or one side or some modes of it, lets nobody through.',
  doesNotMean:
    'That the other side closed too; that the announced end will be kept. With exempted travellers it is crossing.restricted.',
  data: CrossingClosed,
  earlier: { 1: CrossingClosed1 },
  upcasters: { 1: modesForMode },
  subject: crossingSubject,
  effects: (development) => {
    const { authority, reason, reopens } = development.data;
    return statusAt(
      development,
      { status: 'closed', authority, reason },
      reopens ? { status: 'open', authority } : undefined,
    );
  },
  example: {
    type: 'crossing.closed',
    schemaVersion: 2,
    occurred: '2025-10-29/2025-10-30',
    until: '2025-11-30',
    reportedAt: '2025-10-29',
    data: {
      crossing: 'lt-by.salcininkai',
      side: 'LT',
      authority: 'lt.government',
      reason: 'smugglers’ balloons over Vilnius airport',
      summary: 'The cabinet keeps Šalčininkai shut to the end of November.',
    },
    source: {
      publisher: 'Trakų žemė',
      title: 'Šalčininkų ir Medininkų pasienio punktai su Baltarusija uždaromi mėnesiui',
      url: 'https://traku-zeme.lt/salcininku-ir-medininku-pasienio-punktai-su-baltarusija-uzdaromi-menesiui/',
      publishedAt: '2025-10-29',
    },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
  },
});
