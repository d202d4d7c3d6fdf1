import type { ComponentChildren, JSX } from 'preact';
import { answerTo, pathOf } from '../data.js';
import { today, zone } from '../state.js';
import { words } from '../words/index.js';
import { draft, setValue } from './draft.js';
import type { Field } from './schema.js';
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
  const fault = faults.value.find(({ pointer }) => pointer?.endsWith(`/${name.replace('data.', '')}`));
  const text = `${label}${isNeeded ? ' *' : ''}`;
  const common = { id, value, 'aria-invalid': fault !== undefined, autocomplete: 'off' } as const;
  return (
    <Labelled name={text} hint={fault?.detail ?? hint}>
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
    </Labelled>
  );
}

export function DataField({ field }: { readonly field: Field }): JSX.Element {
  const { name, member, isNeeded, kind } = field;
  const path = `data.${name}`;
  const label = words.value.members[name] ?? name;
  const common = { name: path, label, hint: member.description, isNeeded };
  switch (kind) {
    case 'choice':
      return <ChoiceField {...common} choices={member.enum ?? []} />;
    case 'yes':
      return <ChoiceField {...common} choices={['true', 'false']} />;
    case 'number':
      return <TextField {...common} type="number" />;
    case 'id':
      return <TextField {...common} list="ids" />;
    case 'text':
      return <TextField {...common} />;
    case 'long':
      return <TextField {...common} isLong />;
    case 'json':
      return <TextField {...common} label={`${label} (JSON)`} isLong />;
    case 'choices':
    case 'texts':
      return (
        <TextField
          {...common}
          label={`${label} (${words.value.record.lineEach})`}
          hint={[member.description, member.items?.enum?.join(', ')].join(' ').trim()}
          isLong
        />
      );
  }
}

function ChoiceField({
  name,
  label,
  hint,
  isNeeded = false,
  choices,
}: TextOptions & { readonly choices: readonly string[] }): JSX.Element {
  return (
    <Labelled name={`${label}${isNeeded ? ' *' : ''}`} hint={hint}>
      <select
        value={draft.value.values[name] ?? ''}
        onChange={({ currentTarget }) => setValue(name, currentTarget.value)}
      >
        <option value="">–</option>
        {choices.map((one) => (
          <option key={one} value={one}>
            {words.value.choices[one] ?? one}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

interface TimeOptions {
  readonly name: string;
  readonly label: string;
  readonly role?: string;
  readonly placeholder?: string;
}

/** What the server makes of a time. */
interface Meant {
  readonly words: string;
}

const meanings = new Map<string, ReturnType<typeof answerTo<Meant>>>();

/** One answer a field, kept while the page lives. */
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

/** A time as people say it, with the range that it is understood as. */
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
