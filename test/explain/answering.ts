import { application } from '../server/application.js';
import { Asking, corpus } from '../questions/asked.js';

/** A server in this process that was sent some files of the corpus. */
export async function answering(wanted: RegExp): Promise<{ asking: Asking; stop: () => Promise<void> }> {
  const { url, keys, stop } = await application();
  const asking = new Asking(url, (await keys.create('a test', ['report', 'edit'])).key);
  const { events } = await asking.record('/v1/developments', { developments: corpus(wanted) });
  await asking.ask(`/v1/state?atLeast=${events.length}`);
  return { asking, stop };
}
