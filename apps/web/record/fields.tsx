import type { ComponentChildren, JSX } from 'preact';
import { answerTo, pathOf } from '../data.js';
import { registeredIds, nameOf } from '../events.js';
import { today, zone } from '../state.js';
import { words } from '../words/index.js';
import { draft, setValue } from './draft.js';
import { choiceWords, labelOf } from './labels.js';
import { typedLines, nameOfField, type Field } from './schema.js';
import { faults } from './send.js';
import { edtfOf } from './when.js';

interface LabelledField {
  readonly name: string;
  readonly hint?: string | undefined;
  readonly children: ComponentChildren;
}

export const Labelled = ({ name, hint, children }: LabelledField): JSX.Element => (
  <label class="field">
    <span>{name}</span>
    {children}
    {hint !== undefined && <small class="quiet">{hint}</small>}
  </label>
);

/** The description of a member in the catalogue. It comes from the server, in English only. */
const Described = ({ text }: { readonly text: string | undefined }): JSX.Element | null =>
  text === undefined ? null : (
    <small class="quiet" lang="en">
      {text}
    </small>
  );

interface TextOptions {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isNeeded?: boolean;
  readonly isLong?: boolean;
  readonly list?: string;
  readonly type?: 'text' | 'number';
}

export function TextField({
  name,
  label,
  hint,
  isNeeded = false,
  isLong = false,
  list,
  type = 'text',
}: TextOptions): JSX.Element {
  const value = draft.value.values[name] ?? '';
  const id = `field-${name}`;
  const fault = faults.value.find(({ pointer }) =>
    pointer?.endsWith(`/${name.replace('data.', '').replaceAll('.', '/')}`),
  );
  const text = `${label}${isNeeded ? ' *' : ''}`;
  const common = { id, value, 'aria-invalid': fault !== undefined, autocomplete: 'off' } as const;
  return (
    <label class="field">
      <span>{text}</span>
      {isLong ? (
        <textarea {...common} rows={2} onInput={({ currentTarget }) => setValue(name, currentTarget.value)} />
      ) : (
        <input
          {...common}
          type={type}
          {...(list !== undefined && { list })}
          onInput={({ currentTarget }) => setValue(name, currentTarget.value)}
        />
      )}
      <Described text={fault?.detail ?? hint} />
    </label>
  );
}

/** The field for a member of the data, by its kind. */
export function DataField({ field }: { readonly field: Field }): JSX.Element {
  const { path, member, isNeeded, kind } = field;
  const label = labelOf(path);
  const common = { name: nameOfField(field), label, hint: member.description, isNeeded };
  switch (kind) {
    case 'choice':
      return <ChoiceField {...common} choices={member.enum ?? []} />;
    case 'yes':
      return <ChoiceField {...common} choices={['true', 'false']} />;
    case 'choices':
      return <ChoicesField {...common} choices={member.items?.enum ?? []} />;
    case 'number':
      return <TextField {...common} type="number" />;
    case 'id':
      return <TextField {...common} {...suggested(path)} />;
    case 'text':
      return <TextField {...common} />;
    case 'long':
      return <TextField {...common} isLong />;
    case 'time':
      return <TimeField name={common.name} label={label} />;
    default:
      return (
        <TextField {...common} label={`${label} (${formWords(kind, field)})`} isLong={kind !== 'place'} />
      );
  }
}

/** Instructions for a field whose value is more than one text. */
function formWords(kind: 'place' | 'texts' | 'pairs' | 'rows' | 'json', { columns = [] }: Field): string {
  const { record } = words.value;
  if (kind === 'rows') return columns.map((name) => labelOf([name])).join(' | ');
  return { place: record.latitudeFirst, texts: record.lineEach, pairs: record.pairEach, json: 'JSON' }[kind];
}

/** The suggestions for a member: the subjects of the kind that the member is named after, or else the actors. A new subject has an id of its own. */
function suggested(path: readonly string[]): { readonly list?: string } {
  const kind = path.at(-1)!;
  if (kind === 'id') return {};
  return { list: listOf(registeredIds.value.has(kind) ? kind : 'actor') };
}

