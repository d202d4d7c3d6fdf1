import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Audit, toCloudEvent, toEntry } from '#data-folder';
import type { LogPage, RecordedEvent } from '#log';
import { serverOf } from '../reading/server-address.js';

/** An event as JSON: our own entry, or a CloudEvent. */
export type EventForm = (event: RecordedEvent) => object;

/** The number of server addresses for which the form of CloudEvents is remembered, so that readers share its pages. */
const MOST_SERVERS = 10;

/** The forms in which events are answered. */
@Injectable()
export class EventForms {
  private readonly ofServers = new Map<string, EventForm>();

  constructor(private readonly audit: Audit) {}

  /** `cloudevents`: the addresses of schemas use the server's address as the client called it. */
  of(request: FastifyRequest, name: string): EventForm {
    return name === 'cloudevents' ? this.cloudEvents(serverOf(request)) : toEntry;
  }

  /** `server`: the scheme and authority that the reader uses. */
  cloudEvents(server: string): EventForm {
    const known = this.ofServers.get(server);
    if (known) return known;
    const { origin } = this.audit.checkpoints.keys;
    const form = (event: RecordedEvent) => toCloudEvent(event, { origin, server });
    if (this.ofServers.size === MOST_SERVERS) this.ofServers.clear();
    this.ofServers.set(server, form);
    return form;
  }
}

type WrittenPages = WeakMap<LogPage, Buffer>;
type Write = (event: RecordedEvent, form: EventForm) => string;

const written = new WeakMap<Write, WeakMap<EventForm, WrittenPages>>();

/** The text of a page. Readers at the same sequence get the same page; with one form and one function they share its text. */
export function writtenPage(page: LogPage, form: EventForm, write: Write): Buffer {
  const known = written.get(write)?.get(form)?.get(page);
  if (known) return known;
  const byForm = written.get(write) ?? new WeakMap<EventForm, WrittenPages>();
  const pages = byForm.get(form) ?? new WeakMap<LogPage, Buffer>();
  const text = Buffer.from(page.events.map((event) => write(event, form)).join(''));
  written.set(write, byForm.set(form, pages.set(page, text)));
  return text;
}
