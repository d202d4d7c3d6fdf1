import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Refusal, restingCut } from '../data.js';
import { nameOf } from '../events.js';
import { selected } from '../state.js';
import { instant, words } from '../words/index.js';
import { checkReceipt, getReceipt, receiptIn, type CheckedLog, type CheckedReceipt } from './checks.js';
import { Checks } from './checklist.js';

const shown = signal<CheckedReceipt | undefined>(undefined);
const trouble = signal<string | undefined>(undefined);
const typed = signal('');

async function show(how: () => Promise<CheckedReceipt>): Promise<void> {
  try {
    trouble.value = undefined;
    shown.value = await how();
  } catch (error) {
    trouble.value = error instanceof Refusal ? error.message : String(error);
  }
}

/** The question whose answer the page shows: the selected subject, or all crossings. */
function questionShown() {
  const { value: subject } = selected;
  const path = subject ? `/v1/${subject.view}/${encodeURIComponent(subject.id)}` : '/v1/crossings';
  const texts = Object.entries(restingCut.value ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
  return { path, parameters: Object.fromEntries(texts) };
}

/** Receipts: the reader gets a signed answer to the question that is shown, keeps the answer as a file, and can check the file again later. */
export function Receipts({ log }: { readonly log: CheckedLog }): JSX.Element {
  const { value: w } = words;
  const { value: subject } = selected;
  return (
    <>
      <h3>{w.auditing.receipt}</h3>
      <p class="quiet">{w.auditing.receiptMeans}</p>
      <p class="actions">
        <button type="button" onClick={() => void show(() => getReceipt(questionShown(), log))}>
          {w.auditing.getReceipt(subject ? nameOf(subject.id) : w.table.title)}
        </button>
      </p>
      <form
        onSubmit={(sent) => {
          sent.preventDefault();
          void show(() => checkReceipt(receiptIn(typed.value), log));
        }}
      >
        <label class="field">
          <span>{w.auditing.verifyReceipt}</span>
          <textarea
            id="receipt"
            rows={3}
            value={typed.value}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>{w.auditing.receiptFile}</span>
          <input
            type="file"
            accept=".json,.txt,text/plain,application/json"
            onChange={({ currentTarget }) =>
              void currentTarget.files?.[0]?.text().then((text) => (typed.value = text))
            }
          />
        </label>
        <p class="actions">
          <button type="submit" disabled={typed.value.trim() === ''}>
            {w.auditing.verify}
          </button>
        </p>
      </form>
      {trouble.value !== undefined && (
        <p class="trouble" role="alert">
          {trouble.value}
        </p>
      )}
      {shown.value && <Receipt checked={shown.value} />}
    </>
  );
}

function Receipt({ checked }: { readonly checked: CheckedReceipt }): JSX.Element {
  const { value: w } = words;
  const { receipt, answer, stated, checks } = checked;
  return (
    <div class="outcome">
      <Checks checks={checks} />
      {stated && (
        <p class="quiet">
          {w.auditing.states(stated.question.path, instant(stated.basis.asOf), stated.basis.recordedAt)} ·{' '}
          {instant(stated.issuedAt)}
        </p>
      )}
      <p class="actions">
        <button
          type="button"
          onClick={() => save(JSON.stringify({ receipt, ...(answer !== undefined && { answer }) }, null, 2))}
        >
          {w.auditing.keep}
        </button>
      </p>
    </div>
  );
}

/** Saves a text as a file of the reader. */
function save(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = 'borderline-receipt.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
