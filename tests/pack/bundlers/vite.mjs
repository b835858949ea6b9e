// Apps in Vite, by any of its versions, without a configuration.
import { join } from 'node:path';
import { html, makeApp, script } from './app.mjs';
import { serve } from './server.mjs';

const quiet = { configFile: false, logLevel: 'error', clearScreen: false };

/** Vite's development server; its origin. */
export async function develop(t, vite, near, name, from) {
  const root = makeApp(t, near, name, { 'main.js': script(from), 'index.html': html('/main.js') });
  const server = await vite.createServer({ ...quiet, root, server: { host: 'localhost', port: 0 } });
  t.after(() => server.close());
  await server.listen();
  return new URL(server.resolvedUrls.local[0]).origin;
}

/** Vite's build, served; its origin, and the folder. */
export async function build(t, vite, near, name, from) {
  const root = makeApp(t, near, name, { 'main.js': script(from), 'index.html': html('/main.js') });
  await vite.build({ ...quiet, root });
  const dist = join(root, 'dist');
  return { dist, ...(await serve(t, dist)) };
}
