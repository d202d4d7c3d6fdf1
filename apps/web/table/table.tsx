import { computed, signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Crossing } from '../api.js';
import { crossings, knownNow } from '../crossings.js';
import { borders, passing } from '../filters.js';
import { LocalNames } from '../local-names.js';
import { Diamond, Mark, statusWords, knownWords } from '../marks.js';
import { border, selected, status, STATUSES, text } from '../state.js';
import { borderName, instant, nameIn, words } from '../words/index.js';

type Column = 'name' | 'border' | 'status' | 'since';
const sort = signal<{ readonly by: Column; readonly down: boolean }>({ by: 'border', down: false });

const KEYS: Record<Column, (item: Crossing) => string> = {
  name: (item) => nameIn(item.names, item.id),
  border: (item) => `${item.border === 'LT-BY' ? '' : (item.border ?? '~')} ${nameIn(item.names, item.id)}`,
  status: (item) => `${STATUSES.indexOf(item.status)} ${nameIn(item.names, item.id)}`,
  since: (item) => item.since ?? '',
};

const sorted = computed(() => {
  const { by, down } = sort.value;
  const items = passing.value
    .map((item) => [KEYS[by](item), item] as const)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, item]) => item);
  return down ? items.reverse() : items;
});

/** The crossings of the map as a table. */
export function CrossingTable(): JSX.Element {
  const { value: w } = words;
  const all = crossings.value.length;
  return (
    <section class="list" aria-label={w.table.title}>
      <Filters />
      <div class="scroller" tabIndex={0} role="group" aria-label={w.table.title}>
        <table>
          <caption>{w.table.of(passing.value.length, all)}</caption>
          <thead>
            <tr>
              <Heading column="status" text={w.table.status} />
              <Heading column="name" text={w.table.name} />
              <Heading column="border" text={w.table.border} />
              <Heading column="since" text={w.table.since} />
            </tr>
          </thead>
          <tbody>
            {sorted.value.map((item) => (
              <Row key={item.id} item={item} />
            ))}
          </tbody>
        </table>
        {all > 0 && passing.value.length === 0 && (
          <p class="empty">
            {w.table.none}{' '}
            <button type="button" onClick={clear}>
              {w.table.clear}
            </button>
          </p>
        )}
      </div>
    </section>
  );
}

function clear(): void {
  border.value = undefined;
  status.value = undefined;
  text.value = '';
}

function Filters(): JSX.Element {
  const { value: w } = words;
  return (
    <form class="filters" onSubmit={(sent) => sent.preventDefault()}>
      <input
        type="search"
        value={text.value}
        placeholder={w.table.filter}
        aria-label={w.table.filter}
        onInput={({ currentTarget }) => (text.value = currentTarget.value)}
      />
      <select
        aria-label={w.table.border}
        value={border.value ?? ''}
        onChange={({ currentTarget }) => (border.value = currentTarget.value || undefined)}
      >
        <option value="">{w.table.allBorders}</option>
        {borders.value.map((one) => (
          <option key={one} value={one}>
            {borderName(one)}
          </option>
        ))}
      </select>
      <select
        aria-label={w.table.status}
        value={status.value ?? ''}
        onChange={({ currentTarget }) => (status.value = currentTarget.value || undefined)}
      >
        <option value="">{w.table.allStatuses}</option>
        {STATUSES.map((one) => (
          <option key={one} value={one}>
            {w.status[one]}
          </option>
        ))}
      </select>
    </form>
  );
}

function Heading({ column, text: title }: { readonly column: Column; readonly text: string }): JSX.Element {
  const { by, down } = sort.value;
  const isSorted = by === column;
  return (
    <th scope="col" aria-sort={isSorted ? (down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => (sort.value = { by: column, down: isSorted && !down })}>
        {title}
        <span aria-hidden="true">{isSorted ? (down ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}

function Row({ item }: { readonly item: Crossing }): JSX.Element {
  const now = knownNow.value.get(item.id);
  const { value: w } = words;
  return (
    <tr data-id={item.id} data-status={item.status}>
      <td>
        <span class="status-line">
          <Mark {...item} /> {statusWords(item)}
        </span>
        {now && (
          <span class="knowledge" title={w.differs}>
            <Diamond /> {knownWords(now)}
          </span>
        )}
      </td>
      <th scope="row">
        <button
          type="button"
          class="link"
          onClick={() => (selected.value = { view: 'crossings', id: item.id })}
        >
          {nameIn(item.names, item.id)}
        </button>
        <LocalNames id={item.id} />
      </th>
      <td class="quiet">{item.border}</td>
      <td class="quiet">{item.since ? instant(item.since, item.sinceEarliest) : ''}</td>
    </tr>
  );
}
