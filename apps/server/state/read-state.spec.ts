import { describe, expect, it } from '@jest/globals';
import { systemRuntime, Turnstile } from '#runtime';
import type { EventLog } from '#log';
import type { State, Views } from '#views';
import { JSON_FORM } from '../reading/answer-form.js';
import { closed, emptyLog } from '../../../test/support/empty-log.js';
import { ListItems, ListItemsHandler, ReadItem, ReadItemHandler } from './read-state.js';

const stateOf = (id: string) =>
  ({
    *steadyList() {
      yield;
      return { items: [{ json: `{"id":"${id}"}` }], from: -Infinity, to: Infinity };
    },
  }) as unknown as State;

const cut = { asOf: 0, zone: 'UTC', pinned: false };

describe('a list', () => {
  const asked = new ListItems('crossings', cut, {}, { form: JSON_FORM });
  const views = { sequence: 7, state: stateOf('old'), need: () => Promise.resolve() };
  const log = { turns: new Turnstile(systemRuntime) };
  const handler = new ListItemsHandler(views as unknown as Views, log as unknown as EventLog);

  it('is not answered from a views file that was replaced, although the new file has the same sequence', async () => {
    expect(String((await handler.execute(asked)).content)).toContain('old');
    views.state = stateOf('new');
    expect(String((await handler.execute(asked)).content)).toContain('new');
  });
});

describe('an item', () => {
  const opened = emptyLog();

  it('does not wait for the turn of other work', async () => {
    const { log, views } = opened;
    await log.append([closed(1, 'xx-yy.a')]);
    await views.catchUp();
    const order: string[] = [];
    const task = log.turns.run(() => void order.push('other work'), { lane: 'answers' });
    const query = new ReadItem('crossings', 'xx-yy.a', { ...cut, asOf: Date.UTC(2025, 10, 10) });
    const { item } = await new ReadItemHandler(views, log).execute(query);
    order.push(item.item.id);
    await task;
    expect(order).toEqual(['xx-yy.a', 'other work']);
  });
});
