import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { key, useKey } from '../data.js';
import { events } from '../events.js';
import { headlineOf } from '../reports.js';
import { today } from '../state.js';
import { words } from '../words/index.js';
import { draft, emptyDraft, setValue } from './draft.js';
import { DataField, Labelled, listOf, Suggestions, TextField, TimeField } from './fields.js';
import { Faults, Result } from './result.js';
import { fields, nameOfField, schema, types } from './schema.js';
import { send } from './send.js';

const isSending = signal(false);

/** The form for a new report, a correction or a retraction. The reader types it, sees a preview, and records it. */
export function RecordForm(): JSX.Element {
  const { value: w } = words;
  const { target, isRetraction } = draft.value;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (target !== undefined) form.current?.scrollTo(0, 0);
  }, [target]);
  const submit = async (sent: SubmitEvent): Promise<void> => {
    sent.preventDefault();
    const isPreview = (sent.submitter as HTMLButtonElement | null)?.value === 'preview';
    isSending.value = true;
    const done = await send(isPreview);
    isSending.value = false;
    if (done && !isPreview) draft.value = emptyDraft(draft.value.type);
  };
  return (
    <section class="list record" aria-label={w.record.title}>
      <form class="scroller" ref={form} onSubmit={(sent) => void submit(sent)}>
        <h1 class="sentence">
          {target === undefined
            ? w.record.title
            : isRetraction
              ? w.record.retractTitle
              : w.record.correctTitle}
        </h1>
        {target === undefined && <p class="quiet intro">{w.record.intro}</p>}
        {target !== undefined && (
          <p class="quiet">
            {events.value.has(target) ? headlineOf(events.value.get(target)!) : target}{' '}
            <button type="button" onClick={() => (draft.value = emptyDraft())}>
              {w.record.startAgain}
            </button>
          </p>
        )}
        {target === undefined && <TypeField />}
        {!isRetraction && <Content />}
        <Reported />
        <KeyField />
        <Faults />
        <p class="actions">
          <button type="submit" value="preview" disabled={isSending.value}>
            {w.record.preview}
          </button>
          <button type="submit" value="send" class="main" disabled={isSending.value}>
            {w.record.send}
          </button>
        </p>
        <Result />
      </form>
    </section>
  );
}

function TypeField(): JSX.Element {
  const { value: w } = words;
  return (
    <Labelled name={w.record.type} hint={schema.value?.description}>
      <select
        value={draft.value.type}
        onChange={({ currentTarget }) => (draft.value = { ...draft.value, type: currentTarget.value })}
      >
        {types.value.map((type) => (
          <option key={type} value={type}>
            {w.types[type] ?? type}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function Content(): JSX.Element {
  const { value: w } = words;
  return (
    <>
      <fieldset>
        <legend>{w.record.what}</legend>
        {fields.value.map((field) => (
          <DataField key={nameOfField(field)} field={field} />
        ))}
      </fieldset>
      <fieldset>
        <legend>{w.record.when}</legend>
        <TimeField name="occurred" label={w.record.occurred} />
        <TimeField name="until" label={w.record.until} role="end" />
      </fieldset>
      <fieldset>
        <legend>{w.record.source}</legend>
        <TextField name="publisher" label={w.record.publisher} isNeeded />
        <TextField name="title" label={w.record.sourceTitle} isNeeded />
        <TextField name="url" label={w.record.url} />
        <TextField name="quote" label={w.record.quote} isLong />
        <TextField name="claimant" label={w.record.claimant} isNeeded list={listOf('actor')} />
        <Labelled name={w.record.standing}>
          <select
            id="field-standing"
            value={draft.value.values['standing'] ?? 'observation'}
            onChange={({ currentTarget }) => setValue('standing', currentTarget.value)}
          >
            {Object.entries(w.standings).map(([standing, name]) => (
              <option key={standing} value={standing}>
                {name}
              </option>
            ))}
          </select>
        </Labelled>
        <TextField name="reliability" label={w.record.reliability} />
      </fieldset>
      <Suggestions />
    </>
  );
}

/** The fields for the time at which the report became public; for a correction or retraction, the kind and the reason too. */
function Reported(): JSX.Element {
  const { value: w } = words;
  const { target, values } = draft.value;
  return (
    <fieldset>
      <legend>{w.report.reported}</legend>
      {target !== undefined && (
        <>
          <Labelled name={w.record.kind}>
            <select
              value={values['kind'] ?? 'amended'}
              onChange={({ currentTarget }) => setValue('kind', currentTarget.value)}
            >
              {Object.entries(w.report.kinds).map(([kind, name]) => (
                <option key={kind} value={kind}>
                  {name}
                </option>
              ))}
            </select>
          </Labelled>
          <TextField name="reason" label={w.record.reason} isNeeded />
        </>
      )}
      <TimeField name="reportedAt" label={w.record.reportedAt} placeholder={today.value} />
    </fieldset>
  );
}

function KeyField(): JSX.Element {
  const { value: w } = words;
  return (
    <Labelled name={w.key} hint={w.record.keyHint}>
      <input
        id="field-key"
        type="password"
        autocomplete="off"
        value={key.value ?? ''}
        onChange={({ currentTarget }) => useKey(currentTarget.value || undefined)}
      />
    </Labelled>
  );
}
