import type { ComponentChildren, JSX } from 'preact';
import type { Crossing } from '../api.js';
import { crossings, knownNow } from '../crossings.js';
import { nameOf } from '../events.js';
import { Diamond, Mark, statusWords, knownWords } from '../marks.js';
import { selected, view } from '../state.js';
import { Why } from './why.js';
import { borderName, end, instant, nameIn, words } from '../words/index.js';

/** All that is known of one crossing at the cut. */
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

/** A subject of another view: its name; the explanation below has the rest. */
const Other = ({ id }: { readonly id: string }): JSX.Element => (
  <>
    <h2>{nameOf(id)}</h2>
    {selected.value?.view === 'crossings' && <p class="empty">{words.value.subject.missing}</p>}
  </>
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
      {view.value !== 'plane' && (
        <p class="actions">
          <button type="button" onClick={() => (view.value = 'plane')}>
            {w.subject.seePlane}
          </button>
        </p>
      )}
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
