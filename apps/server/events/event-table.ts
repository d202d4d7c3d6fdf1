import type { EventEntry } from '#data-folder';
import type { ReportedTime } from '#events';
import { columnsFor } from '#views';

interface TimeColumns extends Record<keyof ReportedTime, 'text'> {}

const TIME: TimeColumns = { edtf: 'text', zone: 'text', text: 'text', earliest: 'text', latest: 'text' };

/** The columns of events. `data` is the JSON of the member, as each type has its own. */
export const EVENT_COLUMNS = columnsFor<EventEntry>({
  sequence: 'text',
  id: 'text',
  type: 'text',
  schemaVersion: 'text',
  stream: 'text',
  subject: 'text',
  revision: 'text',
  occurred: TIME,
  until: TIME,
  reportedAt: TIME,
  recordedAt: 'text',
  recordedBy: 'text',
  attribution: { claimant: 'text', standing: 'text', reliability: 'text' },
  source: {
    publisher: 'text',
    title: 'text',
    url: 'text',
    publishedAt: TIME,
    quotedFrom: 'text',
    sha256: 'text',
    quote: 'text',
    row: 'text',
  },
  correlationId: 'text',
  data: {
    named: {
      summary: ({ summary }: EventEntry['data']) => summary,
      data: (data: EventEntry['data']) => JSON.stringify(data),
    },
  },
});
