// esbuild, which copies no files: modules, and classic scripts, which have no import.meta.url.
import assert from 'node:assert/strict';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { html, makeApp, script } from './app.mjs';
import { INLINE } from './lines.mjs';
import { serve } from './server.mjs';
import { signsIn, visit } from './visit.mjs';

/** Builds an app as a user would, and returns its folder and what esbuild warned of. */
async function bundled(t, name, source, format) {
  const type = format === 'esm' ? 'type="module"' : 'defer';
  const folder = makeApp(t, import.meta.dirname, `esbuild-${name}`, { 'main.js': source, 'dist/index.html': html('/main.js', type) });
  const { warnings } = await build({
    absWorkingDir: folder, entryPoints: ['main.js'], bundle: true, minify: true, format, outdir: 'dist', logLevel: 'silent',
  });
  return { folder, dist: join(folder, 'dist'), warnings: warnings.map(({ text }) => text) };
}

for (const format of ['esm', 'iife']) {
  test(`poolpass/inline as ${format} signs in, with one file and no warning`, async (t) => {
    const { dist, warnings } = await bundled(t, `inline-${format}`, script('poolpass/inline'), format);
    assert.deepEqual(warnings, []);
    assert.deepEqual(readdirSync(dist).sort(), ['index.html', 'main.js']);
    const { origin } = await serve(t, dist);
    await signsIn(t, origin);
  });

  test(`poolpass as ${format} signs in with a given URL`, async (t) => {
    const { folder, dist } = await bundled(t, `given-${format}`, script('poolpass', "await load('/poolpass.wasm');"), format);
    copyFileSync(join(folder, 'node_modules/poolpass/poolpass_bg.wasm'), join(dist, 'poolpass.wasm'));
    const { origin, asked } = await serve(t, dist);
    await signsIn(t, origin);
    assert.deepEqual(asked.filter((path) => path.endsWith('.wasm')), ['/poolpass.wasm']);
  });
}

test('poolpass as esm without its file names the URL, the status, the type and the line', async (t) => {
  const { dist } = await bundled(t, 'no-file', script('poolpass'), 'esm');
  const { origin } = await serve(t, dist);
  const { error } = await visit(t, origin);
  assert.deepEqual([error.name, error.code, error.reason, error.status], ['WasmLoadException', 'wasm_load', 'not_found', 404]);
  assert.equal(error.retryable, false);
  assert.ok(error.message.includes(`${origin}/poolpass_bg.wasm`) && error.message.includes('404') && error.message.includes('text/plain'));
  assert.ok(error.recoverySuggestion.includes(INLINE));
});

test('poolpass as iife without a URL says that the script has no address', async (t) => {
  const { dist } = await bundled(t, 'no-url', script('poolpass'), 'iife');
  const { origin } = await serve(t, dist);
  const { error } = await visit(t, origin);
  assert.deepEqual([error.name, error.code, error.reason, error.retryable], ['WasmLoadException', 'wasm_load', 'no_url', false]);
  assert.ok(error.recoverySuggestion.includes(INLINE));
});
