import type { ComponentChildren, JSX } from 'preact';
import type { Crossing } from '../api.js';
import { crossings, knownNow } from '../crossings.js';
import { everything } from '../data.js';
import { nameOf } from '../events.js';
import { Diamond, Mark, statusWords, knownWords } from '../marks.js';
import { selected, view } from '../state.js';
import { stateWords } from '../rectangles.js';
import { toneOf } from '../tones.js';
import { Why } from './why.js';
import { borderName, end, instant, nameIn, words } from '../words/index.js';

/** The panel of the selected subject at the cut. */
export function Subject({ id }: { readonly id: string }): JSX.Element {
  const { value: w } = words;
  const item = crossings.value.find((one) => one.id === id);
  return (
    <section class="subject" aria-label={item ? nameIn(item.names, id) : id}>
      <button type="button" class="link back" onClick={() => (selected.value = undefined)}>
        ← {w.subject.back}
      </button>
      {item ? <Details item={item} /> : <Other id={id} />}
      <Why />
    </section>
  );
}

/** A subject of another view: its name, its status and its times; the explanation below has the rest. */
function Other({ id }: { readonly id: string }): JSX.Element {
  const { value: w } = words;
  const { value: chosen } = selected;
  const items = everything.value?.[(chosen?.view ?? '') as 'sanctions'] as readonly ListedItem[] | undefined;
  const item = items?.find((one) => one.id === id);
  const status = item?.status ?? item?.verdict;
  return (
    <>
      <h2>{nameOf(id)}</h2>
      {item === undefined && <p class="empty">{w.subject.missing}</p>}
      {item && status !== undefined && (
        <>
          <p class={`headline ${item.certain ? toneOf(status) : 'unsure'}`}>
            <Mark status={toneOf(status)} certain /> {stateWords({ ...item, status })}
          </p>
          <dl>
            <Fact name={w.subject.since}>{item.since && instant(item.since, item.sinceEarliest)}</Fact>
            <Fact name={w.subject.until}>{item.until && end(item.until, item.untilEarliest)}</Fact>
          </dl>
        </>
      )}
      {view.value !== 'plane' && <SeePlane />}
    </>
  );
}

/** The members that items of most views have. */
interface ListedItem {
  readonly id: string;
  readonly status?: string;
  readonly verdict?: string;
  readonly certain: boolean;
  readonly possible?: readonly string[];
  readonly since?: string;
  readonly sinceEarliest?: string;
  readonly until?: string;
  readonly untilEarliest?: string;
}

const SeePlane = (): JSX.Element => (
  <p class="actions">
    <button type="button" onClick={() => (view.value = 'plane')}>
      {words.value.subject.seePlane}
    </button>
  </p>
);

function Details({ item }: { readonly item: Crossing }): JSX.Element {
  const { value: w } = words;
  const now = knownNow.value.get(item.id);
  const { next } = item;
  return (
    <>
      <h2>{nameIn(item.names, item.id)}</h2>
      <p class="quiet">
        {Object.entries(item.names)
          .filter(([, name]) => name !== nameIn(item.names, item.id))
          .map(([language, name]) => (
            <span key={language} lang={language}>
              {name}{' '}
            </span>
          ))}
        {item.border && borderName(item.border)}
        {item.farSide && ` · ${w.subject.otherSide}: ${nameIn(item.farSide, '')}`}
      </p>
      <p class={`headline ${item.certain ? item.status : 'unsure'}`}>
        <Mark {...item} /> {statusWords(item)}
      </p>
      {now && (
        <p class="knowledge">
          <Diamond /> {knownWords(now)}
        </p>
      )}
      <dl>
        <Fact name={w.subject.since}>{item.since && instant(item.since, item.sinceEarliest)}</Fact>
        <Fact name={w.subject.until}>{item.until && end(item.until, item.untilEarliest)}</Fact>
        <Fact name={w.subject.next}>
          {next &&
            `${next.certain ? w.status[next.status as keyof typeof w.status] : w.uncertain} · ${instant(next.at, next.earliest)}`}
        </Fact>
        <Fact name={w.subject.authority}>{item.authority && nameOf(item.authority)}</Fact>
        <Fact name={w.subject.reason}>{item.reason}</Fact>
        <Fact name={w.subject.exemptions}>{listed(item.exemptions)}</Fact>
        <Fact name={w.subject.barred}>{listed(item.barred)}</Fact>
        <Fact name={w.subject.conditions}>{listed(item.conditions)}</Fact>
        <Fact name={w.subject.byMode}>
          {item.byMode && (
            <ul>
              {Object.entries(item.byMode).map(([mode, state]) => (
                <li key={mode}>
                  <Mark {...state} /> {w.mode[mode] ?? mode}: {statusWords(state)}
                </li>
              ))}
            </ul>
          )}
        </Fact>
      </dl>
      {view.value !== 'plane' && <SeePlane />}
    </>
  );
}

const listed = (texts: readonly string[] | undefined): JSX.Element | undefined =>
  texts && (
    <ul>
      {texts.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );

function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}): JSX.Element | null {
  if (children === undefined || children === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}