export const listOf = (kind: string): string => `registered-${kind}`;

/** The lists of suggestions that fields refer to. Each entry is an id with its name, so that a reader finds the id by the name too. */
export const Suggestions = (): JSX.Element => (
  <>
    {[...registeredIds.value].map(([kind, ids]) => (
      <datalist key={kind} id={listOf(kind)}>
        {ids.map((id) => (
          <option key={id} value={id}>
            {nameOf(id)}
          </option>
        ))}
      </datalist>
    ))}
  </>
);

interface Choices extends TextOptions {
  readonly choices: readonly string[];
}

function ChoiceField({ name, label, hint, isNeeded = false, choices }: Choices): JSX.Element {
  return (
    <label class="field">
      <span>{`${label}${isNeeded ? ' *' : ''}`}</span>
      <select
        id={`field-${name}`}
        value={draft.value.values[name] ?? ''}
        onChange={({ currentTarget }) => setValue(name, currentTarget.value)}
      >
        <option value="">–</option>
        {choices.map((one) => (
          <option key={one} value={one}>
            {choiceWords(one)}
          </option>
        ))}
      </select>
      <Described text={hint} />
    </label>
  );
}

/** A field for any number of values of a closed set. */
function ChoicesField({ name, label, hint, isNeeded = false, choices }: Choices): JSX.Element {
  const chosen = new Set(typedLines(draft.value.values[name] ?? ''));
  const set = (choice: string, isChosen: boolean): void =>
    setValue(name, choices.filter((one) => (one === choice ? isChosen : chosen.has(one))).join('\n'));
  return (
    <div class="field" role="group" aria-label={label} id={`field-${name}`} tabIndex={-1}>
      <span aria-hidden="true">{`${label}${isNeeded ? ' *' : ''}`}</span>
      <div class="choices">
        {choices.map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              checked={chosen.has(one)}
              onChange={({ currentTarget }) => set(one, currentTarget.checked)}
            />{' '}
            {choiceWords(one)}
          </label>
        ))}
      </div>
      <Described text={hint} />
    </div>
  );
}

interface TimeOptions {
  readonly name: string;
  readonly label: string;
  readonly role?: string;
  readonly placeholder?: string;
}

/** The meaning of a time, as the server gives it. */
interface Meant {
  readonly words: string;
}

const meanings = new Map<string, ReturnType<typeof answerTo<Meant>>>();

/** The meaning of the time in a field. Each field asks one question, whose answer is kept as long as the page lives. */
function meaningOf(name: string, role: string): Meant | undefined {
  const known =
    meanings.get(name) ??
    answerTo<Meant>(() => {
      const edtf = edtfOf(draft.value.values[name] ?? '', today.value);
      return edtf === undefined ? undefined : pathOf('/v1/times', { text: edtf, zone: zone.value, role });
    });
  meanings.set(name, known);
  return known.value;
}

/** A field for a time in everyday words. It shows the range of time that the words mean. */
export function TimeField({ name, label, role = 'start', placeholder = '' }: TimeOptions): JSX.Element {
  const { value: w } = words;
  const text = draft.value.values[name] ?? '';
  const edtf = edtfOf(text, today.value);
  const meant = meaningOf(name, role);
  const hint =
    text.trim() === ''
      ? w.record.timeHint
      : edtf === undefined
        ? w.record.notUnderstood
        : `${edtf}: ${meant?.words ?? '…'}`;
  return (
    <label class="field">
      <span>{label}</span>
      <input
        id={`field-${name}`}
        type="text"
        value={text}
        placeholder={placeholder}
        autocomplete="off"
        onInput={({ currentTarget }) => setValue(name, currentTarget.value)}
      />
      <small class={text.trim() !== '' && edtf !== undefined ? 'understood' : 'quiet'}>{hint}</small>
    </label>
  );
}
