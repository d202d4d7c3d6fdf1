import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { VERSION } from '../version.js';

/** Upper bounds, in seconds: from a remembered answer to one that waits for `atLeast`. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The metrics, by the conventions of Prometheus. docs/metrics.md explains each. */
export class Meters {
  readonly registry = new Registry();

  readonly requests = this.counter('http_requests', 'Requests answered.', ['method', 'route', 'status']);
  readonly durations = new Histogram({
    name: 'borderline_http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer, without streams.',
    labelNames: ['method', 'route'],
    buckets: BUCKETS,
    registers: [this.registry],
  });

  readonly appends = this.counter('appends', 'Acknowledged appends to the log.');
  readonly events = this.counter('events_recorded', 'Events that these appends recorded.');
  readonly duplicates = this.counter(
    'events_duplicate',
    'Events in these appends that were recorded before.',
  );
  readonly refused = this.counter('appends_refused', 'Appends that were refused.', ['code']);

  readonly head = this.gauge('log_sequence', 'The sequence of the last event in the log.');
  readonly clusterLag = this.gauge(
    'log_lag_seconds',
    'Seconds for which this instance has lacked events of the cluster.',
  );
  readonly lagEvents = this.gauge('consumer_lag_events', 'Events of the log that a consumer lacks.', [
    'consumer',
  ]);
  readonly lagSeconds = this.gauge(
    'consumer_lag_seconds',
    'Seconds since the first event that a consumer lacks was recorded.',
    ['consumer'],
  );
  readonly retrying = this.gauge('consumer_retrying', '1 while a consumer retries after a failure.', [
    'consumer',
  ]);
  readonly parked = this.gauge('consumer_parked_events', 'Events that a consumer has parked.', ['consumer']);
  readonly streams = this.gauge('open_streams', 'Answers that are being sent piece by piece.', ['kind']);
  readonly changesTold = this.gauge(
    'changes_told_timestamp_seconds',
    'The instant up to which changes of state have been sent.',
  );
  readonly changesOverdue = this.gauge(
    'changes_overdue_seconds',
    'Seconds for which a change by the clock has been due and could not be sent.',
  );
  readonly deliveries = this.counter('webhook_deliveries', 'Attempts to deliver a message of a webhook.', [
    'outcome',
  ]);
  readonly webhooks = this.gauge('webhook_subscriptions', 'Webhooks, by their state.', ['state']);
  readonly webhookRequests = this.gauge('webhook_open_requests', 'Messages of webhooks that are being sent.');
  readonly fileSize = this.gauge('file_size_bytes', 'Size of a file in the data folder.', ['file']);
  readonly diskFree = this.gauge('disk_free_bytes', 'Space left on the disk of the data folder.');

  constructor() {
    this.gauge('build_info', 'Always 1.', ['version']).set({ version: VERSION }, 1);
    collectDefaultMetrics({ register: this.registry });
  }

  private counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return new Counter({ name: `borderline_${name}_total`, help, labelNames, registers: [this.registry] });
  }

  private gauge<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return new Gauge({ name: `borderline_${name}`, help, labelNames, registers: [this.registry] });
  }
}
