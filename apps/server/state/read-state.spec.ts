import { describe, expect, it } from '@jest/globals';
import { systemRuntime, Turnstile } from '#runtime';
import type { EventLog } from '#log';
import type { State, Views } from '#views';
import { JSON_FORM } from '../reading/answer-form.js';
import { ListItems, ListItemsHandler } from './read-state.js';

const stateOf = (id: string) =>
  ({
    *steadyList() {
      yield;
      return { items: [{ json: `{"id":"${id}"}` }], from: -Infinity, to: Infinity };
    },
  }) as unknown as State;

describe('a list', () => {
  const cut = { asOf: 0, zone: 'UTC', pinned: false };
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
