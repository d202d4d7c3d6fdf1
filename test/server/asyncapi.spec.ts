import { Parser } from '@asyncapi/parser';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { application, type Application } from './application.js';

let app: Application;
beforeAll(async () => {
  app = await application();
});
afterAll(() => app.stop());

const json = async (path: string): Promise<unknown> => (await fetch(`${app.url}${path}`)).json();

it('the description of the streams and of webhooks is AsyncAPI 3 in which the official parser finds no fault', async () => {
  const { document, diagnostics } = await new Parser().parse(JSON.stringify(await json('/asyncapi.json')));
  expect(diagnostics.map(({ code, message, path }) => `${code}: ${message} (${path.join('/')})`)).toEqual([]);
  expect(document?.version()).toMatch(/^3\./);
});

it('the description of the streams has every stream of the API, with the same schemas as the API', async () => {
  const { channels, components } = (await json('/asyncapi.json')) as {
    channels: Record<string, { address: string; messages: Record<string, object> }>;
    components: { schemas: Record<string, object> };
  };
  const { paths, components: all } = (await json('/openapi.json')) as {
    paths: Record<string, { get?: { responses: Record<string, { content?: object }> } }>;
    components: { schemas: Record<string, object> };
  };
  const streams = Object.entries(paths)
    .filter(([, { get }]) => 'text/event-stream' in (get?.responses['200']?.content ?? {}))
    .map(([path]) => path);
  expect(streams).toContain('/v1/events/stream');
  const { webhook, ...ofStreams } = channels;
  expect(Object.keys(webhook!.messages)).toEqual(['event', 'change', 'test']);
  expect(Object.values(ofStreams).map(({ address }) => address)).toEqual(streams);
  for (const { address, messages } of Object.values(ofStreams)) {
    expect([address, 'reset' in messages]).toEqual([address, true]);
  }
  for (const [name, schema] of Object.entries(components.schemas)) {
    expect([name, schema]).toEqual([name, all.schemas[name]]);
  }
});
