// The second part of each wasm: the code that few calls need, in a script of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { files } from './tarball.mjs';

const contents = files();
const ENTRY_POINTS = ['poolpass', 'poolpass_user_pool', 'poolpass_sign_in'];

const first = (name) => WebAssembly.compile(contents.get(`${name}_bg.wasm`));

function second(name) {
  const [, text] = /\('([A-Za-z0-9+/=]+)', first\);\n$/.exec(contents.get(`${name}_deferred.js`));
  return inflateSync(Buffer.from(text, 'base64'));
}

/** The first part without JavaScript behind it: it can be started, and nothing of it is called. */
async function started(name) {
  const module = await first(name);
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => {};
  return (await WebAssembly.instantiate(module, imports)).exports;
}

for (const name of ENTRY_POINTS) {
  test(`${name}: the second part asks the first for everything, and has no names`, async () => {
    const module = await WebAssembly.compile(second(name));
    assert.deepEqual([...new Set(WebAssembly.Module.imports(module).map(({ module }) => module))], ['first']);
    assert.deepEqual(WebAssembly.Module.exports(module), []);
    assert.deepEqual(WebAssembly.Module.customSections(module, 'name'), []);
  });

  test(`${name}: the second part fills every gap in the first one's table`, async () => {
    const exports = await started(name);
    const table = Object.values(exports).find((value) => value instanceof WebAssembly.Table && value !== exports.__wbindgen_externrefs);
    const gaps = () => Array.from({ length: table.length }, (_, at) => at).filter((at) => table.get(at) === null);
    // The first entry stays empty: a null pointer is no function.
    assert.ok(gaps().length > 1, 'something is deferred');
    await WebAssembly.instantiate(second(name), { first: exports });
    assert.deepEqual(gaps(), [0]);
  });

  test(`${name}: the rows of operations are in the second part`, async () => {
    const row = 'StartWebAuthnRegistration';
    assert.ok(!contents.get(`${name}_bg.wasm`).includes(row));
    assert.ok(second(name).includes(row));
  });
}

test('parts of different builds do not join', async () => {
  const others = await started('poolpass_user_pool');
  await assert.rejects(WebAssembly.instantiate(second('poolpass_sign_in'), { first: others }), WebAssembly.LinkError);
});
