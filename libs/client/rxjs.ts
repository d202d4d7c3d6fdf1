import { Observable } from 'rxjs';
import type { MessageStream, StreamMessage } from './message-stream.js';

/** The stream as a cold Observable. Each subscriber has its own connection, which ends when the subscriber unsubscribes. A throw is an error. */
export function observed<T>(stream: MessageStream<T>): Observable<StreamMessage<T>> {
  return new Observable((subscriber) => {
    const ended = new AbortController();
    const pass = async (): Promise<void> => {
      for await (const message of stream.iterate(ended.signal)) subscriber.next(message);
      subscriber.complete();
    };
    pass().catch((error: unknown) => subscriber.error(error));
    return () => ended.abort();
  });
}
