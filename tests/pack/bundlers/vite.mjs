// Apps in Vite, by any of its versions.
import { join } from 'node:path';
import { html, makeApp, script } from './app.mjs';
import { serve } from './server.mjs';

const quiet = { configFile: false, logLevel: 'error', clearScreen: false };

/** Vite's development server; its origin. */
export function develop(t, vite, near, name, from) {
  return listen(t, vite, makeApp(t, near, name, { 'main.js': script(from), 'index.html': html('/main.js') }));
}

/** The same for an app of a workspace, whose packages are installed at the workspace's root. `line` is for vite.config.js. */
export function developInWorkspace(t, vite, near, name, from, line = '') {
  const folder = makeApp(t, near, name, {
    'package.json': JSON.stringify({ private: true, workspaces: ['app'] }),
    'app/package.json': JSON.stringify({ name: 'app', private: true, type: 'module' }),
    'app/main.js': script(from),
    'app/index.html': html('/main.js'),
    'app/vite.config.js': `export default { ${line} };`,
  });
  return listen(t, vite, join(folder, 'app'), join(folder, 'app/vite.config.js'));
}

async function listen(t, vite, root, configFile = false) {
  const server = await vite.createServer({ ...quiet, configFile, root, server: { host: 'localhost', port: 0 } });
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
