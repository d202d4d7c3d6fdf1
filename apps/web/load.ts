import { askAgain, failure, loadHead, Refusal } from './data.js';
import { loadEvents } from './events.js';

/** Asks for the first data of the page: where the log ends, then the events. */
export async function load(): Promise<void> {
  try {
    await loadHead();
    await loadEvents();
    askAgain();
  } catch (error) {
    failure.value = error instanceof Refusal ? error : new Refusal(String(error), 0);
  }
}
