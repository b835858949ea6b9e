// The built package, loaded once for each tab: its JavaScript in one function whose parameters are the globals it uses.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { tarball } from '../../pack/tarball.mjs';

/** The globals that are a tab's own. The others are Node's. */
const OWN = [
  ...['globalThis', 'self', 'window', 'global', 'navigator', 'crypto', 'fetch', 'localStorage', 'sessionStorage'],
  ...['setTimeout', 'clearTimeout', 'Date', 'AbortSignal', 'BroadcastChannel', 'addEventListener', 'removeEventListener'],
];
/** Without it the wasm's objects are not freed at times that the garbage collector chooses. */
const MISSING = 'FinalizationRegistry';

const folder = dirname(tarball);
const { outputFiles } = buildSync({
  entryPoints: [join(folder, 'index.js')],
  bundle: true,
  write: false,
  format: 'iife',
  globalName: 'poolpass',
  define: { 'import.meta.url': '"https://app.example/poolpass.js"' },
});
const instance = new Function(...OWN, MISSING, `${outputFiles[0].text}\nreturn poolpass;`);
const wasm = new WebAssembly.Module(readFileSync(join(folder, 'poolpass_bg.wasm')));

/** The package with module state and a wasm of its own, and with these globals instead of Node's. */
export async function loadWith(globals) {
  const own = { ...globals, sessionStorage: undefined };
  const scope = Object.create(globalThis, Object.getOwnPropertyDescriptors(own));
  for (const name of ['globalThis', 'self']) Object.defineProperty(scope, name, { value: scope });
  const loaded = instance(...OWN.map((name) => scope[name]));
  await loaded.load(wasm);
  return loaded;
}
