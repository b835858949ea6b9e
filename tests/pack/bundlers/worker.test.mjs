// Web Workers: modules, and classic scripts.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { html, makeApp, script } from './app.mjs';
import { serve } from './server.mjs';
import { signsIn } from './visit.mjs';

/** A page whose worker signs in and tells it how that ended. */
const page = (type) => `
const worker = new Worker('/worker.js', { type: '${type}' });
worker.onmessage = ({ data }) => { globalThis.ended = data; };
worker.onerror = ({ message }) => { globalThis.ended = { error: { message } }; };
`;
const reporting = (source) => source.replace('globalThis.ended = result', 'postMessage(result)');

async function servedWorker(t, { from, before, format }) {
  const type = format === 'esm' ? 'module' : 'classic';
  const folder = makeApp(t, import.meta.dirname, `worker-${from.replace('/', '-')}-${format}`, {
    'worker.js': reporting(script(from, before)),
    'dist/main.js': page(type),
    'dist/index.html': html('/main.js'),
  });
  await build({ absWorkingDir: folder, entryPoints: ['worker.js'], bundle: true, format, outdir: 'dist', logLevel: 'silent' });
  copyFileSync(join(folder, 'node_modules/poolpass/poolpass_bg.wasm'), join(folder, 'dist/poolpass_bg.wasm'));
  return (await serve(t, join(folder, 'dist'))).origin;
}

for (const [what, app] of Object.entries({
  'a module worker signs in with the file beside it': { from: 'poolpass', format: 'esm' },
  'a classic worker signs in with a given URL': { from: 'poolpass', format: 'iife', before: "await load('/poolpass_bg.wasm');" },
  'a classic worker signs in with poolpass/inline': { from: 'poolpass/inline', format: 'iife' },
})) {
  test(what, async (t) => signsIn(t, await servedWorker(t, app)));
}
