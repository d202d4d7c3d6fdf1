import { batch, effect, type Signal } from '@preact/signals';
import { AXES, chosen, compared, SIDES, sidesIn } from './compared.js';
import * as state from './state.js';

/** Signals that are text in the address under the API's names. */
const TEXTS: readonly (readonly [string, Signal<string | undefined>])[] = [
  ['asOf', state.asOf],
  ['knownAt', state.knownAt],
  ['recordedAt', state.recordedAt],
  ['accordingTo', state.accordingTo],
  ['minReliability', state.minReliability],
  ['border', state.border],
  ['status', state.status],
  ['event', state.event],
];
const ZONE = state.zone.peek();
/** The least time between two changes of the address during a drag, in milliseconds: browsers refuse too many changes. */
const LEAST_MS = 250;

function read(): void {
  const query = new URLSearchParams(location.search);
  batch(() => {
    const view = query.get('view');
    state.view.value = state.VIEWS_OF_PAGE.find((name) => name === view) ?? 'map';
    const picture = query.get('picture');
    state.picture.value = state.PICTURES.find((name) => name === picture);
    for (const [name, text] of TEXTS) text.value = query.get(name) ?? undefined;
    state.text.value = query.get('q') ?? '';
    state.zone.value = query.get('zone') ?? ZONE;
    const lang = query.get('lang') ?? localLanguage();
    state.lang.value = lang === 'lt' ? 'lt' : 'en';
    state.selected.value = subjectIn(query.get('subject'));
    chosen.value = sidesIn(query);
    state.isAuditing.value = query.has('audit');
    const { asOf, knownAt } = state;
    state.mode.value = knownAt.value === asOf.value ? 'day' : knownAt.value === undefined ? 'all' : 'own';
  });
}

/** Reads a subject from a text such as `crossings/lt-by.medininkai`. */
function subjectIn(text: string | null): state.Selected | undefined {
  const [, view, id] = /^([a-z]+)\/(.+)$/.exec(text ?? '') ?? [];
  return view === undefined || id === undefined ? undefined : { view, id };
}

const localLanguage = (): string => (navigator.language.startsWith('lt') ? 'lt' : 'en');

/** The address of the present view. */
export function address(): string {
  const query = new URLSearchParams();
  if (state.view.value !== 'map') query.set('view', state.view.value);
  if (state.picture.value !== undefined && state.view.value === 'charts')
    query.set('picture', state.picture.value);
  for (const [name, text] of TEXTS) if (text.value !== undefined) query.set(name, text.value);
  if (state.text.value !== '') query.set('q', state.text.value);
  if (state.zone.value !== ZONE) query.set('zone', state.zone.value);
  if (state.lang.value !== localLanguage()) query.set('lang', state.lang.value);
  const { value: subject } = state.selected;
  if (subject) query.set('subject', `${subject.view}/${subject.id}`);
  if (state.isAuditing.value) query.set('audit', 'open');
  if (state.view.value === 'compare') writeSides(query);
  const embed = new URLSearchParams(location.search).get('embed');
  if (embed !== null) query.set('embed', embed);
  // People read a link, so colons, slashes and @ are not encoded: a query may have them (RFC 3986 §3.4).
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%40', '@');
  return text === '' ? location.pathname : `${location.pathname}?${text}`;
}

/** Writes the two cuts that are compared into the query. */
function writeSides(query: URLSearchParams): void {
  for (const side of SIDES)
    for (const axis of AXES) {
      const { [axis]: bound } = compared.value[side];
      if (bound !== undefined) query.set(`${side}.${axis}`, bound);
    }
}

/** A change of view, subject or event is a step to which the browser can go back. Times and filters change the present entry of its history. */
const step = (): string =>
  JSON.stringify([
    state.view.value,
    state.picture.value,
    state.selected.value,
    state.event.value,
    state.isAuditing.value,
  ]);

/** Keeps the address and the state the same, both ways. */
export function followAddress(): void {
  read();
  addEventListener('popstate', read);
  let last = step();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    waiting = undefined;
    if (address() !== location.pathname + location.search) history.replaceState(null, '', address());
  };
  effect(() => {
    const to = address();
    const at = step();
    if (at !== last) {
      last = at;
      if (to !== location.pathname + location.search) history.pushState(null, '', to);
    } else {
      waiting ??= setTimeout(write, LEAST_MS);
    }
  });
}
