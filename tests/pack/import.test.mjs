// The installed package in Node.js and through a bundler.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { app, run } from './tarball.mjs';

for (const entry of ['poolpass', 'poolpass/inline']) test(`an import of ${entry} touches neither window nor WebAssembly nor the network`, (t) => {
  const names = ['window', 'document', 'localStorage', 'sessionStorage', 'navigator', 'location', 'fetch', 'WebAssembly', 'BroadcastChannel', 'Worker'];
  const printed = run(app(t), `
    const touched = [];
    for (const name of ${JSON.stringify(names)}) {
      Object.defineProperty(globalThis, name, { configurable: true, get() { touched.push(name); } });
    }
    const poolpass = await import('${entry}');
    await new Promise((resolve) => setTimeout(resolve));
    console.log(JSON.stringify({ touched, createAuth: typeof poolpass.createAuth }));
  `);
  assert.deepEqual(JSON.parse(printed), { touched: [], createAuth: 'function' });
});

test('its wasm and manifest can be addressed, its insides cannot', (t) => {
  const printed = run(app(t), `
    import manifest from 'poolpass/package.json' with { type: 'json' };
    const wasm = import.meta.resolve('poolpass/poolpass.wasm');
    const inside = await import('poolpass/poolpass.js').catch((error) => error.code);
    console.log(JSON.stringify({ name: manifest.name, wasm: wasm.split('/').pop(), inside }));
  `);
  assert.deepEqual(JSON.parse(printed), { name: 'poolpass', wasm: 'poolpass_bg.wasm', inside: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
});

test('poolpass/inline needs no file, neither at start nor later', (t) => {
  const folder = app(t);
  rmSync(join(folder, 'node_modules/poolpass/poolpass_bg.wasm'));
  const printed = run(folder, `
    import * as poolpass from 'poolpass';
    import * as inline from 'poolpass/inline';
    const failure = await poolpass.load().catch(({ code, reason }) => ({ code, reason }));
    await inline.load();
    const auth = await inline.createAuth({ userPool: { userPoolId: 'eu-west-1_A', userPoolClientId: 'c' }, storage: 'memory' });
    console.log(JSON.stringify({ failure, storage: auth.storage, same: Object.keys(inline).join() === Object.keys(poolpass).join() }));
  `);
  assert.deepEqual(JSON.parse(printed), { failure: { code: 'wasm_load', reason: 'not_found' }, storage: 'memory', same: true });
});

test('a bundler takes it, and drops it where it is not used', async (t) => {
  const folder = app(t);
  const bundled = async (source) => {
    writeFileSync(join(folder, 'main.js'), source);
    const { outputFiles, warnings } = await build({
      absWorkingDir: folder, entryPoints: ['main.js'], bundle: true, format: 'esm', write: false, logLevel: 'silent',
    });
    assert.deepEqual(warnings, []);
    return outputFiles[0].text;
  };
  assert.match(await bundled("import { createAuth } from 'poolpass'; globalThis.app = createAuth;"), /poolpass_bg\.wasm/);
  for (const entry of ['poolpass', 'poolpass/inline']) {
    assert.equal((await bundled(`import { createAuth } from '${entry}'; globalThis.app = 1;`)).includes('poolpass'), false, entry);
  }
});
