import { Inject, Injectable } from '@nestjs/common';
import { Audit } from '#data-folder';
import type { EventLog } from '#log';
import { parseChangeId } from '#views';
import type { MessageSource, SourceKind, StoredFilter } from '#webhooks';
import { ChangeWatermark } from '../changes/change-watermark.js';
import { ChangePlaces } from '../changes/change-places.js';
import { CHANGE_FILTER, ChangeSelections } from '../changes/change-selection.js';
import { ChangeReader } from '../changes/change-reader.js';
import { FILTER, selectionOf } from '../events/event-filter.js';
import { EventForms } from '../events/event-forms.js';
import { hasPosition, notInLog, positionAfter, positionAt } from '../events/position.js';
import { EVENT_LOG, SETTINGS_TOKEN } from '../provided.js';
import { parsed } from '../reading/parameters.js';
import type { Settings } from '../../settings.js';
import { ChangeMessages } from './change-messages.js';
import { EventMessages } from './event-messages.js';

/** The kinds of webhooks: the same as the streams, with the same filters and places. */
@Injectable()
export class WebhookSources {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    private readonly audit: Audit,
    private readonly forms: EventForms,
    private readonly places: ChangePlaces,
    private readonly reader: ChangeReader,
    private readonly watermark: ChangeWatermark,
    private readonly selections: ChangeSelections,
  ) {}

  /** `server`: the scheme and authority that the owner uses. Throws Problem `invalid-parameter` where the filter cannot be read. */
  of(kind: SourceKind, filter: StoredFilter, server: string): MessageSource {
    const { zone } = this.settings;
    if (kind === 'events') {
      const selection = selectionOf(parsed(FILTER, filter, zone));
      return new EventMessages(this.log, selection, this.forms.cloudEvents(server));
    }
    const selection = this.selections.of(parsed(CHANGE_FILTER, filter, zone));
    const { places, reader, watermark } = this;
    return new ChangeMessages({ places, reader, watermark, selection, origin: this.origin });
  }

  /** The position that the `after` of the stream names. Throws Problem `invalid-parameter`, `another-log`. */
  async positionOf(kind: SourceKind, after: string): Promise<string> {
    const { log, places } = this;
    if (kind === 'events') {
      const position = await positionAfter(log, after, this.settings.zone);
      if (await hasPosition(log, position)) return positionAt(log, position.sequence);
    } else {
      const place = await places.named(after);
      if (await places.has(place)) return parseChangeId(after) ? after : places.idOf(place);
    }
    throw await notInLog(log, after);
  }

  /** The name of the log in its checkpoints. */
  get origin(): string {
    return this.audit.checkpoints.keys.origin;
  }
}
