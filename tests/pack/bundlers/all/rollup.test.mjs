// Rollup, which copies no files.
import assert from 'node:assert/strict';
import { execSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { html, makeApp, script } from '../app.mjs';
import { COPY, INLINE } from '../lines.mjs';
import { serve } from '../server.mjs';
import { signsIn, visit } from '../visit.mjs';

async function built(t, name, from, format) {
  const type = format === 'es' ? 'type="module"' : 'defer';
  const folder = makeApp(t, import.meta.dirname, `rollup-${name}`, { 'main.js': script(from), 'dist/index.html': html('/main.js', type) });
  const warnings = [];
  const bundle = await rollup({ input: join(folder, 'main.js'), plugins: [resolve()], onwarn: ({ message }) => warnings.push(message) });
  await bundle.write({ file: join(folder, 'dist/main.js'), format, inlineDynamicImports: true });
  await bundle.close();
  return { folder, dist: join(folder, 'dist'), warnings };
}

for (const format of ['es', 'iife']) {
  test(`poolpass/inline as ${format} signs in, with one file and no warning`, async (t) => {
    const { dist, warnings } = await built(t, `inline-${format}`, 'poolpass/inline', format);
    assert.deepEqual(warnings, []);
    assert.deepEqual(readdirSync(dist).sort(), ['index.html', 'main.js']);
    await signsIn(t, (await serve(t, dist)).origin);
  });
}

test('poolpass signs in with the file copied beside the script', async (t) => {
  const { folder, dist } = await built(t, 'copied', 'poolpass', 'es');
  execSync(COPY, { cwd: folder });
  await signsIn(t, (await serve(t, dist)).origin);
});

test('poolpass without the file names the line', async (t) => {
  const { dist } = await built(t, 'no-file', 'poolpass', 'es');
  const { error } = await visit(t, (await serve(t, dist)).origin);
  assert.deepEqual([error.code, error.reason, error.status], ['wasm_load', 'not_found', 404]);
  assert.ok(error.recoverySuggestion.includes(INLINE));
});
