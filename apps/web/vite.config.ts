import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { regionShapes } from './shapes/region-shapes.js';

/** The server to which `npm run dev` passes requests of the API. */
const server = process.env['BORDERLINE_URL'] ?? 'http://127.0.0.1:3000';

/** The page: `npm run build` writes it to dist/web, from where the server serves it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [regionShapes()],
  resolve: { alias: { '#json': fileURLToPath(new URL('../../libs/json/index.ts', import.meta.url)) } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    emptyOutDir: true,
    // The content security policy of the page allows no `data:` addresses.
    assetsInlineLimit: 0,
    // The plugin that cuts the shapes takes a second or two: no warning about this time.
    rolldownOptions: { checks: { pluginTimings: false } },
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: Object.fromEntries(
      ['/v1', '/schemas', '/docs', '/openapi.json', '/health'].map((path) => [path, server]),
    ),
  },
});
