import type { FastifyInstance } from 'fastify';

/** Remembers the methods of each address, for 405 and its `Allow` (RFC 9110 §15.5.6). Call before any route is added. */
export function methodsOf(fastify: FastifyInstance): (url: string) => string[] {
  const routes = new Map<string, { readonly matches: RegExp; readonly methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }) => {
    // The route of preflights, which every address has.
    if (url === '*') return;
    const route = routes.get(url) ?? { matches: patternOf(url), methods: new Set<string>() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });
  return (url) => {
    const [path = ''] = url.split(/[?#]/);
    const found = [...routes.values()].filter(({ matches }) => matches.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  };
}

/** `/v1/events/:id` → /^\/v1\/events\/[^/]+\/?$/ */
function patternOf(url: string): RegExp {
  const parts = url.split(/(:[^/.-]+|\*)/);
  const text = parts.map((part) => {
    if (part === '*') return '.+';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
  });
  return new RegExp(`^${text.join('')}/?$`);
}
