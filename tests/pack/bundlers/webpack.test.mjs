// webpack 5, without a configuration but the mode.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import webpack from 'webpack';
import { html, makeApp, script } from './app.mjs';
import { serve } from './server.mjs';
import { signsIn } from './visit.mjs';

for (const [from, assets] of Object.entries({ poolpass: 1, 'poolpass/inline': 0 })) {
  test(`a build of ${from} signs in, with ${assets ? 'the wasm as an asset' : 'no asset'}`, async (t) => {
    const name = `webpack-${from.replace('/', '-')}`;
    const context = makeApp(t, import.meta.dirname, name, { 'main.js': script(from), 'dist/index.html': html('/main.js', 'defer') });
    const stats = await run({ mode: 'production', context, entry: './main.js', output: { path: join(context, 'dist') }, performance: false });
    assert.deepEqual(stats.warnings, []);
    assert.equal(readdirSync(join(context, 'dist')).filter((name) => name.endsWith('.wasm')).length, assets);
    const { origin } = await serve(t, join(context, 'dist'));
    await signsIn(t, origin);
  });
}

function run(configuration) {
  const compiler = webpack(configuration);
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      const { errors = [], warnings = [] } = stats?.toJson() ?? {};
      compiler.close(() => (error || errors.length > 0 ? reject(error ?? new Error(errors[0].message)) : resolve({ warnings })));
    });
  });
}
