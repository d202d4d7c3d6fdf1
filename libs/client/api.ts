/** The types of the API, made of its description: `UPDATE_CLIENT=1 npm test -- test/server/client-types`. */
export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process runs
         * @description It uses neither the log nor the disk.
         */
        get: operations["HealthController_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the server can serve
         * @description Checks the log and its consumers: the views, the search, the audit tree. The answer has the lag of each. A log that could not store the last append is not ready until it can be written again. It is `503` with the reasons if one of them cannot serve.
         */
        get: operations["HealthController_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events of the log, as Server-Sent Events
         * @description `id:` is the sequence and eight digits that distinguish logs (`428-3f9a1c0d`), `event:` the type, `data:` the event, or with `format=cloudevents` the CloudEvent. `event: caught-up` at the end of history, and every 15 s if the position has moved without an event that passes the filter; otherwise a comment every 15 s. No event is lost: a slow reader gets them from the log. After an id that this log does not have, the answer is `event: reset` with `{ head, origin }`, and the stream ends: discard all events that you have read, and start again.
         */
        get: operations["EventStreamController_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find events
         * @description JSON gives a page. So does a batch of CloudEvents, with the next page in the header `Link` (RFC 8288). NDJSON and CSV give all events, one a line, or `limit` of them; `format=cloudevents` with `Accept: application/x-ndjson` gives one CloudEvent a line.
         */
        get: operations["EventsController_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An event, its corrections and its effects
         * @description The event as it was recorded never changes; `corrections` and `causes` grow. Where there are over 100 corrections, `allCorrections` has the path of a list of all.
         */
        get: operations["EventsController_event"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the changes of state, as Server-Sent Events
         * @description Sends each change of state, by an event or by the clock, within a second. `id:` is the `id` of the change, `event:` is `change`, `data:` the change as `/v1/changes` lists it. `event: caught-up` at the end of history, and every 15 s if the position has moved without a change that passes the filter; otherwise a comment every 15 s. No change is lost or sent twice: changes that were due while the reader or the server was away are sent later, in order. After an id that this log does not have, the answer is `event: reset` with `{ head, origin }`, and the stream ends: discard your state, and start again.
         */
        get: operations["ChangeStreamController_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The changes of state, and their causes
         * @description The changes of state in their order, by events and by the clock: a closure runs out, a phase takes effect, a vague start becomes certain. `at` is the instant of the change for a reader of the log; it never decreases. `from` and `to` select by `at`. A change with `rewrites` is about the past. The aspect `next` is the announced change. JSON gives a page; NDJSON and CSV give all changes, or `limit` of them. A page ends after two seconds, also with fewer changes than `limit`, or with none: `next` continues it. To continue later, ask with `after=<position>`, or follow `/v1/changes/stream` from it.
         */
        get: operations["ChangesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The webhooks of the key
         * @description In the order in which they were made. A key with the scope `admin` gets the webhooks of all keys.
         *
         *     It needs a key with the scope `read`.
         */
        get: operations["WebhooksController_list"];
        put?: never;
        /**
         * Register a webhook
         * @description Sends each event, or each change of state, that passes the filter to the address. A message is a POST with a CloudEvent, `application/cloudevents+json`, and the headers of [Standard Webhooks](https://www.standardwebhooks.com). Messages are sent at least once and in order: the next message follows a 2xx. `webhook-id` is the same in each attempt: ignore a message whose id you have seen. A message that fails is sent again after 5 s, 30 s, 2 min, 10 min, 30 min, 1, 2, 4, 8, 8, 12 and 12 h. Each wait may be 20 % longer or shorter, and is longer where `Retry-After` asks for it. Then the webhook is `parked`, and its place is kept. The answer 410 ends the webhook. Redirects are not followed; an answer may take 15 s. The webhook belongs to the key: only it and keys with the scope `admin` see it.
         *
         *     It needs a key with the scope `read`.
         */
        post: operations["WebhooksController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A webhook
         * @description Its state, its place in the stream, and the message that fails.
         *
         *     It needs a key with the scope `read`.
         */
        get: operations["WebhooksController_read"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Also deletes its secrets, its place and its deliveries. A message that is being sent may still arrive.
         *
         *     It needs a key with the scope `read`.
         */
        delete: operations["WebhooksController_remove"];
        options?: never;
        head?: never;
        /**
         * Pause, resume or move a webhook
         * @description A paused, parked or gone webhook keeps its place: `paused: false` continues from there immediately. If the owner’s key is revoked or has expired, the caller that resumes the webhook becomes its owner.
         *
         *     It needs a key with the scope `read`.
         */
        patch: operations["WebhooksController_change"];
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message
         * @description Sends one CloudEvent of the type `borderline.webhook.test`, signed as all messages are, in any state of the webhook. The answer has the outcome.
         *
         *     It needs a key with the scope `read`.
         */
        post: operations["WebhooksController_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret
         * @description From now on the new secret signs. For a day the earlier secret signs too: the header `webhook-signature` has both signatures, the new one first. Use `overlap: 0` where others know the earlier secret.
         *
         *     It needs a key with the scope `read`.
         */
        post: operations["WebhooksController_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send messages once more
         * @description Sends all messages after a place again, up to the present place of the webhook, with the same ids. New messages are sent meanwhile; their place does not move.
         *
         *     It needs a key with the scope `read`.
         */
        post: operations["WebhooksController_redeliver"];
        /**
         * End a redelivery
         * @description The remaining messages are not sent again. The place of the webhook does not move.
         *
         *     It needs a key with the scope `read`.
         */
        delete: operations["WebhooksController_endRedelivery"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Skip a message that the receiver cannot accept
         * @description Messages are sent in order, so a failing message delays all later ones. This gives up the message in `failing`, and continues with the next; a parked webhook must also be resumed.
         *
         *     It needs a key with the scope `read`.
         */
        post: operations["WebhooksController_skip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The attempts of a webhook
         * @description Each attempt, the newest first: the last 1,000, of the last seven days. In a cluster, only the attempts of the instance that answers.
         *
         *     It needs a key with the scope `read`.
         */
        get: operations["WebhooksController_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feeds/atom.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The latest developments as an Atom feed
         * @description RFC 4287. An entry is a development with its corrections applied. It always keeps its id, and moves to the front when a correction of it is recorded. A retraction stays, with another title. The pages are linked (RFC 5005).
         */
        get: operations["FeedsController_atom"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feeds/feed.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The latest developments as a JSON Feed
         * @description JSON Feed 1.1. An entry is a development with its corrections applied. It always keeps its id, and moves to the front when a correction of it is recorded. A retraction stays, with another title. The pages are linked (RFC 5005).
         */
        get: operations["FeedsController_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feeds/schedule.ics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is due, as a calendar to subscribe to
         * @description RFC 5545. The announced changes that the clock will make, as known now: a closure ends, a phase begins, a measure expires, a deadline or a decision is due. An item keeps its UID when a correction moves it; then its SEQUENCE grows. An item that was retracted, or is overlaid, is CANCELLED. Where the instant is vague, the item is TENTATIVE and takes all the days on which it may be. Items of the last 90 days are there too. Of more than 5,000 items, the calendar has the items that are due first.
         */
        get: operations["ScheduleController_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Replay history, as Server-Sent Events
         * @description History again, at a speed: `event: development` with `{ id, at, event }`, and `event: change` with a change by a development or by the clock, as `/v1/changes` lists it. `at` is the instant on the axis. `event: end` is the last. Close the connection to pause; the same question with `Last-Event-ID`, or `after`, continues. A replay ends at the end of the log at its start, which the ids contain. A client that asks again after the end gets `204`; after an id that this log does not have it gets `event: reset` with `{ head, origin }`.
         */
        get: operations["ReplayController_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/developments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record one development, or up to 10,000: all or nothing
         * @description An answer 201 means that the events are on disk. The same id with the same content gets the first answer again, marked `duplicate`; with other content it gets 409. `record.*` types need the scope `edit`. `warnings` name probable mistakes in recorded developments; with `strict` these are refused. A CloudEvent has the development in `data`; its attributes must not contradict it, and its `id` is used if `data` has none.
         *
         *     It needs a key with the scope `report`.
         */
        post: operations["DevelopmentsController_record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/developments/{id}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Correct an event
         * @description The replacement is the whole content. `amended`: the source changed its story. `transcription`: the report was recorded wrongly here. The event stays in the log, and the correction is one more event. With `dryRun`, the answer says what it would change.
         *
         *     It needs a key with the scope `edit`.
         */
        post: operations["DevelopmentsController_correct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/developments/{id}/retractions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retract an event
         * @description The event stays in the log; its effects end. It has the kinds of a correction. With `dryRun`, the answer says what it would change.
         *
         *     It needs a key with the scope `edit`.
         */
        post: operations["DevelopmentsController_retract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schemas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the JSON Schemas of developments
         * @description One for each version of each event type, and one of the members that all developments have.
         */
        get: operations["SchemasController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schemas/envelope": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The JSON Schema of a development of any type
         * @description The members that every development has; its `data` may be anything.
         */
        get: operations["SchemasController_envelope"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schemas/{type}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The JSON Schema of the developments of an event type, at a version
         * @description The schema of the whole development as it is sent; it refers to no other document. The `dataschema` of a CloudEvent is this address. The service refuses every development that the schema refuses. The schema cannot express the meaning of times, and rules that depend on other members.
         */
        get: operations["SchemasController_ofType"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The state of everything, counted and listed
         * @description The lists of all views at one cut, and how many items have each status.
         */
        get: operations["StateController_state"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare two states
         * @description Two cuts, `from.` and `to.`, on all three axes; each change names the events that caused it.
         */
        get: operations["StateController_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many items a view had over time
         * @description The items that match the filters, counted by status at the end of each day, week or month, as known at the cut. Each count is the count of the list with that day as `asOf`.
         */
        get: operations["SeriesController_series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changes next
         * @description For each subject, the first change after `asOf` that is known at the cut: an announced end, a later phase, a deadline. It is at the first instant at which the timeline has another state; where that instant is vague, at the first instant at which it may have another state. The earliest changes come first. Filters need one `view`: they select the subjects that its list has at `asOf`.
         */
        get: operations["NextController_next"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/planes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The answers at all valid and all known times
         * @description For each subject its answers at every valid and every known time, as rectangles: in each rectangle the answer is the same. A plane at a known time equals the timeline with that `knownAt`. The filters choose the subjects, as in the list at `asOf`. An answer in JSON ends with the subject that has the 100,000th cell; `next`, and the header `Link`, is the address of the next page. As NDJSON: all subjects, one a line, and the basis in the header `Borderline-Basis`.
         */
        get: operations["PlanesController_planes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/crossings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List crossings
         * @description All crossings that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_crossings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/crossings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of crossings
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_crossings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/crossings/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of crossings changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_crossings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List transit
         * @description All transit that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_transit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transit/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of transit
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_transit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transit/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of transit changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_transit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sanctions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sanctions
         * @description All sanctions that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_sanctions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sanctions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of sanctions
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_sanctions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sanctions/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of sanctions changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_sanctions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/detentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List detentions
         * @description All detentions that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_detentions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/detentions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of detentions
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_detentions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/detentions/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of detentions changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_detentions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/warnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List warnings
         * @description All warnings that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_warnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/warnings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of warnings
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_warnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/warnings/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of warnings changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_warnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conditions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conditions
         * @description All conditions that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_conditions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conditions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of conditions
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_conditions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conditions/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of conditions changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_conditions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/talks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List talks
         * @description All talks that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_talks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/talks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of talks
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_talks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/talks/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of talks changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_talks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/airspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List airspace
         * @description All airspace that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_airspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/airspace/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of airspace
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_airspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/airspace/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of airspace changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_airspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List claims
         * @description All claims that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_claims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of claims
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_claims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of claims changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_claims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List releases
         * @description All releases that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_releases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of releases
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_releases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of releases changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_releases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/estimates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List estimates
         * @description All estimates that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_estimates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/estimates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of estimates
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_estimates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/estimates/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of estimates changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_estimates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List statements
         * @description All statements that match the filters, at the cut: `asOf`, `knownAt`, `recordedAt`. `basis` is the question with its defaults resolved. With `limit` the list comes in pages: `next`, and the header `Link`, is the address of the next page, which has the basis of the first.
         */
        get: operations["list_statements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of statements
         * @description Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.
         */
        get: operations["read_statements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statements/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How one of statements changed
         * @description Its states in the order of time, as known at the cut: each from an instant to the next.
         */
        get: operations["timeline_statements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/times": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The range of instants that a time means
         * @description For input forms that accept vague dates. For a text that is not a time, the answer is `invalid-parameter`; it names the wrong part and the right form.
         */
        get: operations["TimesController_time"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain an answer
         * @description Every effect ever recorded about the subject, with its verdict at the cut: `holds`; `mayHold`, if possible worlds differ; `overlaid`; `claimsNotAsked`, because facts decide; `expired`; `notStarted`; `outOfVoice`, left out by `accordingTo` or `minReliability`; `corrected`; `retracted`; `notYetKnown`; `notYetRecorded`. `by` names the events that decided it. For a subject with over 20,000 effects, each page has the effects that hold, then others in the order of aspects, the latest start first.
         */
        get: operations["ExplainController_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/answers/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the answer to one question changed as knowledge grew
         * @description The changes up to the cut. `answer` is the answer as of `asOf`, as known from `at` on; `events` are the events behind the change. A page may end before its limit: continue while there is a `next`.
         */
        get: operations["ExplainController_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The keys that sign checkpoints and receipts
         * @description In signed-note form (C2SP), one a line, the newest first. After a rotation the older key signs too, until it is retired; its earlier signatures stay valid.
         */
        get: operations["AuditController_key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signed checkpoint of the log, now or at an earlier size
         * @description Origin, number of events, root of their Merkle tree; a signed note (C2SP tlog-checkpoint). Keep it. For one `size` and key it is always the same.
         */
        get: operations["AuditController_checkpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/tile/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tile of the Merkle tree, or the entries below one
         * @description C2SP tlog-tiles: `tile/<L>/<N>` and `tile/entries/<N>`, with `.p/<W>` for a partial tile. An entry is the canonical JSON (RFC 8785) of an event as `/v1/events` lists it; entry 0 has sequence 1.
         */
        get: operations["AuditController_tile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/proofs/inclusion/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The proof that an event is in the tree
         * @description PATH of RFC 9162 §2.1.3. Hashes are in base64; the root is in the checkpoint of that size.
         */
        get: operations["AuditController_inclusion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/proofs/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The proof that a later tree begins with all leaves of an earlier tree
         * @description PROOF of RFC 9162 §2.1.4. Hashes are in base64.
         */
        get: operations["AuditController_consistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All effects and corrections in the views
         * @description Every effect that was recorded up to the cut, as it was then: one cell a line, `{ cell, effects }`, in the order of category, subject, aspect and key; a long cell takes several lines. Then the corrections and retractions: `{ corrections: [[id, target, sequence, correction]] }`. Instants are milliseconds. `borderline replay` compares it with views rebuilt from the log.
         */
        get: operations["StoredEffectsController_held"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a signed answer
         * @description A signed statement: the question, its basis (pinned to a sequence), the digest of its answer, and the checkpoint of the events up to that sequence. Keep it with the answer.
         */
        post: operations["ReceiptsController_issue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/receipts/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a receipt
         * @description Checks whether a key of this log signed it, whether the log still begins with the events of its checkpoint, and whether the pinned question still has this answer.
         */
        post: operations["ReceiptsController_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        SentSource: {
            /** @description The publisher. */
            publisher: string;
            /** @description Its title. */
            title: string;
            /** @description The address of the document. */
            url?: string;
            /** @description The time of publication. */
            publishedAt: string | {
                /** @description EDTF (ISO 8601-2). */
                edtf: string;
                /** @description IANA zone; absent: the default zone. */
                zone?: string;
                /** @description The words of the report. */
                text?: string;
                /** @description The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                earliest?: string;
                /** @description The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                latest?: string;
            };
            /** @description The publisher that this one quotes (PROV wasQuotedFrom). */
            quotedFrom?: string;
            /** @description SHA-256 of the document that was read, hexadecimal. */
            sha256?: string;
            /** @description The exact words, where they are the fact themselves; a dozen at most. */
            quote?: string;
            /** @description The row of the collection from which it was entered. */
            row?: string;
        };
        SentAttribution: {
            /** @description The claimant: the actor who makes the assertion. */
            claimant: string;
            /**
             * @description The kind of act of speech.
             * @enum {string}
             */
            standing: "act" | "observation" | "claim" | "denial" | "estimate" | "plan" | "reference";
            /** @description Admiralty code: A–F for the source, 1–6 for the information; F and 6 mean “cannot be judged”. */
            reliability: string;
        };
        SentDevelopment: {
            /** @description A UUID, preferably of version 7: the idempotency key. Absent: the server makes one. */
            id?: string;
            /** @description The event type. */
            type: string;
            /** @description The version of the data; absent: the newest. */
            schemaVersion?: number;
            /** @description When the state held in the world, or began; absent: at the moment of the report. */
            occurred?: string | {
                /** @description EDTF (ISO 8601-2). */
                edtf: string;
                /** @description IANA zone; absent: the default zone. */
                zone?: string;
                /** @description The words of the report. */
                text?: string;
                /** @description The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                earliest?: string;
                /** @description The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                latest?: string;
            };
            /** @description When it ended or will end, exclusive: until a day means until the next day begins. */
            until?: string | {
                /** @description EDTF (ISO 8601-2). */
                edtf: string;
                /** @description IANA zone; absent: the default zone. */
                zone?: string;
                /** @description The words of the report. */
                text?: string;
                /** @description The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                earliest?: string;
                /** @description The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                latest?: string;
            };
            /** @description When the public could know it. It must have an upper bound. */
            reportedAt: string | {
                /** @description EDTF (ISO 8601-2). */
                edtf: string;
                /** @description IANA zone; absent: the default zone. */
                zone?: string;
                /** @description The words of the report. */
                text?: string;
                /** @description The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                earliest?: string;
                /** @description The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                latest?: string;
            };
            /** @description The members that the event type defines. */
            data: Record<string, never>;
            /** @description The document from which it was read. */
            source: components["schemas"]["SentSource"];
            /** @description The claimant, and how reliable the report is. */
            attribution: components["schemas"]["SentAttribution"];
            /** @description Joins developments that belong together. */
            correlationId?: string;
        };
        CrossingRegistration: {
            /** @description The two countries, such as `LT-BY`. */
            border: string;
            /** @description The sides; each can open and close on its own. */
            sides: string[];
            /** @description The modes of traffic that the crossing is built for. */
            modes: ("road" | "rail" | "pedestrian")[];
            /** @description Whether it was in operation at `occurred`. */
            operating: boolean;
            /** @description Names of the post on the other side. */
            farSide?: {
                [key: string]: string;
            };
        };
        ActorRegistration: {
            /** @description The party that the actor belongs to or speaks for. */
            party: string;
            /** @description Office or function. */
            role?: string;
        };
        GeoPoint: {
            /**
             * @description GeoJSON type.
             * @enum {string}
             */
            type: "Point";
            /** @description Longitude, then latitude, in degrees. */
            coordinates: number[];
        };
        SubjectRegistered: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /**
             * @description The kind of the subject.
             * @enum {string}
             */
            kind: "actor" | "area" | "claim" | "condition" | "context" | "crossing" | "detention" | "estimate" | "measure" | "release" | "route" | "statement" | "talks" | "warning";
            /** @description Its id, unique within its kind. */
            id: string;
            /** @description Its names by language; at least one. */
            names: {
                [key: string]: string;
            };
            /** @description The members of a crossing; required for a crossing. */
            crossing?: components["schemas"]["CrossingRegistration"];
            /** @description The members of an actor. */
            actor?: components["schemas"]["ActorRegistration"];
            /** @description The claim in words. */
            proposition?: string;
            /** @description The location. */
            location?: components["schemas"]["GeoPoint"];
            /** @description The location is the location of the nearest place, not of the subject itself. */
            approximate?: boolean;
            /** @description Codes by scheme, such as `unlocode`. */
            codes?: {
                [key: string]: string;
            };
        };
        CrossingClosed: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The crossing. */
            crossing: string;
            /** @description The side that closed it; absent: the report does not say, so both. */
            side?: string;
            /** @description The closed modes; absent: all of them. */
            modes?: ("road" | "rail" | "pedestrian")[];
            /** @description Who ordered it: a commander may close for hours, only a government for longer. */
            authority?: string;
            /** @description Why. */
            reason?: string;
            /** @description The same act also orders the reopening at `until`; otherwise, at the end, the state under the closure shows again. */
            reopens?: boolean;
        };
        CrossingClosed1: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The crossing. */
            crossing: string;
            /** @description The side that closed it; absent: both. */
            side?: string;
            /**
             * @description The closed mode; absent: all.
             * @enum {string}
             */
            mode?: "road" | "rail" | "pedestrian" | "all";
            /** @description Who ordered it. */
            authority?: string;
            /** @description Why. */
            reason?: string;
            /** @description The same act also orders the reopening at `until`. */
            reopens?: boolean;
        };
        CrossingRestricted: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The crossing. */
            crossing: string;
            /** @description The side that restricts it; absent: both. */
            side?: string;
            /** @description The restricted modes; absent: all of them. */
            modes?: ("road" | "rail" | "pedestrian")[];
            /** @description Who ordered it. */
            authority?: string;
            /** @description Who may still cross. */
            exemptions?: string[];
            /** @description Who may not cross, if all others may. */
            barred?: string[];
            /** @description Why. */
            reason?: string;
            /** @description The same act also ends the restriction at `until`, so that the crossing is open. */
            reopens?: boolean;
        };
        CrossingReopened: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The crossing. */
            crossing: string;
            /** @description The side that reopened it; absent: both. */
            side?: string;
            /** @description The modes that are open again; absent: all of them. */
            modes?: ("road" | "rail" | "pedestrian")[];
            /** @description Who ordered it. */
            authority?: string;
            /** @description The condition of the opening. */
            conditions?: string[];
        };
        Requirement: {
            /** @description The requirement, unique within the condition. */
            id: string;
            /** @description The requirement in words. */
            text: string;
        };
        CrossingConditionsSet: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The condition. */
            condition: string;
            /** @description The crossings of the condition. */
            crossings: string[];
            /** @description The party that sets it. */
            by: string;
            /** @description The party that must meet it. */
            to: string;
            /** @description The requirements; all must be met. */
            requirements: components["schemas"]["Requirement"][];
            /** @description The promise in return. */
            promises: string;
        };
        RequirementOutcome: {
            /** @description The requirement. */
            id: string;
            /**
             * @description The outcome of the condition.
             * @enum {string}
             */
            outcome: "met" | "unmet";
        };
        CrossingConditionsSettled: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The condition. */
            condition: string;
            /**
             * @description Abandoned: the promise was carried out, although not all requirements were met.
             * @enum {string}
             */
            outcome: "met" | "abandoned" | "withdrawn";
            /** @description The outcome of each requirement. */
            requirements?: components["schemas"]["RequirementOutcome"][];
        };
        Goods: {
            /** @description The group, such as `steel`. */
            id: string;
            /** @description The name of the group for readers. */
            label: string;
            /** @description Harmonised System headings, such as `7208`; ranges as `72-73`. */
            hs?: string[];
        };
        TransitRestricted: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The route with its mode, such as `kaliningrad.rail`. */
            route: string;
            /** @description The barred goods; absent: the whole route is closed. */
            goods?: components["schemas"]["Goods"][];
            /** @description The act and article, such as `Regulation (EU) 833/2014, art. 3g`. */
            legalBasis?: string;
            /** @description The phase of the measure behind it. */
            phase?: string;
        };
        TransitEased: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The route. */
            route: string;
            /** @description The goods that may pass again; absent: the route itself is open. */
            goods?: components["schemas"]["Goods"][];
            /** @description The act and article. */
            legalBasis?: string;
        };
        Quantity: {
            /** @description The only number that the report gives. */
            value?: number;
            /** @description The smallest possible number. */
            min?: number;
            /** @description The greatest possible number. */
            max?: number;
            /**
             * @description How the report means the number; absent: exactly.
             * @enum {string}
             */
            qualifier?: "exactly" | "about" | "moreThan" | "lessThan" | "atLeast" | "atMost" | "several" | "dozens" | "hundreds" | "thousands";
        };
        TransitQuotaSet: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The route. */
            route: string;
            /** @description The goods under the limit. */
            goods: components["schemas"]["Goods"][];
            /** @description How the limit is calculated. */
            basis: string;
            /** @description The act and article. */
            legalBasis?: string;
            /** @description The limit, if a figure is known. */
            volume?: components["schemas"]["Quantity"];
            /** @description The unit of the volume, with its period, such as `t/year`. */
            unit?: string;
        };
        TransitMoved: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The route. */
            route: string;
            /** @description What moved. */
            what: string;
            /** @description How much. */
            quantity?: components["schemas"]["Quantity"];
            /** @description The unit, such as `wagon`. */
            unit?: string;
        };
        SanctionsAdopted: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The measure. */
            measure: string;
            /** @description The regime of the measure, such as `EU restrictive measures, Belarus`. */
            regime: string;
            /** @description The actor that adopted it. */
            issuer: string;
            /** @description The act and article. */
            legalBasis?: string;
            /** @description When it was adopted, if that was before it applied. */
            adoptedAt?: string | {
                /** @description EDTF (ISO 8601-2). */
                edtf: string;
                /** @description IANA zone; absent: the default zone. */
                zone?: string;
                /** @description The words of the report. */
                text?: string;
                /** @description The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                earliest?: string;
                /** @description The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                latest?: string;
            };
            /** @description The goods, people or dealings under the measure. */
            scope?: string;
        };
        Listed: {
            /** @description People. */
            individuals?: number;
            /** @description Firms and other bodies. */
            entities?: number;
        };
        SanctionsRenewed: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The measure. */
            measure: string;
            /** @description When it was decided, if that was before the new term began. */
            decidedAt?: string | {
                /** @description EDTF (ISO 8601-2). */
                edtf: string;
                /** @description IANA zone; absent: the default zone. */
                zone?: string;
                /** @description The words of the report. */
                text?: string;
                /** @description The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                earliest?: string;
                /** @description The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                latest?: string;
            };
            /** @description The act and article. */
            legalBasis?: string;
            /** @description The number of entries on the list after the renewal. */
            listed?: components["schemas"]["Listed"];
            /** @description The changes, if there were any. */
            changes?: string;
        };
        SanctionsLifted: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The measure. */
            measure: string;
            /** @description The lifted part, in the words of the act. */
            scope?: string;
        };
        SanctionsPhaseScheduled: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The measure. */
            measure: string;
            /** @description The phase, unique within the measure. */
            phase: string;
            /** @description The goods that the phase adds. */
            goods?: components["schemas"]["Goods"][];
            /** @description The act and article. */
            legalBasis?: string;
            /** @description When it was announced; absent: when it was reported. */
            announcedAt?: string | {
                /** @description EDTF (ISO 8601-2). */
                edtf: string;
                /** @description IANA zone; absent: the default zone. */
                zone?: string;
                /** @description The words of the report. */
                text?: string;
                /** @description The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                earliest?: string;
                /** @description The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                latest?: string;
            };
        };
        DesignationCounts: {
            /** @description People. */
            individuals?: number;
            /** @description Firms and other bodies. */
            entities?: number;
            /** @description Aircraft. */
            aircraft?: number;
            /** @description Vessels. */
            vessels?: number;
        };
        SanctionsDesignated: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The measure. */
            measure: string;
            /** @description The orders of the listing, such as `E.O. 14038`. */
            orders?: string[];
            /** @description The number of each kind that the report counts. */
            counts: components["schemas"]["DesignationCounts"];
            /** @description Names, if the report gives some. */
            names?: string[];
        };
        SanctionsLicensed: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The measure. */
            measure: string;
            /** @description The licence, such as `gl-4`. */
            licence: string;
            /** @description The dealings that it allows. */
            covers: string;
        };
        SanctionsDecisionScheduled: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The measure. */
            measure: string;
            /** @description The decision, unique within the measure. */
            decision: string;
            /** @description When the decision is due. */
            due: string | {
                /** @description EDTF (ISO 8601-2). */
                edtf: string;
                /** @description IANA zone; absent: the default zone. */
                zone?: string;
                /** @description The words of the report. */
                text?: string;
                /** @description The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                earliest?: string;
                /** @description The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                latest?: string;
            };
        };
        DetentionHeld: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The detention. */
            detention: string;
            /** @description The actor that holds them. */
            holder: string;
            /** @description The owners. */
            owners?: string[];
            /** @description Where. */
            place?: string;
            /** @description The detained people or things. */
            what: string;
            /** @description The reason, according to the source. */
            reason?: string;
        };
        DetentionCounted: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The detention. */
            detention: string;
            /** @description How many. */
            count: components["schemas"]["Quantity"];
            /**
             * @description The counted things.
             * @enum {string}
             */
            unit: "vehicle" | "truck" | "tractor" | "semi-trailer" | "wagon" | "person" | "other";
            /** @description The things that the figure includes, if the unit does not say it. */
            what?: string;
            /** @description How the claimant counted, or what the figure does not include. */
            note?: string;
        };
        DetentionReleased: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The detention. */
            detention: string;
            /** @description The number released; absent: all of them. */
            count?: components["schemas"]["Quantity"];
            /**
             * @description The counted things.
             * @enum {string}
             */
            unit?: "vehicle" | "truck" | "tractor" | "semi-trailer" | "wagon" | "person" | "other";
            /** @description A further remark. */
            note?: string;
        };
        WarningIssued: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The warning. */
            warning: string;
            /** @description Who warns. */
            issuer: string;
            /** @description The warned parties. */
            addressees: string[];
            /** @description The demand. */
            demand?: string;
            /** @description The threat, if the demand is not met. */
            threat: string;
            /** @description The deadline; only its words, if they fix no time. */
            deadline?: string | {
                /** @description EDTF (ISO 8601-2). */
                edtf: string;
                /** @description IANA zone; absent: the default zone. */
                zone?: string;
                /** @description The words of the report. */
                text?: string;
                /** @description The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                earliest?: string;
                /** @description The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                latest?: string;
            } | {
                /** @description The words of the report. */
                text: string;
            };
            /** @description The event that would trigger the threat, if it is not the unmet demand. */
            condition?: string;
        };
        WarningResolved: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The warning. */
            warning: string;
            /**
             * @description Met: the warned parties met the demand; carriedOut: the threat became true.
             * @enum {string}
             */
            outcome: "met" | "withdrawn" | "carriedOut" | "lapsed";
        };
        AirspaceIncursion: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The airport or the airspace. */
            area: string;
            /** @description The thing that entered, such as `weather balloon`. */
            object: string;
            /** @description How many. */
            count?: components["schemas"]["Quantity"];
            /** @description Who sent them, according to the claimant. */
            by?: string;
        };
        AirportDisrupted: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The airport. */
            area: string;
            /**
             * @description Closed: no flights; delays: late, diverted or cancelled flights.
             * @enum {string}
             */
            effect: "closed" | "delays";
            /** @description Flights affected. */
            flights?: components["schemas"]["Quantity"];
            /** @description Passengers affected. */
            passengers?: components["schemas"]["Quantity"];
            /** @description Why. */
            reason?: string;
        };
        EmergencyDeclared: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The airspace. */
            area: string;
            /** @description The hours of closure before that. */
            closuresHours?: components["schemas"]["Quantity"];
            /** @description The flights affected before that. */
            flights?: components["schemas"]["Quantity"];
            /** @description The passengers affected before that. */
            passengers?: components["schemas"]["Quantity"];
        };
        TalksOffered: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The matter to talk about. */
            talks: string;
            /** @description Who offers. */
            by: string;
            /** @description To whom. */
            to: string;
            /**
             * @description The level of the talks.
             * @enum {string}
             */
            level?: "leaders" | "ministers" | "officials" | "agencies";
            /** @description About what. */
            subject?: string;
        };
        TalksRefused: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The matter to talk about. */
            talks: string;
            /** @description Who refuses. */
            by: string;
            /** @description Whom. */
            to: string;
            /**
             * @description The refused level; absent: any.
             * @enum {string}
             */
            level?: "leaders" | "ministers" | "officials" | "agencies";
            /** @description Why. */
            reason?: string;
        };
        TalksHeld: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The matter or the relation that they talked about. */
            talks: string;
            /** @description The participants. */
            parties: string[];
            /**
             * @description How.
             * @enum {string}
             */
            kind: "meeting" | "visit" | "call" | "agreement";
            /** @description Where. */
            place?: string;
            /** @description The result. */
            outcome?: string;
        };
        TalksChannelNoted: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The relation. */
            talks: string;
            /** @description Between whom. */
            between: string[];
            /** @description The number of channels. */
            channels?: components["schemas"]["Quantity"];
            /** @description A further remark about them. */
            note?: string;
        };
        ClaimAsserted: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The claim; all stances on it share its id. */
            claim: string;
            /** @description The claim in words, so that all stances are about the same sentence. */
            proposition: string;
        };
        ClaimDenied: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The claim; all stances on it share its id. */
            claim: string;
            /** @description The denied claim in words, so that all stances are about the same sentence. */
            proposition: string;
        };
        ReleaseMade: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The release. */
            release: string;
            /** @description The actor that set them free. */
            by: string;
            /** @description How many. */
            released: components["schemas"]["Quantity"];
            /** @description The freed people. */
            who: string;
            /** @description The mediators. */
            mediator?: string;
        };
        EstimatePublished: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The estimate; all figures for it share its id. */
            estimate: string;
            /** @description The figure. */
            quantity: components["schemas"]["Quantity"];
            /** @description Its unit, such as `%` or `USD`. */
            unit: string;
            /** @description What the figure counts or measures. */
            of: string;
        };
        StatementMade: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The topic. */
            statement: string;
            /** @description The speaker. */
            speaker: string;
            /**
             * @description The kind of statement.
             * @enum {string}
             */
            kind: "accusation" | "assertion" | "explanation" | "forecast" | "framing" | "recommendation" | "remark" | "report" | "rhetoric";
            /** @description The statement, in own words. */
            says: string;
        };
        Figure: {
            /** @description The figure. */
            quantity: components["schemas"]["Quantity"];
            /** @description Its unit. */
            unit: string;
            /** @description What the figure counts or measures. */
            of: string;
        };
        ContextNoted: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The subject of the background. */
            context: string;
            /** @description The background, in own words. */
            what: string;
            /** @description The actors it is about. */
            actors?: string[];
            /** @description Figures. */
            quantities?: components["schemas"]["Figure"][];
        };
        RecordCorrected: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The id of the event that is corrected. */
            target: string;
            /**
             * @description amended: the source changed its story; transcription: it was written down wrong here.
             * @enum {string}
             */
            kind: "amended" | "transcription";
            /** @description Why. */
            reason: string;
            /** @description The whole development as it should have been; no record.* type. */
            replacement: Record<string, never>;
        };
        RecordRetracted: {
            /** @description What happened, in own words. */
            summary?: string;
            /** @description Codes of other vocabularies, such as `cameo:163`. */
            tags?: string[];
            /** @description The id of the event that is retracted. */
            target: string;
            /**
             * @description amended: the source took it back; transcription: it was recorded here by mistake.
             * @enum {string}
             */
            kind: "amended" | "transcription";
            /** @description Why. */
            reason: string;
        };
        CorrectionBody: {
            /** @description The id of the retraction; it makes a repeated request safe. */
            id?: string;
            /**
             * @description amended: the source changed its story; transcription: it was recorded wrongly here.
             * @enum {string}
             */
            kind: "amended" | "transcription";
            /** @description Why. */
            reason: string;
            /** @description When the correction became public. Default: now. */
            reportedAt?: string | {
                /** @description EDTF (ISO 8601-2). */
                edtf: string;
                /** @description IANA zone; absent: the default zone. */
                zone?: string;
                /** @description The words of the report. */
                text?: string;
                /** @description The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                earliest?: string;
                /** @description The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                latest?: string;
            };
            /** @description Default: the source of the target. */
            source?: components["schemas"]["SentSource"];
            /** @description Default: the attribution of the target. */
            attribution?: components["schemas"]["SentAttribution"];
            /** @description The whole development as it should be. `type`, `reportedAt`, `source` and `attribution` default to the members of the target; `occurred`, `until` and `data` have no default. */
            replacement: Record<string, never>;
        };
        RetractionBody: {
            /** @description The id of the retraction; it makes a repeated request safe. */
            id?: string;
            /**
             * @description amended: the source changed its story; transcription: it was recorded wrongly here.
             * @enum {string}
             */
            kind: "amended" | "transcription";
            /** @description Why. */
            reason: string;
            /** @description When the correction became public. Default: now. */
            reportedAt?: string | {
                /** @description EDTF (ISO 8601-2). */
                edtf: string;
                /** @description IANA zone; absent: the default zone. */
                zone?: string;
                /** @description The words of the report. */
                text?: string;
                /** @description The earliest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                earliest?: string;
                /** @description The latest possible instant, as resolved. Where it is sent, it must be what `edtf` means by the present rules of the zone, or by other rules that the zone could have. */
                latest?: string;
            };
            /** @description Default: the source of the target. */
            source?: components["schemas"]["SentSource"];
            /** @description Default: the attribution of the target. */
            attribution?: components["schemas"]["SentAttribution"];
        };
        /** @description A probable mistake in an accepted development. The development may still be right. */
        AcceptanceWarning: {
            /** @description A JSON pointer (RFC 6901) into the value that was sent; empty: the whole value. */
            pointer: string;
            detail: string;
            code: components["schemas"]["WarningCode"];
            /** @description A registered id that may be meant. */
            suggestion?: string;
            /** @description The stream of the subject that is not registered. */
            subject?: string;
            /** @description The ids of the similar reports. */
            events?: components["schemas"]["EventId"][];
        };
        /** @description A development that would be recorded. */
        AcceptedDevelopment: {
            id: components["schemas"]["EventId"];
            type: string;
            stream: string;
        };
        /** @description A change of an answer. */
        AnswerChange: {
            /** @description Its place on the axis of the question: an instant, or `@<sequence>`. */
            at: string;
            answer: components["schemas"]["Piece"];
            /** @description The events behind the change. */
            events: components["schemas"]["EventId"][];
        };
        /** @description An airport or an airspace. */
        Area: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["AreaStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["AreaStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Unique in its view. */
            id: string;
            names?: components["schemas"]["Names"];
            location?: components["schemas"]["GeoPoint"];
            /** @description By scheme, such as `icao`. */
            codes?: {
                [key: string]: string;
            };
            reason?: string;
            emergency?: components["schemas"]["Emergency"];
            incursions: components["schemas"]["Incursion"][];
            disruptions: components["schemas"]["Disruption"][];
        };
        /** @description The airports and airspaces that pass the filters. */
        AreaList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["Area"][];
        };
        /** @description A stretch of the timeline of an airport or airspace. */
        AreaSegment: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["AreaStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["AreaStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            value?: {
                /** @description The status, or the list of possible statuses. */
                emergency: components["schemas"]["EmergencyStatus"] | components["schemas"]["EmergencyStatus"][];
            };
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /** @enum {string} */
        AreaStatus: "closed" | "disrupted" | "unknown";
        /** @description How an airport or airspace changed. */
        AreaTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["AreaSegment"][];
        };
        /**
         * @description How the effects on an aspect share cells:
         *     - `authority`: one cell for acts, observations and reference data, one for claims, read only where the first is silent;
         *     - `perClaimant`: a cell per claimant, never merged;
         *     - `contested`: a cell per claimant, whose values are stances on one proposition;
         *     - `ledger`: no entry overlays another, every entry stays listed.
         * @enum {string}
         */
        AspectRule: "authority" | "perClaimant" | "contested" | "ledger";
        /** @description An effect that an event asserts: `value` holds from `from` until `until`, unless another effect overlays it. */
        AssertedEffect: {
            /** @description The stream of its subject. */
            subject: string;
            aspect: string;
            rule: components["schemas"]["AspectRule"];
            value: unknown;
            /** @description The value that holds from `until` on, at the rank of this effect: a warning lapses, a measure expires, a closed crossing opens because the act also named the reopening. Missing: the effect ends, and lower effects show again. */
            then?: unknown;
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            from: components["schemas"]["RangeText"];
            until?: components["schemas"]["RangeText"];
        };
        /** @description The claimant, and how far to trust it. */
        Attribution: {
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
        };
        /** @description The question with every instant resolved, so that it can be asked again. */
        Basis: {
            /** @description The instant of the question. */
            asOf: components["schemas"]["InstantText"];
            /** @description Reports that were public later do not count; null: no cut. */
            knownAt: components["schemas"]["InstantText"] | null;
            /** @description Events after this sequence do not count; null: no cut. */
            recordedAt: components["schemas"]["SequenceText"] | null;
            /** @description The last sequence that the answer takes into account. */
            sequence: components["schemas"]["WholeNumber"];
            /** @description The IANA zone in which dates were read. */
            zone: string;
        };
        /** @description The ids of the events behind it. */
        Because: components["schemas"]["EventId"][];
        /** @description Selects changes of state. The members are parameters of `/v1/changes/stream`. Empty: all changes. */
        ChangeFilterToSend: {
            view?: components["schemas"]["FilterMember"];
            /** @description Ids of items. */
            subject?: components["schemas"]["FilterMember"];
            /** @description The two countries of crossings: `LT-BY`. */
            border?: components["schemas"]["FilterMember"];
            /** @description An aspect includes the aspects below it. */
            aspect?: components["schemas"]["FilterMember"];
        };
        /** @description The id of a change, or of a point of the staircase, as text: `1.428.1764547200000.2-3f9a1c0d`. */
        ChangeIdText: string;
        /** @description Changes of state, in order. */
        ChangeList: {
            items: components["schemas"]["ChangeOfState"][];
            /** @description The `after` of the next page; null: there are no more now. */
            next: components["schemas"]["ChangeIdText"] | null;
            /** @description The place at the end of this page; later changes follow it. */
            position: components["schemas"]["ChangeIdText"];
        };
        /** @description A change of the state of one value of one subject of a view. */
        ChangeOfState: {
            view: components["schemas"]["ViewName"];
            /** @description The id of the item. */
            subject: string;
            /** @description The name of the changed value, such as `status`. */
            aspect: string;
            /** @description The earlier value; missing where the item did not exist. */
            before?: unknown;
            /** @description The later value; missing where the later state does not have the item. */
            after?: unknown;
            /** @description The ids of the events behind the later value. Where there is no later value: behind the earlier value. */
            because: components["schemas"]["Because"];
            /** @description The instant of the change in the order of all changes. It never decreases. */
            at: components["schemas"]["InstantText"];
            /** @description When `after` began in the world; where that is vague, the latest instant. Of a status: when the status began. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description When the report of `after` was public. */
            knownSince?: components["schemas"]["InstantText"];
            /**
             * @description What caused it: a recorded event, or the clock.
             * @enum {string}
             */
            cause: "event" | "clock";
            /** @description The id of the recorded event. Only this member names a retraction; `because` does not. */
            by?: components["schemas"]["EventId"];
            /** @description The interval of the past in which the event changes the state. `before` may be equal to `after`. */
            rewrites?: components["schemas"]["Rewritten"];
            id: components["schemas"]["ChangeIdText"];
        };
        /** @description A claim, and the stances of the claimants on it. */
        Claim: {
            /** @description Unique in its view. */
            id: string;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            names?: components["schemas"]["Names"];
            proposition: string;
            /** @description Where possible worlds differ, the verdict on all possible stances. */
            verdict: components["schemas"]["ClaimVerdict"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Every verdict that it may have, where it is not certain. */
            possible?: components["schemas"]["ClaimVerdict"][];
            stances: components["schemas"]["StanceTaken"][];
        };
        /** @description The claims that pass the filters. */
        ClaimList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["Claim"][];
        };
        /** @description A stretch of the timeline of a claim. */
        ClaimSegment: {
            value: components["schemas"]["ClaimVerdict"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description Every verdict that it may have, where it is not certain. */
            possible?: components["schemas"]["ClaimVerdict"][];
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /** @description How a claim changed. */
        ClaimTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["ClaimSegment"][];
        };
        /**
         * @description Whether the stances on a claim agree; `unknown` where it is possible that no actor has taken a stance.
         * @enum {string}
         */
        ClaimVerdict: "contested" | "unopposed" | "denied" | "unknown";
        /** @description An event as a CloudEvent 1.0 in structured JSON (CloudEvents JSON event format §3), with the documented extensions `sequence`, `recordedtime` and `correlationid`. `POST /v1/developments` accepts it. */
        CloudEvent: {
            /** @constant */
            specversion: "1.0";
            id: components["schemas"]["EventId"];
            /**
             * Format: uri-reference
             * @description The log: `//` and its name in checkpoints.
             */
            source: string;
            type: components["schemas"]["EventTypeName"];
            /** @description The id of its subject, without the category. */
            subject: string;
            /** @description When the report was public: the latest instant of `reportedAt`, or `recordedtime` where that is earlier. */
            time: components["schemas"]["InstantText"];
            /** @constant */
            datacontenttype: "application/json";
            /**
             * Format: uri
             * @description The JSON Schema of `data`, on this server.
             */
            dataschema: string;
            /** @description The number of the event in the log, in 16 digits: it sorts as text. */
            sequence: string;
            /** @description When the log stored it. */
            recordedtime: components["schemas"]["InstantText"];
            /** @description The `correlationId` of the development. */
            correlationid?: string;
            /** @description The development. It can be sent again as it is. */
            data: components["schemas"]["ResolvedDevelopment"];
        };
        /** @description A known change of a group of goods. */
        ComingChange: {
            /** @description The id of the group of goods. */
            goods: string;
            label?: string;
            /** @description The latest instant, where it is vague: by then the present status has surely ended. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague: from it on, the status may be another. */
            atEarliest?: components["schemas"]["InstantText"];
            status: components["schemas"]["GoodsStatus"];
            certain: boolean;
            /** @description Every status that it may have then, where it is not certain. */
            possible?: components["schemas"]["GoodsStatus"][];
            because: components["schemas"]["Because"];
        };
        /** @description The next change of a subject. */
        ComingNext: {
            /** @description The first instant at which its timeline has another state. */
            at: components["schemas"]["InstantText"];
            view: components["schemas"]["ViewName"];
            subject: string;
            before: components["schemas"]["SaidOfSubject"];
            /** @description The state from that instant on. */
            after: components["schemas"]["SaidOfSubject"];
            /** @description The ids of the events behind the earlier and the later state. */
            because: components["schemas"]["Because"];
        };
        /** @description A condition that one side sets to the other. */
        Condition: {
            /** @description The id of the actor who sets it. Missing, like all terms, where only the outcome is known. */
            by?: string;
            /** @description The id of the actor who must meet it. */
            to?: string;
            /** @description The ids of the crossings of the condition. */
            crossings?: string[];
            promises?: string;
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["ConditionStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["ConditionStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Unique in its view. */
            id: string;
            names?: components["schemas"]["Names"];
            requirements: {
                id: string;
                text?: string;
                /**
                 * @description Whether it was met when the condition was settled; missing where no event says.
                 * @enum {string}
                 */
                outcome?: "met" | "unmet";
            }[];
        };
        /** @description The conditions that pass the filters. */
        ConditionList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["Condition"][];
        };
        /** @description A stretch of the timeline of a condition. */
        ConditionSegment: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["ConditionStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["ConditionStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /** @enum {string} */
        ConditionStatus: "pending" | "met" | "abandoned" | "withdrawn" | "unknown";
        /** @description How a condition changed. */
        ConditionTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["ConditionSegment"][];
        };
        /** @description The proof that a later tree begins with all leaves of an earlier one: PROOF of RFC 9162 §2.1.4. */
        ConsistencyProof: {
            /** @description The number of leaves of the earlier tree. */
            from: components["schemas"]["WholeNumber"];
            /** @description The number of leaves of the later tree. */
            to: components["schemas"]["WholeNumber"];
            path: string[];
        };
        /** @description The number by one claimant. */
        Count: {
            count: components["schemas"]["Quantity"];
            unit: string;
            what?: string;
            note?: string;
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            /** @description False: it is one of several figures that the claimant may give. */
            certain: boolean;
        };
        /** @description A figure, and the events behind it. */
        CountClaim: {
            count: components["schemas"]["Quantity"];
            unit: string;
            what?: string;
            note?: string;
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            /** @description False: it is one of several figures that the claimant may give. */
            certain: boolean;
            because: components["schemas"]["Because"];
        };
        /** @description A border crossing. */
        Crossing: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["CrossingStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["CrossingStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Unique in its view. */
            id: string;
            names: components["schemas"]["Names"];
            /** @description The two countries. Missing, like the location, where no registration is known. */
            border?: string;
            /** @description The registered modes; of an unregistered crossing, the modes that events name. */
            modes: components["schemas"]["Mode"][];
            location?: components["schemas"]["GeoPoint"];
            /** @description The location is the location of the nearest place. */
            approximate?: boolean;
            /** @description By scheme, such as `unlocode`. */
            codes: {
                [key: string]: string;
            };
            /** @description The names of the place on the other side. */
            farSide?: components["schemas"]["Names"];
            /** @description The actor that opened, limited or closed it. */
            authority?: string;
            reason?: string;
            /** @description The travellers or goods that may still cross. */
            exemptions?: string[];
            /** @description The travellers or goods that may not cross. */
            barred?: string[];
            conditions?: string[];
            /** @description The status of each mode, where the modes differ or a mode that is not registered has a status. */
            byMode?: {
                [key: string]: components["schemas"]["ModeStatus"];
            };
        };
        /** @description The crossings that pass the filters. */
        CrossingList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["Crossing"][];
        };
        /** @description A stretch of the timeline of a crossing. */
        CrossingSegment: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["CrossingStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["CrossingStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /** @enum {string} */
        CrossingStatus: "open" | "restricted" | "closed" | "unknown";
        /** @description How a crossing changed. */
        CrossingTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["CrossingSegment"][];
        };
        /** @description A decision that must be taken. */
        Decision: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["DecisionStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["DecisionStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description The id of the decision. */
            decision: string;
            /** @description The latest instant, where it is vague. */
            due: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            dueEarliest?: components["schemas"]["InstantText"];
            /** @description The words of the report for the date. */
            text?: string;
        };
        /** @enum {string} */
        DecisionStatus: "due" | "unknown";
        /** @description An attempt to deliver a message. */
        Delivery: {
            /** @description The `webhook-id` of the message: the same in each attempt. */
            message: string;
            /**
             * @description `live`: a new message; `redelivery`: sent again; `test`: a message of `/test`.
             * @enum {string}
             */
            track: "live" | "redelivery" | "test";
            /** @description From 1, of this message. */
            attempt: number;
            at: components["schemas"]["InstantText"];
            /** @description In milliseconds. */
            duration: number;
            /** @description Whether the receiver answered 2xx. */
            delivered: boolean;
            /** @description The status of the answer; absent: there was none. */
            status?: number;
            /** @description Why it counts as a failure. */
            failure?: string;
            /** @description The beginning of the body of the answer. */
            response?: string;
            /** @description Seconds by which the receiver’s clock is ahead, by its header `Date`. Signatures are commonly refused when it is 300 or more. */
            skew?: number;
        };
        /** @description The last attempts, at most 1,000 of the last seven days, the newest first. */
        DeliveryList: {
            items: components["schemas"]["Delivery"][];
            /** @description The `after` of the next page; null: this page is the last. */
            next: string | null;
        };
        /** @description An addition to the list of a measure. */
        Designation: {
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            because: components["schemas"]["Because"];
            /**
             * @description It may happen only after `asOf`.
             * @constant
             */
            certain?: false;
            /** @description The orders that added the entries. */
            orders?: string[];
            /** @description By kind, such as `individuals`. */
            counts: {
                [key: string]: components["schemas"]["WholeNumber"];
            };
            names?: string[];
        };
        /** @description A person or a thing that is kept at a border. */
        Detention: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["DetentionStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["DetentionStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Unique in its view. */
            id: string;
            names?: components["schemas"]["Names"];
            /** @description The id of the actor who holds them. */
            holder?: string;
            owners?: string[];
            place?: string;
            what?: string;
            reason?: string;
            note?: string;
            /** @description The latest figure of every claimant in every unit, the newest first. Never a sum. */
            claims: components["schemas"]["CountClaim"][];
            /** @description The bounds of the figures in all units, although units are not comparable; `ranges` has the bounds for each unit. */
            range: components["schemas"]["Spread"];
            /** @description By unit. */
            ranges: {
                [key: string]: components["schemas"]["Spread"];
            };
            releases?: components["schemas"]["PartRelease"][];
        };
        /** @description The detentions that pass the filters. */
        DetentionList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["Detention"][];
        };
        /** @description A stretch of the timeline of a detention. */
        DetentionSegment: {
            value: components["schemas"]["Count"][];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            status: components["schemas"]["DetentionStatus"];
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["DetentionStatus"][];
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /** @enum {string} */
        DetentionStatus: "held" | "released" | "unknown";
        /** @description How a detention changed. */
        DetentionTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["DetentionSegment"][];
        };
        /** @description The differences between two states. */
        Difference: {
            basis: {
                from: components["schemas"]["Basis"];
                to: components["schemas"]["Basis"];
            };
            /** @description In the order of view, subject and aspect. */
            changes: components["schemas"]["StateChange"][];
        };
        /** @description A disruption of air traffic. */
        Disruption: {
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            because: components["schemas"]["Because"];
            /**
             * @description It may happen only after `asOf`.
             * @constant
             */
            certain?: false;
            /** @enum {string} */
            effect: "closed" | "delays";
            flights?: components["schemas"]["Quantity"];
            passengers?: components["schemas"]["Quantity"];
            reason?: string;
            /** @description Its end; the latest instant, where it is vague. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            untilEarliest?: components["schemas"]["InstantText"];
        };
        /** @description The effect that recording would have. */
        DryRunAnswer: {
            /** @description The differences at `asOf`. */
            changes?: components["schemas"]["StateChange"][];
            /** @description The ranges of time in which timelines would differ, for at most a hundred subjects. */
            over?: components["schemas"]["TimelineDifference"][];
            /**
             * @description Nothing was stored.
             * @constant
             */
            dryRun: true;
            /** @description The developments that would be recorded, in the order of the request. */
            developments: components["schemas"]["AcceptedDevelopment"][];
            warnings: components["schemas"]["AcceptanceWarning"][];
        };
        /** @description An emergency. */
        Emergency: {
            /** @description The number of hours for which airports were closed. */
            closuresHours?: components["schemas"]["Quantity"];
            flights?: components["schemas"]["Quantity"];
            passengers?: components["schemas"]["Quantity"];
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["EmergencyStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where it is not certain. */
            status: components["schemas"]["EmergencyStatus"];
            /**
             * @description `possible` has the possible statuses.
             * @constant
             */
            certain?: false;
        };
        /** @enum {string} */
        EmergencyStatus: "declared" | "unknown";
        /** @description Figures that claimants give for something. */
        Estimate: {
            /** @description Unique in its view. */
            id: string;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            names?: components["schemas"]["Names"];
            /** @description The quantity that the figures measure, as the newest event names it. */
            of: string;
            /** @description The latest figure of every claimant, the newest first. Never averaged. */
            figures: components["schemas"]["Estimated"][];
        };
        /** @description The estimates that pass the filters. */
        EstimateList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["Estimate"][];
        };
        /** @description A stretch of the timeline of an estimate. */
        EstimateSegment: {
            value: {
                /** @description The id of the actor who gives it. */
                claimant: string;
                quantity: components["schemas"]["Quantity"];
                unit: string;
                /** @description The instant of the figure; the latest one, where it is vague. */
                at: components["schemas"]["InstantText"];
                /** @description The earliest instant, where it is vague. */
                atEarliest?: components["schemas"]["InstantText"];
            }[];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /** @description How an estimate changed. */
        EstimateTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["EstimateSegment"][];
        };
        /** @description The figure of one claimant. */
        Estimated: {
            quantity: components["schemas"]["Quantity"];
            unit: string;
            of: string;
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            because: components["schemas"]["Because"];
            /** @description False: it is one of several figures that the claimant may give. */
            certain: boolean;
        };
        /** @description An event, the corrections of it, and the effects that it asserts. */
        EventDetails: {
            /** @description When it began. */
            occurred?: components["schemas"]["ReportedTime"];
            /** @description When it ended or is to end. */
            until?: components["schemas"]["ReportedTime"];
            /** @description When it was public. */
            reportedAt: components["schemas"]["ReportedTime"];
            /** @description As the catalogue describes it for the type; its times are ReportedTime. */
            data: {
                [key: string]: unknown;
            };
            source: components["schemas"]["Source"];
            attribution: components["schemas"]["Attribution"];
            /** @description Joins developments that belong together. */
            correlationId?: string;
            id: components["schemas"]["EventId"];
            type: components["schemas"]["EventTypeName"];
            /** @description The version of the schema of `data`. */
            schemaVersion: number;
            /** @description The id in `stream`. */
            subject: string;
            /** @description `<category>-<subject>` */
            stream: string;
            /** @description Its number in the stream, from 0. */
            revision: number;
            sequence: components["schemas"]["Sequence"];
            recordedAt: components["schemas"]["InstantText"];
            /** @description Who recorded it: the id of a key, or the issuer and the subject of a token: `https://id.example.org#alice`. */
            recordedBy?: string;
            /** @description The corrections and retractions of the event, and of its corrections: 100 at most. */
            corrections: components["schemas"]["EventEntry"][];
            /** @description Where there are over 100: the path of the list of all corrections and retractions of the event itself, in pages. */
            allCorrections?: string;
            /** @description The effects that it asserts; of a correction, the effects of its replacement. */
            causes: components["schemas"]["AssertedEffect"][];
        };
        /** @description An event as one JSON object. Lists, streams, exports and the audit tree have this form. The members that the log added are beside the members of the development. */
        EventEntry: {
            /** @description When it began. */
            occurred?: components["schemas"]["ReportedTime"];
            /** @description When it ended or is to end. */
            until?: components["schemas"]["ReportedTime"];
            /** @description When it was public. */
            reportedAt: components["schemas"]["ReportedTime"];
            /** @description As the catalogue describes it for the type; its times are ReportedTime. */
            data: {
                [key: string]: unknown;
            };
            source: components["schemas"]["Source"];
            attribution: components["schemas"]["Attribution"];
            /** @description Joins developments that belong together. */
            correlationId?: string;
            id: components["schemas"]["EventId"];
            type: components["schemas"]["EventTypeName"];
            /** @description The version of the schema of `data`. */
            schemaVersion: number;
            /** @description The id in `stream`. */
            subject: string;
            /** @description `<category>-<subject>` */
            stream: string;
            /** @description Its number in the stream, from 0. */
            revision: number;
            sequence: components["schemas"]["Sequence"];
            recordedAt: components["schemas"]["InstantText"];
            /** @description Who recorded it: the id of a key, or the issuer and the subject of a token: `https://id.example.org#alice`. */
            recordedBy?: string;
        };
        /** @description Selects events. The members are parameters of `/v1/events/stream`. Empty: all events. */
        EventFilterToSend: {
            /** @description Event types, or families of them (`crossing.*`). */
            type?: components["schemas"]["FilterMember"];
            /** @description Ids, or streams. */
            subject?: components["schemas"]["FilterMember"];
            category?: components["schemas"]["FilterMember"];
            /** @description Ids of actors. */
            claimant?: components["schemas"]["FilterMember"];
        };
        /**
         * Format: uuid
         * @description The id of an event.
         */
        EventId: string;
        /** @description A page of events. */
        EventList: {
            items: components["schemas"]["EventEntry"][];
            /** @description The `after` of the next page; null: this page is the last. */
            next: components["schemas"]["PositionText"] | null;
        };
        /**
         * @description The type of an event, as the catalogue lists it.
         * @enum {string}
         */
        EventTypeName: "subject.registered" | "crossing.closed" | "crossing.restricted" | "crossing.reopened" | "crossing.conditions-set" | "crossing.conditions-settled" | "transit.restricted" | "transit.eased" | "transit.quota-set" | "transit.moved" | "sanctions.adopted" | "sanctions.renewed" | "sanctions.lifted" | "sanctions.phase-scheduled" | "sanctions.designated" | "sanctions.licensed" | "sanctions.decision-scheduled" | "detention.held" | "detention.counted" | "detention.released" | "warning.issued" | "warning.resolved" | "airspace.incursion" | "airspace.airport-disrupted" | "airspace.emergency-declared" | "talks.offered" | "talks.refused" | "talks.held" | "talks.channel-noted" | "claim.asserted" | "claim.denied" | "release.made" | "estimate.published" | "statement.made" | "context.noted" | "record.corrected" | "record.retracted";
        /** @description The explanation of an answer. */
        ExplanationAnswer: {
            basis: components["schemas"]["Basis"];
            answer: components["schemas"]["Piece"];
            found: components["schemas"]["Found"][];
            /** @description By verdict, then the latest start first; for a subject with over 20,000 effects see the operation. */
            effects: components["schemas"]["WeighedEffect"][];
            /** @description The number of effects; over 20,000, a corrected effect may count more than once. */
            total: components["schemas"]["WholeNumber"];
            /** @description The `after` of the next page; null: this page is the last. */
            next: components["schemas"]["WholeNumber"] | null;
        };
        /** @description A message whose last attempt has failed. */
        FailingMessage: {
            /** @description Its `webhook-id`. */
            message: string;
            attempts: number;
            /** @description When it failed first. */
            since: components["schemas"]["InstantText"];
            /** @description When it is sent again; absent: it is no longer tried, unless the webhook is resumed. */
            next?: components["schemas"]["InstantText"];
            /** @description Why it failed last. */
            reason: string;
        };
        /** @description A member of a filter: a text with commas, as the parameter of the stream, or a list of texts. */
        FilterMember: string | string[];
        /** @description The values found in a group of cells that the view overlays, or in one cell that it reads alone. */
        Found: {
            /** @description The aspects that the view overlays. */
            aspects: string[];
            /** @description The id of the actor, where each claimant has its own values. */
            claimant?: string;
            /** @description Every possible value. null: in some world no event gives a value. For a ledger: its entries. */
            values: unknown[];
            certain: boolean;
            because: components["schemas"]["Because"];
        };
        /** @description A group of goods in a list: it has the status of the list; where `certain` is false, it may have this status. */
        GoodsOnRoute: {
            label: string;
            /** @description Codes of the Harmonized System. */
            hs?: string[];
            legalBasis?: string;
            phase?: string;
            /** @description The basis on which the quota is calculated. */
            basis?: string;
            volume?: components["schemas"]["Quantity"];
            unit?: string;
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["GoodsStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description The id of the group of goods. */
            goods: string;
            /**
             * @description It may have the status of the list; `possible` has the other possible statuses.
             * @constant
             */
            certain?: false;
        };
        /** @enum {string} */
        GoodsStatus: "barred" | "quota" | "allowed" | "unknown";
        /** @description The changes of the answer to a question as knowledge grew. */
        HistoryAnswer: {
            basis: components["schemas"]["Basis"];
            /** @description In the order in which they became known. */
            changes: components["schemas"]["AnswerChange"][];
            /** @description The `after` of the next page; null: this page is the last. */
            next: string | null;
        };
        /** @description The proof that an event is in the tree: PATH of RFC 9162 §2.1.3. */
        InclusionProof: {
            /** @description From 0: one less than the sequence of the event. */
            leafIndex: components["schemas"]["WholeNumber"];
            /** @description The number of leaves of the tree. */
            treeSize: components["schemas"]["WholeNumber"];
            /** @description SHA-256 in base64. */
            leafHash: string;
            /** @description From the leaf to the root. */
            path: string[];
        };
        /** @description Something that entered an airspace. */
        Incursion: {
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            because: components["schemas"]["Because"];
            /**
             * @description It may happen only after `asOf`.
             * @constant
             */
            certain?: false;
            object: string;
            count?: components["schemas"]["Quantity"];
            /** @description The id of the actor whose object it is. */
            by?: string;
        };
        /**
         * Format: date-time
         * @description An instant as text: RFC 3339, in UTC, with milliseconds.
         */
        InstantText: string;
        /** @description A receipt, its statement and its answer. */
        IssuedReceipt: {
            /** @description The receipt: a signed note (C2SP) of two lines, the second of them the statement as canonical JSON. */
            receipt: string;
            statement: components["schemas"]["Receipt"];
            answer: components["schemas"]["PinnedAnswer"];
        };
        /** @description A feed of JSON Feed 1.1. */
        JsonFeed: {
            /** @constant */
            version: "https://jsonfeed.org/version/1.1";
            title: string;
            description: string;
            /** Format: uri */
            home_page_url: string;
            /** Format: uri */
            feed_url: string;
            /**
             * Format: uri
             * @description The next page, of developments that were recorded or corrected earlier.
             */
            next_url?: string;
            items: components["schemas"]["JsonFeedItem"][];
        };
        /** @description A development with its corrections applied. */
        JsonFeedItem: {
            /** @description `urn:uuid:` and the id of the event. */
            id: string;
            /** Format: uri */
            url: string;
            /**
             * Format: uri
             * @description The document that it was read from.
             */
            external_url?: string;
            title: string;
            content_text: string;
            /** @description When the event was recorded. */
            date_published: components["schemas"]["InstantText"];
            /** @description When its last correction was recorded. */
            date_modified: components["schemas"]["InstantText"];
            authors: {
                name: string;
            }[];
            /** @description Its type, its category and its subject. */
            tags: string[];
        };
        /** @description A licence: an exception from a measure. */
        Licence: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["LicenceStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["LicenceStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description The id of the licence. */
            licence: string;
            /** @description The content of the licence. */
            covers: string;
        };
        /** @enum {string} */
        LicenceStatus: "valid" | "expired" | "unknown";
        /** @description A JSON Schema of the developments of a type and version, or of all developments. */
        ListedSchema: {
            /** @description Absent: the schema is of developments of any type. */
            type?: string;
            version?: number;
            /**
             * Format: uri
             * @description Its address, which is its `$id`.
             */
            schema: string;
        };
        /** @description The process runs. */
        LiveAnswer: {
            /** @constant */
            status: "live";
        };
        /** @description The range of instants that an EDTF text means. */
        MeantTime: {
            earliest: components["schemas"]["InstantText"];
            latest: components["schemas"]["InstantText"];
            /** @description EDTF, as in the question. */
            text: string;
            /** @description The IANA zone in which it was read. */
            zone: string;
            /**
             * @description Read as a start (`occurred`, `reportedAt`) or as an end (`until`). An end that is a day means the instant at which the day is over.
             * @enum {string}
             */
            role: "start" | "end";
            /** @description How exact it is; `open`: it has no lower or no upper bound. */
            precision: components["schemas"]["Precision"];
            /** @description The range in English, as a person in the zone reads it. */
            words: string;
        };
        /** @description A sanctions measure. */
        Measure: {
            /** @description Missing, like the issuer, where no adoption is known. */
            regime?: string;
            /** @description The id of the actor who adopted it. */
            issuer?: string;
            legalBasis?: string;
            scope?: string;
            /** @description How many are on the list. */
            listed?: {
                individuals?: components["schemas"]["WholeNumber"];
                entities?: components["schemas"]["WholeNumber"];
            };
            /** @description The change that the last renewal made. */
            changes?: string;
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["MeasureStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["MeasureStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Unique in its view. */
            id: string;
            names?: components["schemas"]["Names"];
            phases?: components["schemas"]["Phase"][];
            licences?: components["schemas"]["Licence"][];
            decisions?: components["schemas"]["Decision"][];
            designations?: components["schemas"]["Designation"][];
        };
        /** @description The sanctions measures that pass the filters. */
        MeasureList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["Measure"][];
        };
        /** @description A stretch of the timeline of a sanctions measure. */
        MeasureSegment: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["MeasureStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["MeasureStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /** @enum {string} */
        MeasureStatus: "announced" | "inForce" | "expired" | "lifted" | "unknown";
        /** @description How a sanctions measure changed. */
        MeasureTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["MeasureSegment"][];
        };
        /** @description The message to skip. */
        MessageToSkip: {
            /** @description Its `webhook-id`. It must name the failing message, so that a repeated request skips no other message. */
            message: string;
        };
        /** @enum {string} */
        Mode: "road" | "rail" | "pedestrian";
        /** @description The status of a crossing for one mode of traffic. */
        ModeStatus: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["CrossingStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["CrossingStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
        };
        /** @description A movement of goods over the route. */
        Movement: {
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            because: components["schemas"]["Because"];
            /**
             * @description It may happen only after `asOf`.
             * @constant
             */
            certain?: false;
            what: string;
            quantity?: components["schemas"]["Quantity"];
            unit?: string;
        };
        /** @description By language, as ISO 639-1. */
        Names: {
            [key: string]: string;
        };
        /** @description The next change known at the cut. */
        Next: {
            /** @description The latest instant, where it is vague: by then the present status has surely ended. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague: from it on, the status may be another. */
            earliest?: components["schemas"]["InstantText"];
            status: string;
            certain: boolean;
            /** @description Every status that it may have then, where it is not certain. */
            possible?: string[];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
        };
        /** @description The next changes of subjects. */
        NextChanges: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more.
             */
            next?: string;
            /** @description By instant. Each subject is there once, with its first change. */
            items: components["schemas"]["ComingNext"][];
        };
        /** @description A release of some of the persons or things. */
        PartRelease: {
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            because: components["schemas"]["Because"];
            /**
             * @description It may happen only after `asOf`.
             * @constant
             */
            certain?: false;
            count: components["schemas"]["Quantity"];
            unit?: string;
            note?: string;
        };
        /** @description A phase of a measure. */
        Phase: {
            goods?: {
                id: string;
                label: string;
                /** @description Codes of the Harmonized System. */
                hs?: string[];
            }[];
            legalBasis?: string;
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["PhaseStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["PhaseStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description The id of the phase. */
            phase: string;
        };
        /** @enum {string} */
        PhaseStatus: "announced" | "inForce" | "unknown";
        /** @description The value of a timeline at an instant. */
        Piece: {
            status?: string;
            value?: unknown;
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Every possible value, where it is not certain. */
            possible?: unknown[];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            because: components["schemas"]["Because"];
        };
        /** @description The answer of GET to the pinned question; `{ basis, known: false }` where GET answers 404. */
        PinnedAnswer: {
            basis: components["schemas"]["Basis"];
        } & {
            [key: string]: unknown;
        };
        /** @description All answers about a subject, at every valid and every known time. */
        Plane: {
            id: string;
            /** @description In the order of known, then of valid time. They do not overlap; where there is no cell, there is no report. */
            cells: components["schemas"]["PlaneCell"][];
        };
        /** @description One answer about a subject, over a range of valid time, as known over a range of known time. It equals the timeline as known then. */
        PlaneCell: {
            /** @description A range of known time. */
            known: {
                /** @description The report that begins it. */
                from: components["schemas"]["InstantText"];
                /** @description The report that ends it, exclusive. Null: no later report has changed it. */
                to: components["schemas"]["InstantText"] | null;
            };
            /** @description A range of valid time. */
            valid: {
                /** @description Null: from the beginning. */
                from: components["schemas"]["InstantText"] | null;
                /** @description Exclusive; null: without end. */
                to: components["schemas"]["InstantText"] | null;
            };
            /** @description In views whose items have a status. */
            status?: string;
            /** @description The other members of the timeline of the view, in the same form as there. */
            value?: unknown;
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Every possible status or value, where it is not certain. */
            possible?: unknown[];
            /**
             * @description Only claimed: it rests on no act or observation.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
        };
        /** @description The states of some subjects of a view at every valid and every known time. */
        Planes: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more subjects.
             */
            next?: string;
            view: components["schemas"]["ViewName"];
            /** @description By id. A subject without any report in the rectangles is left out. */
            items: components["schemas"]["Plane"][];
        };
        /** @description The stance of an actor. */
        PositionTaken: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["TalksStance"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where it is not certain. */
            stance: components["schemas"]["TalksStance"];
            level?: string;
            reason?: string;
            /**
             * @description `possible` has the possible stances.
             * @constant
             */
            certain?: false;
        };
        /** @description A position as text: `428-3f9a1c0d`. */
        PositionText: string;
        /**
         * @description How exact a range is in `zone`: an instant, a whole day, month or year, another range, or one without a bound.
         * @enum {string}
         */
        Precision: "instant" | "day" | "month" | "year" | "range" | "open";
        /** @description A problem: the body of the answer (RFC 9457 §3). */
        ProblemDetails: {
            /**
             * Format: uri-reference
             * @description The address of the explanation.
             * @enum {string}
             */
            type: "/problems/malformed-request" | "/problems/malformed-body" | "/problems/invalid-parameter" | "/problems/unknown-parameter" | "/problems/key-needed" | "/problems/scope-missing" | "/problems/not-found" | "/problems/method-not-allowed" | "/problems/not-acceptable" | "/problems/id-conflict" | "/problems/wrong-revision" | "/problems/another-log" | "/problems/too-many-webhooks" | "/problems/webhook-conflict" | "/problems/too-large" | "/problems/unsupported-media-type" | "/problems/inexact-value" | "/problems/too-many-members" | "/problems/invalid-development" | "/problems/invalid-webhook" | "/problems/has-warnings" | "/problems/invalid-question" | "/problems/not-a-receipt" | "/problems/too-many-requests" | "/problems/internal" | "/problems/not-supported" | "/problems/behind" | "/problems/unavailable";
            title: string;
            status: number;
            detail: string;
            /** Format: uri-reference */
            instance: string;
            /** @description Empty where neither the body nor the query has a fault. */
            errors: components["schemas"]["ProblemFault"][];
        };
        /** @description A fault in the body (`pointer`) or in the query (`parameter`), or a warning (`code`). */
        ProblemFault: {
            code?: components["schemas"]["WarningCode"];
            /** @description A registered id that may be meant. */
            suggestion?: string;
            /** @description The stream of the subject that is not registered. */
            subject?: string;
            /** @description The ids of the similar reports. */
            events?: components["schemas"]["EventId"][];
            /** @description A JSON pointer (RFC 6901) into the body. */
            pointer?: string;
            /** @description The name of a parameter of the query. */
            parameter?: string;
            detail: string;
        };
        /** @description The earliest and the latest possible instant. */
        RangeText: {
            earliest: components["schemas"]["InstantText"];
            latest: components["schemas"]["InstantText"];
        };
        /** @description All parts of the server can serve. */
        ReadyAnswer: {
            /** @constant */
            status: "ready";
            /** @description `log`, `views`, `search`, `audit` and `changes`. */
            parts: {
                [key: string]: {
                    /** @constant */
                    ready: true;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        /** @description A log's statement of its answer to a question. */
        Receipt: {
            /** @description The name of the log; its checkpoint and its key have the same name. */
            origin: string;
            /**
             * Format: date-time
             * @description By the clock of the service: RFC 3339, UTC.
             */
            issuedAt: string;
            question: components["schemas"]["ReceiptQuestion"];
            basis: components["schemas"]["ReceiptBasis"];
            /** @description SHA-256, in hexadecimal, of the canonical JSON (RFC 8785) of the answer. */
            answerSha256: string;
            /** @description The program that answered, and its version; another version may phrase the same answer differently. */
            software: string;
            /** @description The signed checkpoint of at least `basis.sequence` events: a note (C2SP). */
            checkpoint: string;
        };
        /** @description The question with every instant resolved, and pinned to a sequence, so that its answer never changes. */
        ReceiptBasis: {
            /** Format: date-time */
            asOf: string;
            /** Format: date-time */
            knownAt: string | null;
            /** @description The sequence to which the question is pinned: `@120`. */
            recordedAt: string;
            /** @description The last sequence that the answer takes into account. */
            sequence: number;
            /** @description The IANA zone in which dates were read. */
            zone: string;
        };
        /** @description A fault of a receipt. */
        ReceiptFault: {
            /**
             * @description `signature`: no key of this log signed it; `checkpoint`: the log does not begin with the events of the checkpoint; `answer`: the pinned question has another answer now; `given`: the answer or the statement in the request is not the signed one.
             * @enum {string}
             */
            check: "signature" | "checkpoint" | "answer" | "given";
            detail: string;
        };
        /** @description A question: the address of an answer, and its parameters as the client gave them. */
        ReceiptQuestion: {
            /** @description Without a query. */
            path: string;
            /** @description The parameters of the address, each a text. */
            parameters: {
                [key: string]: string;
            };
        };
        /** @description A question in a request for a receipt. */
        ReceiptRequest: {
            /** @description Without a query. */
            path: string;
            /** @description The parameters of the address, each a text. */
            parameters?: {
                [key: string]: string;
            };
        };
        /** @description A receipt to verify, alone or with the other members of its issue. */
        ReceiptToVerify: {
            /** @description The signed note. */
            receipt: string;
            /** @description An answer to compare with the signed one. */
            answer?: unknown;
            /** @description A statement to compare with the one in the note. */
            statement?: unknown;
        };
        /** @description The recorded developments, in the order of the request. */
        RecordedAnswer: {
            events: components["schemas"]["RecordedDevelopment"][];
            warnings: components["schemas"]["AcceptanceWarning"][];
        };
        /** @description Where the log has a development. */
        RecordedDevelopment: {
            id: components["schemas"]["EventId"];
            sequence: components["schemas"]["Sequence"];
            stream: string;
            /** @description Its number in the stream, from 0. */
            revision: components["schemas"]["WholeNumber"];
            recordedAt: components["schemas"]["InstantText"];
            /** @description The log had it already; these are the members of the first answer. */
            duplicate?: boolean;
        };
        /** @description The messages to send again. */
        RedeliveryToStart: {
            /** @description The place after which the messages begin, as `after` of the stream. */
            after: string;
        };
        /** @description Prisoners who were released. */
        Release: {
            /** @description Unique in its view. */
            id: string;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            names?: components["schemas"]["Names"];
            /** @description The ids of the actors who released them. */
            by: string[];
            /** @description The ids of the actors who mediated. */
            mediators?: string[];
            /** @description The latest figure of every claimant, the newest first. Never a sum. */
            claims: components["schemas"]["ReleaseClaim"][];
            range: components["schemas"]["Spread"];
            releases: components["schemas"]["ReleaseEntry"][];
        };
        /** @description A figure, and the events behind it. */
        ReleaseClaim: {
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            count: components["schemas"]["Quantity"];
            who: string;
            /** @description False: it is one of several figures that the claimant may give. */
            certain: boolean;
            because: components["schemas"]["Because"];
        };
        /** @description The number of released prisoners by one claimant. */
        ReleaseCount: {
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            count: components["schemas"]["Quantity"];
            who: string;
            /** @description False: it is one of several figures that the claimant may give. */
            certain: boolean;
        };
        /** @description A release of prisoners. */
        ReleaseEntry: {
            released: components["schemas"]["Quantity"];
            who: string;
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            because: components["schemas"]["Because"];
            /**
             * @description It may happen only after `asOf`.
             * @constant
             */
            certain?: false;
            /** @description The id of the actor who released them. */
            by: string;
            /** @description The id of the actor who mediated. */
            mediator?: string;
        };
        /** @description The releases of prisoners that pass the filters. */
        ReleaseList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["Release"][];
        };
        /** @description A stretch of the timeline of a release of prisoners. */
        ReleaseSegment: {
            value: components["schemas"]["ReleaseCount"][];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /** @description How a release of prisoners changed. */
        ReleaseTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["ReleaseSegment"][];
        };
        /** @description Admiralty code: the source A–F, the information 1–6. */
        Reliability: string;
        /** @description A time as a report gives it, and the range of instants that it means. */
        ReportedTime: {
            /** @description EDTF (ISO 8601-2) as it was sent. */
            edtf: string;
            /** @description The IANA zone in which `edtf` is read where it has no offset. */
            zone: string;
            /** @description The words of the report. */
            text?: string;
            /** @description The start of the range. It is stored so that a later zone database cannot change history. */
            earliest: components["schemas"]["InstantText"];
            /** @description The end of the range. */
            latest: components["schemas"]["InstantText"];
        };
        /** @description An accepted development: as it was sent, with its id, its schema version and its times resolved. It can be sent again as it is. */
        ResolvedDevelopment: {
            /** @description When it began. */
            occurred?: components["schemas"]["ReportedTime"];
            /** @description When it ended or is to end. */
            until?: components["schemas"]["ReportedTime"];
            /** @description When it was public. */
            reportedAt: components["schemas"]["ReportedTime"];
            /** @description As the catalogue describes it for the type; its times are ReportedTime. */
            data: {
                [key: string]: unknown;
            };
            source: components["schemas"]["Source"];
            attribution: components["schemas"]["Attribution"];
            /** @description Joins developments that belong together. */
            correlationId?: string;
            id: components["schemas"]["EventId"];
            type: components["schemas"]["EventTypeName"];
            /** @description The version of the schema of `data`. */
            schemaVersion: number;
        };
        /** @description An interval [from, to) of valid time. */
        Rewritten: {
            from: components["schemas"]["InstantText"];
            to: components["schemas"]["InstantText"];
        };
        /** @enum {string} */
        RouteStatus: "open" | "restricted" | "closed" | "unknown";
        /** @description The content of one piece of a timeline, without its bounds and its events. */
        Said: {
            status?: string;
            value?: unknown;
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Every possible value, where it is not certain. */
            possible?: unknown[];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
        };
        /** @description The state of a subject, as a segment of its timeline gives it. */
        SaidOfSubject: {
            /** @description In views whose items have a status. */
            status?: string;
            /** @description The other members of the segment, in the same form as there. */
            value?: unknown;
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Every possible status or value, where it is not certain. */
            possible?: unknown[];
            /**
             * @description Only claimed: it rests on no act or observation.
             * @constant
             */
            claimed?: true;
        };
        /** @description The schemas that the server has. */
        SchemaList: {
            items: components["schemas"]["ListedSchema"][];
        };
        /** @description The options of a rotation. */
        SecretRotation: {
            /** @description Seconds for which the earlier secrets sign too; default: a day. Use 0 where others know an earlier secret. */
            overlap?: number;
        };
        SecretTimes: {
            created: components["schemas"]["InstantText"];
            /** @description From then on it does not sign; absent: it is the newest. */
            until?: components["schemas"]["InstantText"];
        };
        /** @description The number of an event in the log, from 1. */
        Sequence: number;
        /** @description A sequence as text: `@120`. */
        SequenceText: string;
        /** @description The number of items of a view over time. */
        Series: {
            basis: components["schemas"]["Basis"];
            view: components["schemas"]["ViewName"];
            items: components["schemas"]["SeriesPoint"][];
        };
        /** @description The number of items of a view at the end of a day. */
        SeriesPoint: {
            /** @description The day, in the zone of the basis. */
            date: string;
            /** @description Its last millisecond. */
            at: components["schemas"]["InstantText"];
            total: components["schemas"]["WholeNumber"];
            /** @description The number of items whose status is not certain. */
            uncertain: components["schemas"]["WholeNumber"];
            /** @description The number of items with each status; it has every status of the series. */
            counts: {
                [key: string]: components["schemas"]["WholeNumber"];
            };
        };
        /** @description The document that a development was read from. */
        Source: {
            publisher: string;
            title: string;
            url?: string;
            publishedAt: components["schemas"]["ReportedTime"];
            /** @description The persons or media that the publisher quotes (PROV wasQuotedFrom). */
            quotedFrom?: string;
            /** @description SHA-256 of the document, hexadecimal. */
            sha256?: string;
            /** @description A dozen words at most, where the wording itself is the fact. */
            quote?: string;
            /** @description The row of the collection from which it was entered, such as `S0.4`. */
            row?: string;
        };
        /** @description The bounds of the figures. */
        Spread: {
            /** @description The least number named; missing where no claimant gives a lower end. */
            min?: number;
            /** @description The greatest number named; missing where no claimant gives an upper end. */
            max?: number;
            /**
             * @description A claimant says "more than": `max` is no upper bound.
             * @constant
             */
            openEnded?: true;
        };
        /** @enum {string} */
        Stance: "asserts" | "denies";
        /** @description The stance of a claimant on a proposition. */
        StanceTaken: {
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            stance: components["schemas"]["Stance"];
            /** @description The start of the unbroken run of this stance. Where the start is vague: its latest instant. Where the stance is not certain: the instant at which it became possible. */
            since: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague: from it on, the claimant may have taken this stance without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /**
             * @description The claimant may also take another stance, or none.
             * @constant
             */
            certain?: false;
            /** @description The stances that the claimant may take; `unknown`: none. */
            possible?: (components["schemas"]["Stance"] | "unknown")[];
            because: components["schemas"]["Because"];
        };
        /**
         * @description What kind of act of speech a development is.
         * @enum {string}
         */
        Standing: "act" | "observation" | "claim" | "denial" | "estimate" | "plan" | "reference";
        /** @description The state of everything: the items of every view. */
        StateAnswer: {
            crossings: components["schemas"]["Crossing"][];
            transit: components["schemas"]["TransitRoute"][];
            sanctions: components["schemas"]["Measure"][];
            detentions: components["schemas"]["Detention"][];
            warnings: components["schemas"]["Warning"][];
            conditions: components["schemas"]["Condition"][];
            talks: components["schemas"]["Talks"][];
            airspace: components["schemas"]["Area"][];
            claims: components["schemas"]["Claim"][];
            releases: components["schemas"]["Release"][];
            estimates: components["schemas"]["Estimate"][];
            statements: components["schemas"]["Topic"][];
            basis: components["schemas"]["Basis"];
            /** @description How many items each view has: in `total`, and of each status or verdict. */
            counts: {
                crossings: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
                transit: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
                sanctions: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
                detentions: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
                warnings: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
                conditions: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
                talks: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
                airspace: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
                claims: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
                releases: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
                estimates: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
                statements: {
                    [key: string]: components["schemas"]["WholeNumber"];
                };
            };
        };
        /** @description A value that differs between two states. */
        StateChange: {
            view: components["schemas"]["ViewName"];
            /** @description The id of the item. */
            subject: string;
            /** @description The name of the changed value, such as `status`. */
            aspect: string;
            /** @description The earlier value; missing where the item did not exist. */
            before?: unknown;
            /** @description The later value; missing where the later state does not have the item. */
            after?: unknown;
            /** @description The ids of the events behind the later value. Where there is no later value: behind the earlier value. */
            because: components["schemas"]["Because"];
        };
        /** @description A statement, in our words. */
        Statement: {
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            because: components["schemas"]["Because"];
            /**
             * @description It may happen only after `asOf`.
             * @constant
             */
            certain?: false;
            /** @description The id of the actor who said it. */
            speaker: string;
            kind: components["schemas"]["StatementKind"];
            /** @description In our words. */
            says: string;
        };
        /** @enum {string} */
        StatementKind: "accusation" | "assertion" | "explanation" | "forecast" | "framing" | "recommendation" | "remark" | "report" | "rhetoric";
        /** @description Talks on a matter. */
        Talks: {
            /** @description Unique in its view. */
            id: string;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            names?: components["schemas"]["Names"];
            /** @description The ids of all actors who took part, offered, refused, or were addressed. */
            parties: string[];
            ledger: components["schemas"]["TalksEntry"][];
            /** @description By the id of the actor. */
            stance: {
                [key: string]: components["schemas"]["PositionTaken"];
            };
        };
        /** @description An offer, a refusal, a meeting or another contact. */
        TalksEntry: {
            /** @description The id of the actor who makes the assertion. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            /** @description The instant of the event or of the figure; where it is vague, its latest instant. */
            at: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            atEarliest?: components["schemas"]["InstantText"];
            because: components["schemas"]["Because"];
            /**
             * @description It may happen only after `asOf`.
             * @constant
             */
            certain?: false;
            /** @enum {string} */
            kind: "offered" | "refused" | "meeting" | "visit" | "call" | "agreement" | "channel";
            /** @description The id of the actor who offers or refuses, or of the first who took part. */
            by?: string;
            /** @description The id of the actor who receives the offer or refusal, or of the second who took part. */
            to?: string;
            /** @description The ids of the actors who took part. */
            parties?: string[];
            level?: string;
            subject?: string;
            reason?: string;
            place?: string;
            outcome?: string;
            channels?: components["schemas"]["Quantity"];
            note?: string;
        };
        /** @description The talks that pass the filters. */
        TalksList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["Talks"][];
        };
        /** @description A stretch of the timeline of talks. */
        TalksSegment: {
            value: {
                [key: string]: components["schemas"]["TalksStance"] | components["schemas"]["TalksStance"][];
            };
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /** @enum {string} */
        TalksStance: "offers" | "refuses" | "unknown";
        /** @description How talks changed. */
        TalksTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["TalksSegment"][];
        };
        /** @description A range of time in which the timeline of an item would differ. */
        TimelineDifference: {
            view: components["schemas"]["ViewName"];
            /** @description The id of the item. */
            subject: string;
            /** @description null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
            /** @description The present status in the timeline; missing: none. */
            before?: components["schemas"]["Said"];
            /** @description The status that it would have; missing where it would have none. */
            after?: components["schemas"]["Said"];
            /** @description The events behind the later status. Where there is no later status: behind the earlier status. */
            because: components["schemas"]["Because"];
        };
        /** @description The statements about a topic. */
        Topic: {
            /** @description Unique in its view. */
            id: string;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            names?: components["schemas"]["Names"];
            /** @description The oldest first. */
            statements: components["schemas"]["Statement"][];
        };
        /** @description The topics of statements that pass the filters. */
        TopicList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["Topic"][];
        };
        /** @description A stretch of the timeline of a topic of statements. */
        TopicSegment: {
            value: components["schemas"]["WholeNumber"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /** @description How a topic of statements changed. */
        TopicTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["TopicSegment"][];
        };
        /** @description A transit route, and the goods that may pass on it. */
        TransitRoute: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["RouteStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["RouteStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Unique in its view. */
            id: string;
            names: components["schemas"]["Names"];
            barred: components["schemas"]["GoodsOnRoute"][];
            quota?: components["schemas"]["GoodsOnRoute"][];
            allowed?: components["schemas"]["GoodsOnRoute"][];
            /** @description The next known change of goods that are not surely barred now. */
            scheduled?: components["schemas"]["ComingChange"][];
            movements?: components["schemas"]["Movement"][];
        };
        /** @description The transit routes that pass the filters. */
        TransitRouteList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["TransitRoute"][];
        };
        /** @description How a transit route changed. */
        TransitRouteTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["TransitSegment"][];
        };
        /** @description A stretch of the timeline of a transit route. */
        TransitSegment: {
            value: string[];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            status: components["schemas"]["RouteStatus"];
            /** @description The ids of the groups of goods that may be barred, where it is not certain. */
            possible?: string[];
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /**
         * @description The verdict of an effect in the answer to a question.
         * @enum {string}
         */
        Verdict: "holds" | "mayHold" | "overlaid" | "claimsNotAsked" | "expired" | "notStarted" | "outOfVoice" | "corrected" | "retracted" | "notYetKnown" | "notYetRecorded";
        /** @description The result of a verification. */
        VerifiedReceipt: {
            /** @description Whether there are no faults. */
            valid: boolean;
            faults: components["schemas"]["ReceiptFault"][];
            /** @description The keys of this log that signed it: `origin+id`. */
            signedBy: string[];
            /** @description Missing where no key of this log signed it. */
            statement?: components["schemas"]["Receipt"];
            /** @description The present answer to the pinned question; missing where the question cannot be answered. */
            answer?: components["schemas"]["PinnedAnswer"];
        };
        /**
         * @description The name of a view in the API.
         * @enum {string}
         */
        ViewName: "crossings" | "transit" | "sanctions" | "detentions" | "warnings" | "conditions" | "talks" | "airspace" | "claims" | "releases" | "estimates" | "statements";
        /** @description A warning or an ultimatum. */
        Warning: {
            /** @description The id of the actor who issued it. Missing, like all terms, where only the outcome is known. */
            issuer?: string;
            /** @description The ids of the actors who receive the warning. */
            addressees?: string[];
            demand?: string;
            threat?: string;
            /** @description Another trigger, besides the demand. */
            condition?: string;
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["WarningStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the status is not certain: the instant at which it became possible. */
            since?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague start: from then on, the status may have held without a break. */
            sinceEarliest?: components["schemas"]["InstantText"];
            /** @description The announced end of the present status. Where the end is vague: its latest instant. */
            until?: components["schemas"]["InstantText"];
            /** @description The earliest instant of a vague end. */
            untilEarliest?: components["schemas"]["InstantText"];
            next?: components["schemas"]["Next"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["WarningStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Unique in its view. */
            id: string;
            names?: components["schemas"]["Names"];
            /** @description The latest instant, where it is vague. */
            issuedAt?: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            issuedAtEarliest?: components["schemas"]["InstantText"];
            /** @description The end of the time to meet the demand; the latest instant, where it is vague; missing where the report gives no time. */
            deadline?: components["schemas"]["InstantText"];
            /** @description The earliest instant, where it is vague. */
            deadlineEarliest?: components["schemas"]["InstantText"];
            /** @description The words of the report for the deadline. */
            deadlineText?: string;
        };
        /**
         * @description - `other-zone-rules`: a time keeps the range that other rules of its zone gave;
         *     - `unregistered-subject`, `unknown-actor`: no such subject, or actor, is registered;
         *     - `unknown-target`: the log does not have the target of the correction;
         *     - `without-effect`: the correction is in a circle, or too deep, together with corrections that were recorded at the same time;
         *     - `reported-in-future`: the report is surely later than now;
         *     - `reported-before-it-happened`: the report of an observation or an act is before it happened;
         *     - `far-from-now`: a time over a hundred years ago or over fifty years ahead;
         *     - `similar-report`: the same may have been reported already.
         * @enum {string}
         */
        WarningCode: "other-zone-rules" | "unregistered-subject" | "unknown-actor" | "unknown-target" | "without-effect" | "reported-in-future" | "reported-before-it-happened" | "far-from-now" | "similar-report";
        /** @description The warnings that pass the filters. */
        WarningList: {
            basis: components["schemas"]["Basis"];
            /**
             * Format: uri-reference
             * @description The address of the next page, with the basis of this page; absent where there are no more items.
             */
            next?: string;
            /** @description By id. */
            items: components["schemas"]["Warning"][];
        };
        /** @description A stretch of the timeline of a warning. */
        WarningSegment: {
            /** @description Every status that it may have, where it is not certain. */
            possible?: components["schemas"]["WarningStatus"][];
            /**
             * @description It rests on claims alone: no act or observation supports it.
             * @constant
             */
            claimed?: true;
            /** @description The ids of the events that it rests on. */
            because: components["schemas"]["Because"];
            /** @description `unknown` where no event gives a status, or where the status is not certain. */
            status: components["schemas"]["WarningStatus"];
            /** @description Whether it is the same in every possible world. */
            certain: boolean;
            /** @description Null: from the beginning. */
            from: components["schemas"]["InstantText"] | null;
            /** @description Exclusive; null: without end. */
            to: components["schemas"]["InstantText"] | null;
        };
        /** @enum {string} */
        WarningStatus: "pending" | "met" | "lapsed" | "withdrawn" | "carriedOut" | "unknown";
        /** @description How a warning changed. */
        WarningTimeline: {
            basis: components["schemas"]["Basis"];
            /** @description In the order of time; a range without any report is left out. */
            segments: components["schemas"]["WarningSegment"][];
        };
        /** @description A subscription: its messages, its address, and its place. */
        Webhook: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uri
             * @description Where messages are sent.
             */
            url: string;
            description?: string;
            /** @description It sends the events that pass this filter. The members are parameters of `/v1/events/stream`. */
            events?: components["schemas"]["WebhookFilter"];
            /** @description It sends the changes of state that pass this filter. The members are parameters of `/v1/changes/stream`. */
            changes?: components["schemas"]["WebhookFilter"];
            /** @description `paused`: by its owner, or because the key of its owner was revoked or has expired. `parked`: the receiver has failed for 48 hours, or the log no longer has the place. `gone`: the receiver answered 410. The place is kept in all states. */
            state: components["schemas"]["WebhookState"];
            /** @description Why it is not active. */
            reason?: string;
            /** @description Its owner: the id of a key, or the issuer and the subject of a token. */
            owner: string;
            created: components["schemas"]["InstantText"];
            /** @description Its place in the stream: everything up to this place was delivered or skipped, or is not selected. */
            after: string;
            /** @description The next message, where it has failed. */
            failing?: components["schemas"]["FailingMessage"];
            /** @description Messages that are sent again, beside the others. */
            redelivery?: components["schemas"]["WebhookRedelivery"];
            /** @description The secrets that sign, the newest first, without the secrets themselves. */
            secrets: components["schemas"]["SecretTimes"][];
        };
        /** @description The parameters of the stream, each a text. */
        WebhookFilter: {
            [key: string]: string;
        };
        /** @description The webhooks of a key; for a key with the scope `admin`, all webhooks. */
        WebhookList: {
            items: components["schemas"]["Webhook"][];
            /** @description The `after` of the next page; null: this page is the last. */
            next: string | null;
        };
        /** @description Messages that are sent again. */
        WebhookRedelivery: {
            /** @description Everything up to this place has been sent again. */
            after: string;
            /** @description Its last place. */
            until: string;
            failing?: components["schemas"]["FailingMessage"];
            /** @description Why it is no longer tried. */
            stopped?: string;
        };
        /**
         * @description `active`: messages are sent. `paused`: by its owner, or because the owner's key is revoked or has expired. `parked`: the receiver has failed for 48 hours, or the log does not have the place. `gone`: the receiver answered 410. In all states the place is kept.
         * @enum {string}
         */
        WebhookState: "active" | "paused" | "parked" | "gone";
        /** @description The changes of a webhook. */
        WebhookToChange: {
            /** @description `false` also ends other states than `paused`: a failed message is sent again immediately. */
            paused?: boolean;
            /** Format: uri */
            url?: string;
            description?: string;
        };
        /** @description A webhook to register: for events or for changes. */
        WebhookToCreate: {
            /**
             * Format: uri
             * @description The address for messages: `https`, without a user. The settings of the server may allow more.
             */
            url: string;
            events?: components["schemas"]["EventFilterToSend"];
            changes?: components["schemas"]["ChangeFilterToSend"];
            /** @description The place to begin, as `after` of that stream: `end` (default), `start`, a place in it, an instant or a date. */
            after?: string;
            description?: string;
        };
        /** @description A webhook with its newest secret, which is in this answer only. */
        WebhookWithSecret: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uri
             * @description Where messages are sent.
             */
            url: string;
            description?: string;
            /** @description It sends the events that pass this filter. The members are parameters of `/v1/events/stream`. */
            events?: components["schemas"]["WebhookFilter"];
            /** @description It sends the changes of state that pass this filter. The members are parameters of `/v1/changes/stream`. */
            changes?: components["schemas"]["WebhookFilter"];
            /** @description `paused`: by its owner, or because the key of its owner was revoked or has expired. `parked`: the receiver has failed for 48 hours, or the log no longer has the place. `gone`: the receiver answered 410. The place is kept in all states. */
            state: components["schemas"]["WebhookState"];
            /** @description Why it is not active. */
            reason?: string;
            /** @description Its owner: the id of a key, or the issuer and the subject of a token. */
            owner: string;
            created: components["schemas"]["InstantText"];
            /** @description Its place in the stream: everything up to this place was delivered or skipped, or is not selected. */
            after: string;
            /** @description The next message, where it has failed. */
            failing?: components["schemas"]["FailingMessage"];
            /** @description Messages that are sent again, beside the others. */
            redelivery?: components["schemas"]["WebhookRedelivery"];
            /** @description The secrets that sign, the newest first, without the secrets themselves. */
            secrets: components["schemas"]["SecretTimes"][];
            /** @description Verify the header `webhook-signature` with it (Standard Webhooks). */
            secret: string;
        };
        /** @description An effect that was weighed for an answer. */
        WeighedEffect: {
            aspect: string;
            /** @description The event that asserts it. */
            event: components["schemas"]["EventId"];
            verdict: components["schemas"]["Verdict"];
            /** @description The events that overlay, corrected or retracted it. */
            by?: components["schemas"]["EventId"][];
            /** @description The value that it asserts. */
            value: unknown;
            from: components["schemas"]["RangeText"];
            until?: components["schemas"]["RangeText"];
            /** @description The value from `until` on. */
            then?: unknown;
            /** @description The id of the claimant. */
            claimant: string;
            standing: components["schemas"]["Standing"];
            reliability: components["schemas"]["Reliability"];
            because: components["schemas"]["Because"];
            /** @description When it was public; `until` is exclusive; null: without end. */
            reported: {
                from: components["schemas"]["InstantText"];
                until: components["schemas"]["InstantText"] | null;
            };
            /** @description When the log had it; `until` is exclusive; null: without end. */
            recorded: {
                from: components["schemas"]["SequenceText"];
                until: components["schemas"]["SequenceText"] | null;
            };
        };
        /** @description A whole number from 0. */
        WholeNumber: number;
        /** @description An answer with the basis beside its other members. */
        WithBasis: {
            basis: components["schemas"]["Basis"];
        };
    };
    responses: {
        /** @description Another problem; its `type` leads to the explanation. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description [`malformed-request`](/problems/malformed-request): The address, a header or the HTTP message itself is not well formed.
         *
         *     [`invalid-parameter`](/problems/invalid-parameter): `errors` names each parameter and its form. A parameter may be given once only.
         */
        MalformedRequestOrInvalidParameter: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description [`malformed-request`](/problems/malformed-request): The address, a header or the HTTP message itself is not well formed.
         *
         *     [`invalid-parameter`](/problems/invalid-parameter): `errors` names each parameter and its form. A parameter may be given once only.
         *
         *     [`unknown-parameter`](/problems/unknown-parameter): A misspelt parameter would silently change the question, so it is refused. `errors` names it and the known parameters.
         */
        MalformedRequestOrInvalidParameterOrUnknownParameter: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description [`unavailable`](/problems/unavailable): The server is starting or stopping, has reached its limit of streams, cannot fetch the keys of the issuer of tokens, or cannot use its disk now. Ask again after `Retry-After` seconds; it is safe to retry a write. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description [`not-found`](/problems/not-found): There is no such address, or nothing is known under this id. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description [`not-acceptable`](/problems/not-acceptable): `Accept` (RFC 9110 §12.5.1) allows none of the media types of this address; `detail` lists them. Without the header, the answer has the first one. */
        NotAcceptable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description [`too-many-requests`](/problems/too-many-requests): The client has reached its limit of reads or writes in a minute or of streams at the same time, or its address has sent too many wrong keys. A client is a key or token, or an address without one. Wait for the seconds in `Retry-After`; it is safe to retry. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description [`another-log`](/problems/another-log): `after` is beyond the end of the log, or names an event that this log does not have there: it is another log, or it was restored to an earlier state. Discard all events that you have read, and start again. */
        AnotherLog: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description [`behind`](/problems/behind): The views have not reached the sequence in `atLeast`, or the audit tree has not reached the size. Ask again after `Retry-After` seconds.
         *
         *     [`unavailable`](/problems/unavailable): The server is starting or stopping, has reached its limit of streams, cannot fetch the keys of the issuer of tokens, or cannot use its disk now. Ask again after `Retry-After` seconds; it is safe to retry a write.
         */
        BehindOrUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description [`malformed-request`](/problems/malformed-request): The address, a header or the HTTP message itself is not well formed.
         *
         *     [`malformed-body`](/problems/malformed-body): The body is empty, is not UTF-8, is not JSON (RFC 8259), nests more than 64 levels deep, or has a member twice (RFC 7493 §2.3); then `errors` names it.
         *
         *     [`invalid-parameter`](/problems/invalid-parameter): `errors` names each parameter and its form. A parameter may be given once only.
         *
         *     [`unknown-parameter`](/problems/unknown-parameter): A misspelt parameter would silently change the question, so it is refused. `errors` names it and the known parameters.
         */
        MalformedRequestOrMalformedBodyOrInvalidParameterOrUnknownParameter: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description [`key-needed`](/problems/key-needed): Send `Authorization: Bearer <key>`. The key is missing, unknown, revoked or expired; or it is a token that cannot be verified: `detail` has the reason. The first start of the server makes a key; `borderline keys create` makes more. */
        KeyNeeded: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description [`scope-missing`](/problems/scope-missing): The key or token is valid, but lacks the scope that `detail` names: read, report, edit, audit or admin. */
        ScopeMissing: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description [`another-log`](/problems/another-log): `after` is beyond the end of the log, or names an event that this log does not have there: it is another log, or it was restored to an earlier state. Discard all events that you have read, and start again.
         *
         *     [`too-many-webhooks`](/problems/too-many-webhooks): A key may have 20. Delete one, or extend the filter of one: it may name several types and subjects.
         */
        AnotherLogOrTooManyWebhooks: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description [`too-large`](/problems/too-large): A body may have 32 MiB, one with a receipt 4 MiB, an event 65,535 bytes of canonical JSON, a batch 10,000 developments. A dry run may take five seconds of work: send fewer developments in one. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description [`unsupported-media-type`](/problems/unsupported-media-type): Send JSON in UTF-8, with `Content-Type: application/json` and without a `Content-Encoding`; developments may also be CloudEvents. The header `Accept` or `Accept-Encoding` of the answer lists the accepted forms. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description [`inexact-value`](/problems/inexact-value): The body is JSON with a number that a double cannot represent exactly, such as 9007199254740993 or 1e400, or with half of a surrogate pair (RFC 7493 §2). `errors` names each. Send a long number as a text.
         *
         *     [`too-many-members`](/problems/too-many-members): An object of the body has more than 10,000 members, or the body more than 1,000,000 values, or 100,000 where a reader may send it, or more than 1 MiB without a comma. Send several batches.
         *
         *     [`invalid-webhook`](/problems/invalid-webhook): The JSON is well formed, and a member of it cannot be used: `errors` has every fault with its JSON pointer. An address into a private network is refused unless the server is set to allow it (`BORDERLINE_OUTBOUND`).
         */
        InexactValueOrTooManyMembersOrInvalidWebhook: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description [`another-log`](/problems/another-log): `after` is beyond the end of the log, or names an event that this log does not have there: it is another log, or it was restored to an earlier state. Discard all events that you have read, and start again.
         *
         *     [`webhook-conflict`](/problems/webhook-conflict): The request does not fit the place of the webhook: the message to skip is not the failing one, a redelivery is under way, or nothing was sent yet that could be sent again. `detail` has the reason.
         */
        AnotherLogOrWebhookConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description [`webhook-conflict`](/problems/webhook-conflict): The request does not fit the place of the webhook: the message to skip is not the failing one, a redelivery is under way, or nothing was sent yet that could be sent again. `detail` has the reason. */
        WebhookConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description [`id-conflict`](/problems/id-conflict): An event with this id and other content is in the log already. Nothing was stored. To change the event, correct it.
         *
         *     [`wrong-revision`](/problems/wrong-revision): The stream has new events since you read it, and nothing was stored. Read it again, then decide.
         */
        IdConflictOrWrongRevision: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description [`inexact-value`](/problems/inexact-value): The body is JSON with a number that a double cannot represent exactly, such as 9007199254740993 or 1e400, or with half of a surrogate pair (RFC 7493 §2). `errors` names each. Send a long number as a text.
         *
         *     [`too-many-members`](/problems/too-many-members): An object of the body has more than 10,000 members, or the body more than 1,000,000 values, or 100,000 where a reader may send it, or more than 1 MiB without a comma. Send several batches.
         *
         *     [`invalid-development`](/problems/invalid-development): The JSON is well formed, but is not a valid development. `errors` has every fault with its JSON pointer.
         *
         *     [`has-warnings`](/problems/has-warnings): The request is `strict`, and has a probable mistake. `errors` has every warning with its JSON pointer and its code. Nothing was recorded; without `strict` it would be.
         */
        InexactValueOrTooManyMembersOrInvalidDevelopmentOrHasWarnings: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description [`not-supported`](/problems/not-supported): The cluster of the log is older than KurrentDB 25.1, and accepts developments about several subjects only one subject at a time. Nothing was stored. */
        NotSupported: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description [`inexact-value`](/problems/inexact-value): The body is JSON with a number that a double cannot represent exactly, such as 9007199254740993 or 1e400, or with half of a surrogate pair (RFC 7493 §2). `errors` names each. Send a long number as a text.
         *
         *     [`too-many-members`](/problems/too-many-members): An object of the body has more than 10,000 members, or the body more than 1,000,000 values, or 100,000 where a reader may send it, or more than 1 MiB without a comma. Send several batches.
         *
         *     [`invalid-question`](/problems/invalid-question): The JSON is well formed, but is not a question whose answer can be signed. `errors` has every fault with its JSON pointer.
         */
        InexactValueOrTooManyMembersOrInvalidQuestion: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /**
         * @description [`inexact-value`](/problems/inexact-value): The body is JSON with a number that a double cannot represent exactly, such as 9007199254740993 or 1e400, or with half of a surrogate pair (RFC 7493 §2). `errors` names each. Send a long number as a text.
         *
         *     [`too-many-members`](/problems/too-many-members): An object of the body has more than 10,000 members, or the body more than 1,000,000 values, or 100,000 where a reader may send it, or more than 1 MiB without a comma. Send several batches.
         *
         *     [`not-a-receipt`](/problems/not-a-receipt): The text does not have the form of a receipt: a signed note of two lines. For a receipt with another signature the answer is 200, with the fault `signature`.
         */
        InexactValueOrTooManyMembersOrNotAReceipt: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    HealthController_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveAnswer"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameter"];
            default: components["responses"]["Problem"];
        };
    };
    HealthController_ready: {
        parameters: {
            query?: {
                /** @description reading: whether it can answer questions, even without the latest events (then with `Borderline-Behind`) */
                for?: "reading";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadyAnswer"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    EventStreamController_stream: {
        parameters: {
            query?: {
                /** @description an `id`, a bare sequence, `start`, `end` (default), or an instant or a date (its end) on the recorded axis: the stream begins with the next recorded event */
                after?: string;
                /** @description event types or families of them (`crossing.*`), comma-separated */
                type?: string;
                /** @description ids or streams, comma-separated */
                subject?: string;
                /** @description comma-separated */
                category?: string;
                /** @description ids of actors, comma-separated */
                claimant?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "cloudevents";
            };
            header?: {
                /** @description continues after this `id` or sequence; it takes precedence over `after` */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream; it does not end by itself. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    EventsController_find: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates */
                zone?: string;
                /** @description the `next` of a page, or a sequence: only events after it, in the given order */
                after?: string;
                /** @description the greatest number of events, 1 to 1000; default 100 */
                limit?: number;
                /** @description asc (default) or desc, by sequence */
                order?: "asc" | "desc";
                /** @description event types or families of them (`crossing.*`), comma-separated */
                type?: string;
                /** @description ids or streams, comma-separated, at most 100 */
                subject?: string;
                /** @description comma-separated */
                category?: string;
                /** @description ids of actors, comma-separated, at most 100 */
                claimant?: string;
                /** @description words that all occur in names, summaries, quotes or titles; "a phrase"; a prefix*. At most 200 characters and 12 different words, of these 6 in phrases and 2 prefixes of at least 2 letters */
                q?: string;
                /** @description an instant or a date (its start), or @<sequence> on the recorded axis */
                from?: string;
                /** @description an instant or a date (its end), or @<sequence> on the recorded axis */
                to?: string;
                /** @description valid, reported or recorded (default): the axis of `from` and `to`. On the valid axis, the events that may have been true between `from` and `to`: an event may be true from the earliest instant of `occurred` to its latest, or to the latest of `until` if the event has one. For a state without an end, ask the views. */
                axis?: "valid" | "reported" | "recorded";
                /** @description a sequence to wait for, at most 5 s */
                atLeast?: number;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "ndjson" | "cloudevents" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; or, as NDJSON, one event a line. */
            200: {
                headers: {
                    /** @description For a batch: the next page. */
                    link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                    "application/cloudevents-batch+json": components["schemas"]["CloudEvent"][];
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["AnotherLog"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    EventsController_event: {
        parameters: {
            query?: {
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "cloudevents";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event, with `corrections` and `causes` as further members; or only the CloudEvent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventDetails"];
                    "application/cloudevents+json": components["schemas"]["CloudEvent"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    ChangeStreamController_stream: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates */
                zone?: string;
                /** @description an `id`; `start` or `end`; an instant or a date (its end); a sequence, `@428`; or the `sequence` and `asOf` of the basis of an answer, `@428/2025-11-05T12:00:00Z`, for the changes since that answer */
                after?: string;
                /** @description views, comma-separated; default all */
                view?: string;
                /** @description ids of items, comma-separated */
                subject?: string;
                /** @description the two countries of crossings, as they are registered now, comma-separated */
                border?: string;
                /** @description aspects, comma-separated; an aspect includes the aspects below it: `status` includes `status/road`. Aspects begin with status, next, count, decision, emergency, goods, ledger, licence, phase, requirement, stance, value, verdict */
                aspect?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: {
                /** @description continues after this `id`; it takes precedence over `after` */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream; it does not end by itself. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    ChangesController_list: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates */
                zone?: string;
                /** @description an `id`; `start` or `end`; an instant or a date (its end); a sequence, `@428`; or the `sequence` and `asOf` of the basis of an answer, `@428/2025-11-05T12:00:00Z`, for the changes since that answer */
                after?: string;
                /** @description an instant or a date (its start): only changes from then on */
                from?: string;
                /** @description an instant or a date (its end): only changes until then */
                to?: string;
                /** @description how many, 1 to 1000; default 100 */
                limit?: number;
                /** @description views, comma-separated; default all */
                view?: string;
                /** @description ids of items, comma-separated */
                subject?: string;
                /** @description the two countries of crossings, as they are registered now, comma-separated */
                border?: string;
                /** @description aspects, comma-separated; an aspect includes the aspects below it: `status` includes `status/road`. Aspects begin with status, next, count, decision, emergency, goods, ledger, licence, phase, requirement, stance, value, verdict */
                aspect?: string;
                /** @description a sequence to wait for, at most 5 s */
                atLeast?: number;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "ndjson" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; or, as NDJSON, every change on a line of its own. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeList"];
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["AnotherLog"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    WebhooksController_list: {
        parameters: {
            query?: {
                /** @description how many, 1 to 1000; default 100 */
                limit?: number;
                /** @description the `next` of a page */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    WebhooksController_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookToCreate"];
            };
        };
        responses: {
            /** @description The webhook, with its secret, which is shown this once. */
            201: {
                headers: {
                    /** @description Its address. */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["MalformedRequestOrMalformedBodyOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            409: components["responses"]["AnotherLogOrTooManyWebhooks"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InexactValueOrTooManyMembersOrInvalidWebhook"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    WebhooksController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    WebhooksController_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    WebhooksController_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookToChange"];
            };
        };
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["MalformedRequestOrMalformedBodyOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InexactValueOrTooManyMembersOrInvalidWebhook"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    WebhooksController_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attempt. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    WebhooksController_rotate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SecretRotation"];
            };
        };
        responses: {
            /** @description The webhook, with its new secret, which is shown this once. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["MalformedRequestOrMalformedBodyOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InexactValueOrTooManyMembersOrInvalidWebhook"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    WebhooksController_redeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RedeliveryToStart"];
            };
        };
        responses: {
            /** @description The webhook, with `redelivery`. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["MalformedRequestOrMalformedBodyOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["AnotherLogOrWebhookConflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InexactValueOrTooManyMembersOrInvalidWebhook"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    WebhooksController_endRedelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["WebhookConflict"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    WebhooksController_skip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageToSkip"];
            };
        };
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["MalformedRequestOrMalformedBodyOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["WebhookConflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InexactValueOrTooManyMembersOrInvalidWebhook"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    WebhooksController_deliveries: {
        parameters: {
            query?: {
                /** @description how many, 1 to 1000; default 100 */
                limit?: number;
                /** @description the `next` of a page */
                after?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    FeedsController_atom: {
        parameters: {
            query?: {
                /** @description the IANA zone of the times in the texts */
                zone?: string;
                /** @description the greatest number of entries, 1 to 500; default 50 */
                limit?: number;
                /** @description a sequence: only developments whose last record has a smaller sequence. The link to the next page has it. */
                after?: number;
                /** @description event types or families of them (`crossing.*`), comma-separated */
                type?: string;
                /** @description ids or streams, comma-separated, at most 100 */
                subject?: string;
                /** @description comma-separated */
                category?: string;
                /** @description ids of actors, comma-separated, at most 100 */
                claimant?: string;
                /** @description words that all occur in names, summaries, quotes or titles; "a phrase"; a prefix*. At most 200 characters and 12 different words, of these 6 in phrases and 2 prefixes of at least 2 letters */
                q?: string;
                /** @description a sequence to wait for, at most 5 s */
                atLeast?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feed, the last altered entry first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/atom+xml": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    FeedsController_json: {
        parameters: {
            query?: {
                /** @description the IANA zone of the times in the texts */
                zone?: string;
                /** @description the greatest number of entries, 1 to 500; default 50 */
                limit?: number;
                /** @description a sequence: only developments whose last record has a smaller sequence. The link to the next page has it. */
                after?: number;
                /** @description event types or families of them (`crossing.*`), comma-separated */
                type?: string;
                /** @description ids or streams, comma-separated, at most 100 */
                subject?: string;
                /** @description comma-separated */
                category?: string;
                /** @description ids of actors, comma-separated, at most 100 */
                claimant?: string;
                /** @description words that all occur in names, summaries, quotes or titles; "a phrase"; a prefix*. At most 200 characters and 12 different words, of these 6 in phrases and 2 prefixes of at least 2 letters */
                q?: string;
                /** @description a sequence to wait for, at most 5 s */
                atLeast?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The feed, the last altered entry first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/feed+json": components["schemas"]["JsonFeed"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    ScheduleController_calendar: {
        parameters: {
            query?: {
                /** @description the IANA zone of the days of vague items */
                zone?: string;
                /** @description views, comma-separated; default all */
                view?: string;
                /** @description ids of items, comma-separated */
                subject?: string;
                /** @description the two countries of crossings, as they are registered now, comma-separated */
                border?: string;
                /** @description aspects, comma-separated; an aspect includes the aspects below it: `status` includes `status/road`. Aspects begin with status, next, count, decision, emergency, goods, ledger, licence, phase, requirement, stance, value, verdict */
                aspect?: string;
                /** @description a sequence to wait for, at most 5 s */
                atLeast?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The calendar, by time. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    ReplayController_stream: {
        parameters: {
            query: {
                /** @description the IANA zone of dates */
                zone?: string;
                /** @description valid: the past as known now; reported: as the public learned it; recorded: as this log recorded it */
                axis: "valid" | "reported" | "recorded";
                /** @description an instant or a date (its start) on the axis; default: the first */
                from?: string;
                /** @description an instant or a date (its end) on the axis; default: now */
                to?: string;
                /** @description the time that passes in a second: `1d/s`, `12h/s`; the units are s, min, h, d, w and y. Default `max`: without pauses */
                speed?: string;
                /** @description an `id` of this replay: continue after it */
                after?: string;
                /** @description views, comma-separated; default all */
                view?: string;
                /** @description ids of items, comma-separated */
                subject?: string;
                /** @description the two countries of crossings, as they are registered now, comma-separated */
                border?: string;
                /** @description aspects, comma-separated; an aspect includes the aspects below it: `status` includes `status/road`. Aspects begin with status, next, count, decision, emergency, goods, ledger, licence, phase, requirement, stance, value, verdict */
                aspect?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: {
                /** @description continues after this `id`; it takes precedence over `after` */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream; it ends with the replay. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The replay has ended already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    DevelopmentsController_record: {
        parameters: {
            query?: {
                /** @description true: stores nothing; the answer has the changes that the developments would make, at `asOf` and over time. A key without the right to read gets no changes. */
                dryRun?: "true" | "false";
                /** @description true: if there would be a warning, nothing is recorded, and the answer is 422 */
                strict?: "true" | "false";
                /** @description with dryRun: the instant or date of `changes`; default now */
                asOf?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "subject.registered";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["SubjectRegistered"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "crossing.closed";
                    /** @enum {integer} */
                    schemaVersion?: 2;
                    data?: components["schemas"]["CrossingClosed"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "crossing.closed";
                    /** @enum {integer} */
                    schemaVersion: 1;
                    data?: components["schemas"]["CrossingClosed1"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "crossing.restricted";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["CrossingRestricted"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "crossing.reopened";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["CrossingReopened"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "crossing.conditions-set";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["CrossingConditionsSet"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "crossing.conditions-settled";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["CrossingConditionsSettled"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "transit.restricted";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["TransitRestricted"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "transit.eased";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["TransitEased"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "transit.quota-set";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["TransitQuotaSet"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "transit.moved";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["TransitMoved"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "sanctions.adopted";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["SanctionsAdopted"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "sanctions.renewed";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["SanctionsRenewed"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "sanctions.lifted";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["SanctionsLifted"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "sanctions.phase-scheduled";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["SanctionsPhaseScheduled"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "sanctions.designated";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["SanctionsDesignated"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "sanctions.licensed";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["SanctionsLicensed"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "sanctions.decision-scheduled";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["SanctionsDecisionScheduled"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "detention.held";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["DetentionHeld"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "detention.counted";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["DetentionCounted"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "detention.released";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["DetentionReleased"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "warning.issued";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["WarningIssued"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "warning.resolved";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["WarningResolved"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "airspace.incursion";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["AirspaceIncursion"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "airspace.airport-disrupted";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["AirportDisrupted"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "airspace.emergency-declared";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["EmergencyDeclared"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "talks.offered";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["TalksOffered"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "talks.refused";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["TalksRefused"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "talks.held";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["TalksHeld"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "talks.channel-noted";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["TalksChannelNoted"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "claim.asserted";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["ClaimAsserted"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "claim.denied";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["ClaimDenied"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "release.made";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["ReleaseMade"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "estimate.published";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["EstimatePublished"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "statement.made";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["StatementMade"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "context.noted";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["ContextNoted"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "record.corrected";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["RecordCorrected"];
                }) | (components["schemas"]["SentDevelopment"] & {
                    /** @enum {string} */
                    type?: "record.retracted";
                    /** @enum {integer} */
                    schemaVersion?: 1;
                    data?: components["schemas"]["RecordRetracted"];
                }) | {
                    developments: ((components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "subject.registered";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SubjectRegistered"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.closed";
                        /** @enum {integer} */
                        schemaVersion?: 2;
                        data?: components["schemas"]["CrossingClosed"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.closed";
                        /** @enum {integer} */
                        schemaVersion: 1;
                        data?: components["schemas"]["CrossingClosed1"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.restricted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingRestricted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.reopened";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingReopened"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.conditions-set";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingConditionsSet"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.conditions-settled";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingConditionsSettled"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.restricted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitRestricted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.eased";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitEased"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.quota-set";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitQuotaSet"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.moved";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitMoved"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.adopted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsAdopted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.renewed";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsRenewed"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.lifted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsLifted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.phase-scheduled";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsPhaseScheduled"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.designated";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsDesignated"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.licensed";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsLicensed"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.decision-scheduled";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsDecisionScheduled"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "detention.held";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["DetentionHeld"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "detention.counted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["DetentionCounted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "detention.released";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["DetentionReleased"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "warning.issued";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["WarningIssued"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "warning.resolved";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["WarningResolved"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "airspace.incursion";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["AirspaceIncursion"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "airspace.airport-disrupted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["AirportDisrupted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "airspace.emergency-declared";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["EmergencyDeclared"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.offered";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksOffered"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.refused";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksRefused"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.held";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksHeld"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.channel-noted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksChannelNoted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "claim.asserted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ClaimAsserted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "claim.denied";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ClaimDenied"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "release.made";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ReleaseMade"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "estimate.published";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["EstimatePublished"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "statement.made";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["StatementMade"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "context.noted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ContextNoted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "record.corrected";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["RecordCorrected"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "record.retracted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["RecordRetracted"];
                    }))[];
                    /** @description The revision that each stream must have, -1 if it must not exist; otherwise the answer is 409. */
                    expectedRevision?: {
                        [key: string]: number;
                    };
                };
                "application/cloudevents+json": {
                    /** @enum {string} */
                    specversion: "1.0";
                    /** @description The id of the development. If `data` has none, this one is used, and must be a UUID. */
                    id: string;
                    /**
                     * Format: uri-reference
                     * @description The origin of the CloudEvent; it has no effect on the development.
                     */
                    source: string;
                    /** @description The type of the development. */
                    type: string;
                    /** @description If given: the subject of the development, by its id or its stream. */
                    subject?: string;
                    /**
                     * Format: uri
                     * @description If it is a schema of this service, it must be the schema of the type and the version.
                     */
                    dataschema?: string;
                    /** @description `application/json`, if given. */
                    datacontenttype?: string;
                    /** @description The correlation id of the development. If `data` has none, this one is used. */
                    correlationid?: string;
                    data: (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "subject.registered";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SubjectRegistered"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.closed";
                        /** @enum {integer} */
                        schemaVersion?: 2;
                        data?: components["schemas"]["CrossingClosed"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.closed";
                        /** @enum {integer} */
                        schemaVersion: 1;
                        data?: components["schemas"]["CrossingClosed1"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.restricted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingRestricted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.reopened";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingReopened"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.conditions-set";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingConditionsSet"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.conditions-settled";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingConditionsSettled"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.restricted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitRestricted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.eased";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitEased"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.quota-set";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitQuotaSet"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.moved";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitMoved"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.adopted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsAdopted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.renewed";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsRenewed"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.lifted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsLifted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.phase-scheduled";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsPhaseScheduled"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.designated";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsDesignated"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.licensed";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsLicensed"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.decision-scheduled";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsDecisionScheduled"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "detention.held";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["DetentionHeld"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "detention.counted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["DetentionCounted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "detention.released";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["DetentionReleased"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "warning.issued";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["WarningIssued"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "warning.resolved";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["WarningResolved"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "airspace.incursion";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["AirspaceIncursion"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "airspace.airport-disrupted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["AirportDisrupted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "airspace.emergency-declared";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["EmergencyDeclared"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.offered";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksOffered"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.refused";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksRefused"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.held";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksHeld"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.channel-noted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksChannelNoted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "claim.asserted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ClaimAsserted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "claim.denied";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ClaimDenied"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "release.made";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ReleaseMade"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "estimate.published";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["EstimatePublished"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "statement.made";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["StatementMade"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "context.noted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ContextNoted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "record.corrected";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["RecordCorrected"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "record.retracted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["RecordRetracted"];
                    });
                } & {
                    [key: string]: string | boolean | number;
                };
                "application/cloudevents-batch+json": ({
                    /** @enum {string} */
                    specversion: "1.0";
                    /** @description The id of the development. If `data` has none, this one is used, and must be a UUID. */
                    id: string;
                    /**
                     * Format: uri-reference
                     * @description The origin of the CloudEvent; it has no effect on the development.
                     */
                    source: string;
                    /** @description The type of the development. */
                    type: string;
                    /** @description If given: the subject of the development, by its id or its stream. */
                    subject?: string;
                    /**
                     * Format: uri
                     * @description If it is a schema of this service, it must be the schema of the type and the version.
                     */
                    dataschema?: string;
                    /** @description `application/json`, if given. */
                    datacontenttype?: string;
                    /** @description The correlation id of the development. If `data` has none, this one is used. */
                    correlationid?: string;
                    data: (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "subject.registered";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SubjectRegistered"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.closed";
                        /** @enum {integer} */
                        schemaVersion?: 2;
                        data?: components["schemas"]["CrossingClosed"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.closed";
                        /** @enum {integer} */
                        schemaVersion: 1;
                        data?: components["schemas"]["CrossingClosed1"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.restricted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingRestricted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.reopened";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingReopened"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.conditions-set";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingConditionsSet"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "crossing.conditions-settled";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["CrossingConditionsSettled"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.restricted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitRestricted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.eased";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitEased"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.quota-set";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitQuotaSet"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "transit.moved";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TransitMoved"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.adopted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsAdopted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.renewed";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsRenewed"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.lifted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsLifted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.phase-scheduled";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsPhaseScheduled"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.designated";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsDesignated"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.licensed";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsLicensed"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "sanctions.decision-scheduled";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["SanctionsDecisionScheduled"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "detention.held";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["DetentionHeld"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "detention.counted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["DetentionCounted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "detention.released";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["DetentionReleased"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "warning.issued";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["WarningIssued"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "warning.resolved";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["WarningResolved"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "airspace.incursion";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["AirspaceIncursion"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "airspace.airport-disrupted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["AirportDisrupted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "airspace.emergency-declared";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["EmergencyDeclared"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.offered";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksOffered"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.refused";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksRefused"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.held";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksHeld"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "talks.channel-noted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["TalksChannelNoted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "claim.asserted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ClaimAsserted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "claim.denied";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ClaimDenied"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "release.made";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ReleaseMade"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "estimate.published";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["EstimatePublished"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "statement.made";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["StatementMade"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "context.noted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["ContextNoted"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "record.corrected";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["RecordCorrected"];
                    }) | (components["schemas"]["SentDevelopment"] & {
                        /** @enum {string} */
                        type?: "record.retracted";
                        /** @enum {integer} */
                        schemaVersion?: 1;
                        data?: components["schemas"]["RecordRetracted"];
                    });
                } & {
                    [key: string]: string | boolean | number;
                })[];
            };
        };
        responses: {
            /** @description With dryRun: the changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description The recorded events, in the order of the request. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedAnswer"];
                };
            };
            400: components["responses"]["MalformedRequestOrMalformedBodyOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            409: components["responses"]["IdConflictOrWrongRevision"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InexactValueOrTooManyMembersOrInvalidDevelopmentOrHasWarnings"];
            429: components["responses"]["TooManyRequests"];
            501: components["responses"]["NotSupported"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    DevelopmentsController_correct: {
        parameters: {
            query?: {
                /** @description true: stores nothing; the answer has the changes that the developments would make, at `asOf` and over time. A key without the right to read gets no changes. */
                dryRun?: "true" | "false";
                /** @description true: if there would be a warning, nothing is recorded, and the answer is 422 */
                strict?: "true" | "false";
                /** @description with dryRun: the instant or date of `changes`; default now */
                asOf?: string;
            };
            header?: never;
            path: {
                /** @description the id of the event */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectionBody"];
            };
        };
        responses: {
            /** @description With dryRun: the changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description The correction, as an event. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedAnswer"];
                };
            };
            400: components["responses"]["MalformedRequestOrMalformedBodyOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["IdConflictOrWrongRevision"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InexactValueOrTooManyMembersOrInvalidDevelopmentOrHasWarnings"];
            429: components["responses"]["TooManyRequests"];
            501: components["responses"]["NotSupported"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    DevelopmentsController_retract: {
        parameters: {
            query?: {
                /** @description true: stores nothing; the answer has the changes that the developments would make, at `asOf` and over time. A key without the right to read gets no changes. */
                dryRun?: "true" | "false";
                /** @description true: if there would be a warning, nothing is recorded, and the answer is 422 */
                strict?: "true" | "false";
                /** @description with dryRun: the instant or date of `changes`; default now */
                asOf?: string;
            };
            header?: never;
            path: {
                /** @description the id of the event */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetractionBody"];
            };
        };
        responses: {
            /** @description With dryRun: the changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description The retraction, as an event. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedAnswer"];
                };
            };
            400: components["responses"]["MalformedRequestOrMalformedBodyOrInvalidParameterOrUnknownParameter"];
            401: components["responses"]["KeyNeeded"];
            403: components["responses"]["ScopeMissing"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["IdConflictOrWrongRevision"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InexactValueOrTooManyMembersOrInvalidDevelopmentOrHasWarnings"];
            429: components["responses"]["TooManyRequests"];
            501: components["responses"]["NotSupported"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    SchemasController_list: {
        parameters: {
            query?: {
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Their addresses. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchemaList"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    SchemasController_envelope: {
        parameters: {
            query?: {
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "schema" | "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Draft 2020-12. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": {
                        [key: string]: unknown;
                    };
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    SchemasController_ofType: {
        parameters: {
            query?: {
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "schema" | "json";
            };
            header?: never;
            path: {
                type: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Draft 2020-12. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": {
                        [key: string]: unknown;
                    };
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    StateController_state: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items of every view, under its name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StateAnswer"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    StateController_diff: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                "from.zone"?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                "from.asOf"?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                "from.knownAt"?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                "from.recordedAt"?: string;
                /** @description the id of an actor: only its reports */
                "from.accordingTo"?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                "from.minReliability"?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                "from.atLeast"?: number;
                /** @description the IANA zone of dates; default Europe/Vilnius */
                "to.zone"?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                "to.asOf"?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                "to.knownAt"?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                "to.recordedAt"?: string;
                /** @description the id of an actor: only its reports */
                "to.accordingTo"?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                "to.minReliability"?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                "to.atLeast"?: number;
                /** @description views to compare, comma-separated; default all */
                view?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The differences, with their events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Difference"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    SeriesController_series: {
        parameters: {
            query: {
                /** @description as in the list; for the views crossings */
                bbox?: string;
                /** @description as in the list; for the views crossings */
                border?: string;
                /** @description as in the list; for the views crossings */
                mode?: string;
                /** @description as in the list; for the views crossings, transit, sanctions, detentions, warnings, conditions, airspace */
                status?: string;
                /** @description as in the list; for the views transit */
                route?: string;
                /** @description as in the list; for the views transit */
                goods?: string;
                /** @description as in the list; for the views sanctions */
                regime?: string;
                /** @description as in the list; for the views sanctions, warnings */
                issuer?: string;
                /** @description as in the list; for the views detentions */
                holder?: string;
                /** @description as in the list; for the views detentions */
                owner?: string;
                /** @description as in the list; for the views detentions, claims, releases, estimates */
                claimant?: string;
                /** @description as in the list; for the views warnings */
                addressee?: string;
                /** @description as in the list; for the views conditions */
                crossing?: string;
                /** @description as in the list; for the views talks */
                party?: string;
                /** @description as in the list; for the views airspace */
                area?: string;
                /** @description as in the list; for the views airspace */
                emergency?: string;
                /** @description as in the list; for the views claims */
                verdict?: string;
                /** @description as in the list; for the views releases */
                mediator?: string;
                /** @description as in the list; for the views estimates */
                unit?: string;
                /** @description as in the list; for the views statements */
                speaker?: string;
                /** @description as in the list; for the views statements */
                kind?: string;
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the view whose items are counted */
                view: "crossings" | "transit" | "sanctions" | "detentions" | "warnings" | "conditions" | "talks" | "airspace" | "claims" | "releases" | "estimates" | "statements";
                /** @description the first day */
                from: string;
                /** @description the last day, included */
                to: string;
                /** @description the step: each day (default), or the last day of each week or month */
                step?: "day" | "week" | "month";
                /** @description the member to count by; for claims, the status is the verdict */
                by?: "status";
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts by day; as CSV, a row for each day and status. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Series"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    NextController_next: {
        parameters: {
            query?: {
                /** @description as in the list; for the views crossings */
                bbox?: string;
                /** @description as in the list; for the views crossings */
                border?: string;
                /** @description as in the list; for the views crossings */
                mode?: string;
                /** @description as in the list; for the views crossings, transit, sanctions, detentions, warnings, conditions, airspace */
                status?: string;
                /** @description as in the list; for the views transit */
                route?: string;
                /** @description as in the list; for the views transit */
                goods?: string;
                /** @description as in the list; for the views sanctions */
                regime?: string;
                /** @description as in the list; for the views sanctions, warnings */
                issuer?: string;
                /** @description as in the list; for the views detentions */
                holder?: string;
                /** @description as in the list; for the views detentions */
                owner?: string;
                /** @description as in the list; for the views detentions, claims, releases, estimates */
                claimant?: string;
                /** @description as in the list; for the views warnings */
                addressee?: string;
                /** @description as in the list; for the views conditions, releases */
                by?: string;
                /** @description as in the list; for the views conditions */
                to?: string;
                /** @description as in the list; for the views conditions */
                crossing?: string;
                /** @description as in the list; for the views talks */
                party?: string;
                /** @description as in the list; for the views airspace */
                area?: string;
                /** @description as in the list; for the views airspace */
                emergency?: string;
                /** @description as in the list; for the views claims */
                verdict?: string;
                /** @description as in the list; for the views releases */
                mediator?: string;
                /** @description as in the list; for the views estimates */
                unit?: string;
                /** @description as in the list; for the views statements */
                speaker?: string;
                /** @description as in the list; for the views statements */
                kind?: string;
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description views, comma-separated; default all */
                view?: string;
                /** @description only changes within this time after `asOf`: an ISO 8601 duration in weeks, days and hours */
                within?: string;
                /** @description the ids of subjects, comma-separated */
                subject?: string;
                /** @description how many, 1 to 1000; default 100 */
                limit?: number;
                /** @description a place in the order: `<instant>/<view>/<subject>`. The `next` of a page has it. */
                after?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changes, by instant. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NextChanges"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    PlanesController_planes: {
        parameters: {
            query: {
                /** @description as in the list; for the views crossings */
                bbox?: string;
                /** @description as in the list; for the views crossings */
                border?: string;
                /** @description as in the list; for the views crossings */
                mode?: string;
                /** @description as in the list; for the views crossings, transit, sanctions, detentions, warnings, conditions, airspace */
                status?: string;
                /** @description as in the list; for the views transit */
                route?: string;
                /** @description as in the list; for the views transit */
                goods?: string;
                /** @description as in the list; for the views sanctions */
                regime?: string;
                /** @description as in the list; for the views sanctions, warnings */
                issuer?: string;
                /** @description as in the list; for the views detentions */
                holder?: string;
                /** @description as in the list; for the views detentions */
                owner?: string;
                /** @description as in the list; for the views detentions, claims, releases, estimates */
                claimant?: string;
                /** @description as in the list; for the views warnings */
                addressee?: string;
                /** @description as in the list; for the views conditions, releases */
                by?: string;
                /** @description as in the list; for the views conditions */
                crossing?: string;
                /** @description as in the list; for the views talks */
                party?: string;
                /** @description as in the list; for the views airspace */
                area?: string;
                /** @description as in the list; for the views airspace */
                emergency?: string;
                /** @description as in the list; for the views claims */
                verdict?: string;
                /** @description as in the list; for the views releases */
                mediator?: string;
                /** @description as in the list; for the views estimates */
                unit?: string;
                /** @description as in the list; for the views statements */
                speaker?: string;
                /** @description as in the list; for the views statements */
                kind?: string;
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description whose subjects */
                view: "crossings" | "transit" | "sanctions" | "detentions" | "warnings" | "conditions" | "talks" | "airspace" | "claims" | "releases" | "estimates" | "statements";
                /** @description the ids of subjects, comma-separated; default all that match the filters */
                subject?: string;
                /** @description the greatest number of subjects, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only subjects after it. The `next` of a page has it. */
                after?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "ndjson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The planes, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    /** @description For NDJSON: the basis, as JSON. */
                    "Borderline-Basis"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Planes"];
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_crossings: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description a box `west,south,east,north` in degrees (RFC 7946 §5): only crossings whose place is in it. Where west is greater than east, it crosses the antimeridian. */
                bbox?: string;
                /** @description the two countries, such as `LT-BY` */
                border?: string;
                /** @description a mode of traffic that it is registered for, or that a report names */
                mode?: "road" | "rail" | "pedestrian";
                /** @description the status as of `asOf`; `unknown` also where it is uncertain */
                status?: "open" | "restricted" | "closed" | "unknown";
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv" | "geojson";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CrossingList"];
                    "text/csv": string;
                    "application/geo+json": Record<string, never>;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_crossings: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["Crossing"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_crossings: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CrossingTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_transit: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the id of the route */
                route?: string;
                /** @description the status as of `asOf` */
                status?: "open" | "restricted" | "closed" | "unknown";
                /** @description the id of a group of goods that is barred */
                goods?: string;
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransitRouteList"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_transit: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["TransitRoute"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_transit: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransitRouteTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_sanctions: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the status as of `asOf` */
                status?: "announced" | "inForce" | "expired" | "lifted" | "unknown";
                /** @description the regime, such as `EU restrictive measures, Belarus` */
                regime?: string;
                /** @description the id of the actor who adopted the measure */
                issuer?: string;
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeasureList"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_sanctions: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["Measure"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_sanctions: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeasureTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_detentions: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the status as of `asOf` */
                status?: "held" | "released" | "unknown";
                /** @description the id of the actor who holds them */
                holder?: string;
                /** @description the id of an owner */
                owner?: string;
                /** @description the id of an actor who has given a figure */
                claimant?: string;
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetentionList"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_detentions: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["Detention"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_detentions: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DetentionTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_warnings: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the status as of `asOf` */
                status?: "pending" | "met" | "lapsed" | "withdrawn" | "carriedOut" | "unknown";
                /** @description the id of the actor who issued it */
                issuer?: string;
                /** @description the id of an actor to whom it is addressed */
                addressee?: string;
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningList"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_warnings: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["Warning"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_warnings: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarningTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_conditions: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the status as of `asOf` */
                status?: "pending" | "met" | "abandoned" | "withdrawn" | "unknown";
                /** @description the id of the actor who sets the conditions */
                by?: string;
                /** @description the id of the actor who must meet them */
                to?: string;
                /** @description the id of a crossing of the conditions */
                crossing?: string;
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConditionList"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_conditions: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["Condition"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_conditions: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConditionTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_talks: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the id of an actor who took part, offered, refused, or was addressed */
                party?: string;
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TalksList"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_talks: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["Talks"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_talks: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TalksTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_airspace: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the status as of `asOf`; no report says that an airport works */
                status?: "closed" | "disrupted" | "unknown";
                /** @description the id of the airport or airspace */
                area?: string;
                /** @description the status of the emergency; `unknown`: it may not be declared yet */
                emergency?: "declared" | "unknown";
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaList"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_airspace: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["Area"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_airspace: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AreaTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_claims: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the verdict on the stances taken; where it is uncertain, on all that may be taken */
                verdict?: "contested" | "unopposed" | "denied" | "unknown";
                /** @description the id of an actor that takes a stance */
                claimant?: string;
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimList"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_claims: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["Claim"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_claims: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_releases: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the id of the actor who released them */
                by?: string;
                /** @description the id of the actor who mediated */
                mediator?: string;
                /** @description the id of an actor that has given a figure */
                claimant?: string;
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseList"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_releases: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["Release"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_releases: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_estimates: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the id of an actor whose figure it has */
                claimant?: string;
                /** @description the unit of a figure */
                unit?: string;
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EstimateList"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_estimates: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["Estimate"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_estimates: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EstimateTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    list_statements: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the id of an actor who made a statement about it */
                speaker?: string;
                /** @description the kind of a statement about it */
                kind?: "accusation" | "assertion" | "explanation" | "forecast" | "framing" | "recommendation" | "remark" | "report" | "rhetoric";
                /** @description the greatest number of items, 1 to 1000; default all */
                limit?: number;
                /** @description an id: only items after it. The `next` of a page has it, with the basis of the first page. */
                after?: string;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, by id. */
            200: {
                headers: {
                    /** @description The address of the next page, with `rel="next"` (RFC 8288), if there is one. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicList"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    read_statements: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description members of an item, comma-separated: the answer has only these and `id`, although the schema requires more; default all */
                fields?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item, with `basis` as a further member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithBasis"] & components["schemas"]["Topic"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    timeline_statements: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description an instant or a date */
                from?: string;
                /** @description an instant or a date */
                to?: string;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments, in order, without the stretches about which nothing is known. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicTimeline"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    TimesController_time: {
        parameters: {
            query: {
                /** @description EDTF (ISO 8601-2), as in a development */
                text: string;
                /** @description the IANA zone of dates and of times without an offset */
                zone?: string;
                /** @description start (default), as `occurred` is read, or end, as `until` is */
                role?: "start" | "end";
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The range and its precision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeantTime"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    ExplainController_explain: {
        parameters: {
            query: {
                view: "crossings" | "transit" | "sanctions" | "detentions" | "warnings" | "conditions" | "talks" | "airspace" | "claims" | "releases" | "estimates" | "statements";
                /** @description the id of the item in that view */
                subject: string;
                /** @description only this aspect and the aspects under it: `status` of a crossing is every `status/<side>/<mode>`; default all */
                aspect?: string;
                /** @description the greatest number, 1 to 1000; default 100 */
                limit?: number;
                /** @description the number of effects to skip: the `next` of the previous page */
                after?: number;
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer and its effects. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplanationAnswer"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    ExplainController_history: {
        parameters: {
            query: {
                view: "crossings" | "transit" | "sanctions" | "detentions" | "warnings" | "conditions" | "talks" | "airspace" | "claims" | "releases" | "estimates" | "statements";
                /** @description the id of the item in that view */
                subject: string;
                /** @description only this aspect and the aspects under it: `status` of a crossing is every `status/<side>/<mode>`; default all */
                aspect?: string;
                /** @description the greatest number, 1 to 1000; default 100 */
                limit?: number;
                /** @description when reports became public (reported, default), or when this log recorded them (recorded) */
                axis?: "reported" | "recorded";
                /** @description an instant, or @<sequence> on the recorded axis: only changes after it; the `next` of a page */
                after?: string;
                /** @description the IANA zone of dates; default Europe/Vilnius */
                zone?: string;
                /** @description valid time: an instant with offset, or a date, which means the end of that day in `zone`; default now */
                asOf?: string;
                /** @description reported time, in the same forms: only reports that were public by then; default no cut */
                knownAt?: string;
                /** @description recorded time, in the same forms or `@<sequence>`: only events that this log had by then; default no cut */
                recordedAt?: string;
                /** @description the id of an actor: only its reports */
                accordingTo?: string;
                /** @description Admiralty code A1…F6: only reports of at least this reliability */
                minReliability?: string;
                /** @description a sequence to wait for, at most 5 s, such as the sequence of your last write */
                atLeast?: number;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changes, each with its events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryAnswer"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    AuditController_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description origin+id+key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    AuditController_checkpoint: {
        parameters: {
            query?: {
                /** @description the number of events; default: all events in the log */
                size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A signed note. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    AuditController_tile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hashes of 32 bytes each; or entries, each with its length in two bytes before it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    AuditController_inclusion: {
        parameters: {
            query?: {
                /** @description the size of the tree; default: its present size */
                size?: number;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InclusionProof"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    AuditController_consistency: {
        parameters: {
            query: {
                /** @description the size of the earlier tree */
                from: number;
                /** @description the size of the later tree; default: its present size */
                to?: number;
                /** @description the form of the answer; it takes precedence over `Accept` (RFC 9110 §12.5.1) */
                format?: "json";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsistencyProof"];
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    StoredEffectsController_held: {
        parameters: {
            query?: {
                /** @description the IANA zone of dates */
                zone?: string;
                /** @description @<sequence>, or an instant or date of recording; default: all of it */
                recordedAt?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines of effects, then lines of corrections. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["MalformedRequestOrInvalidParameterOrUnknownParameter"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["BehindOrUnavailable"];
            default: components["responses"]["Problem"];
        };
    };
    ReceiptsController_issue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReceiptRequest"];
            };
        };
        responses: {
            /** @description The receipt and the answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedReceipt"];
                };
            };
            400: components["responses"]["MalformedRequestOrMalformedBodyOrInvalidParameterOrUnknownParameter"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InexactValueOrTooManyMembersOrInvalidQuestion"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    ReceiptsController_verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReceiptToVerify"];
            };
        };
        responses: {
            /** @description The result, with the faults. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiedReceipt"];
                };
            };
            400: components["responses"]["MalformedRequestOrMalformedBodyOrInvalidParameterOrUnknownParameter"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InexactValueOrTooManyMembersOrNotAReceipt"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
}
