import { correctionOf, rangeOf, type Payload } from '#events';
import type { EventLog, RecordedEvent } from '#log';
import { versionsOf, type Note } from '#timeline';
import { notesAbout } from '../events/notes-about.js';

/** A development as it stands, whatever put it there. */
export interface Content {
  readonly type: string;
  readonly payload: Payload;
}

/**
 * What an event says where a further note of this kind will find it: an amendment the latest version, a transcription what
 * was written down in the first place, put right as far as it has been. Of a correction it is what that puts in its target's
 * place, of a retracted event what it said itself. `before`: only notes of a smaller sequence count.
 */
export async function standingContent(
  log: EventLog,
  event: RecordedEvent,
  kind: string,
  before = Infinity,
): Promise<Content> {
  const own = contentOf(event);
  const notes = (await notesAbout(log, event.id))
    .filter(({ sequence }) => sequence < before)
    .map(noteOf)
    .filter((note) => kind === 'amended' || note.kind === kind);
  const versions = versionsOf({ id: event.id, content: own, reported: reportOf(own) }, notes);
  return versions.at(-1)?.content ?? own;
}

function noteOf(event: RecordedEvent): Note<Content> {
  const payload = event.payload as Payload;
  const { target, kind } = payload.data as unknown as Pick<Note<Content>, 'target' | 'kind'>;
  const content = contentOf(event);
  return {
    id: event.id,
    target,
    kind,
    reported: reportOf({ type: event.type, payload }),
    ...(content.type !== event.type && { replacement: { content, reported: reportOf(content) } }),
  };
}

function contentOf({ id, type, schemaVersion, payload }: RecordedEvent): Content {
  const own = payload as Payload;
  return correctionOf({ id, type, schemaVersion, payload: own })?.replacement ?? { type, payload: own };
}

function reportOf({ payload }: Content): number {
  return rangeOf(payload.reportedAt).latest;
}
