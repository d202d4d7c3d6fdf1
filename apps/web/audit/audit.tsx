import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import { head, Refusal } from '../data.js';
import { event, isAuditing } from '../state.js';
import { instant, words } from '../words/index.js';
import { AsRecorded } from './as-recorded.js';
import { checkEvent, checkLog, startAgain, type CheckedEvent, type CheckedLog } from './checks.js';
import { Checks } from './checklist.js';
import { base64Of } from './hashes.js';
import { remembered } from './memory.js';
import { Receipts } from './receipts.js';

const log = signal<CheckedLog | undefined>(undefined);
const place = signal<CheckedEvent | undefined>(undefined);
const trouble = signal<string | undefined>(undefined);

const failed = computed(() => log.value?.checks.some(({ holds }) => !holds) === true);

async function check(how: () => Promise<CheckedLog>): Promise<void> {
  try {
    trouble.value = undefined;
    log.value = await how();
  } catch (error) {
    trouble.value = error instanceof Refusal ? error.message : String(error);
  }
}

/** The log, an event and receipts, checked in this browser against a checkpoint that the browser remembers. */
export function Audit(): JSX.Element {
  const { value: w } = words;
  const { value: found } = log;
  useEffect(() => void check(checkLog), [head.value]);
  return (
    <section class="subject audit" aria-label={w.audit}>
      <button type="button" class="link back" onClick={() => (isAuditing.value = false)}>
        ← {w.close}
      </button>
      <h2>{w.audit}</h2>
      <p class="quiet">{w.auditing.intro}</p>
      {trouble.value !== undefined && (
        <p class="trouble" role="alert">
          {trouble.value}
        </p>
      )}
      {found && <Log log={found} />}
      <AsRecorded />
      {found?.tree && <Place tree={found.tree} />}
      {found && <Receipts log={found} />}
    </section>
  );
}

function Log({ log: { tree, checks } }: { readonly log: CheckedLog }): JSX.Element {
  const { value: w } = words;
  const memory = remembered();
  return (
    <>
      <h3>{w.auditing.log}</h3>
      <Checks checks={checks} />
      {tree && (
        <dl>
          <div>
            <dt>{w.auditing.origin}</dt>
            <dd>{tree.origin}</dd>
          </div>
          <div>
            <dt>{w.auditing.checkpoint}</dt>
            <dd>
              @{tree.size} <code>{base64Of(tree.root)}</code>
            </dd>
          </div>
          {memory && (
            <div>
              <dt>{w.auditing.remembered}</dt>
              <dd>{instant(memory.at)}</dd>
            </div>
          )}
        </dl>
      )}
      <p class="actions">
        <button type="button" onClick={() => void check(checkLog)}>
          {w.auditing.again}
        </button>
        {failed.value && (
          <button type="button" onClick={() => void check(startAgain)}>
            {w.auditing.forget}
          </button>
        )}
      </p>
    </>
  );
}

/** The place of the selected event in the log. */
function Place({ tree }: { readonly tree: NonNullable<CheckedLog['tree']> }): JSX.Element {
  const { value: w } = words;
  const { value: id } = event;
  useEffect(() => {
    place.value = undefined;
    if (id === undefined) return;
    let isLate = false;
    checkEvent(id, tree).then(
      (found) => void (!isLate && (place.value = found)),
      (error: unknown) => void (trouble.value = error instanceof Refusal ? error.message : String(error)),
    );
    return () => void (isLate = true);
  }, [id, tree.size]);
  const { value: found } = place;
  return (
    <>
      <h3>{w.auditing.place}</h3>
      {id === undefined && <p class="quiet">{w.auditing.noEvent}</p>}
      {id !== undefined && (found ? <Proof found={found} /> : <p class="quiet">{w.loading}</p>)}
    </>
  );
}

const Proof = ({ found: { checks, leaf, event: json } }: { readonly found: CheckedEvent }): JSX.Element => (
  <>
    <Checks checks={checks} />
    <p class="quiet">
      {words.value.auditing.leaf} <code>{leaf}</code>
    </p>
    <details>
      <summary>{words.value.report.data}</summary>
      <pre tabIndex={0}>{JSON.stringify(json, null, 2)}</pre>
    </details>
    <p class="actions">
      <button type="button" onClick={() => (isAuditing.value = false)}>
        {words.value.auditing.toReport}
      </button>
    </p>
  </>
);
