// The attribution of a wasm's bytes: by a module made by hand, and over the package's wasm.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { layersOf } from '../../xtask/scripts/wasm_layers.mjs';

const section = (id, ...content) => [id, content.length, ...content];
const text = (value) => [value.length, ...Buffer.from(value)];

/** One imported function, then one function a name, each with `size` bytes of body. */
function moduleOf(functions) {
  const bodies = functions.flatMap(([, size]) => [size, 0, ...Array(size - 2).fill(0x01), 0x0b]);
  const names = functions.flatMap(([name], index) => (name ? [index + 1, ...text(name)] : []));
  const named = functions.filter(([name]) => name).length;
  const map = [named, ...names];
  return Buffer.from([
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, 1, 0x60, 0, 0),
    ...section(2, 1, ...text('m'), ...text('f'), 0, 0),
    ...section(3, functions.length, ...functions.map(() => 0)),
    ...section(10, functions.length, ...bodies),
    ...section(0, ...text('name'), 1, map.length, ...map),
  ]);
}

test('a body counts for the module that its name begins with', () => {
  const wasm = moduleOf([
    ['<poolpass::session::Session>::begin', 10],
    ['poolpass_js::run', 7],
    ['<core[c0]::fmt::Formatter>::pad', 5],
    ['kit_close', 4],
    ['sha2::compress', 3],
    [undefined, 2],
  ]);
  assert.ok(WebAssembly.validate(wasm));
  const { 'types, imports, exports, tables': rest, ...layers } = layersOf(wasm);
  assert.deepEqual(layers, {
    session: 10, 'js (crate)': 7, 'core, alloc, std': 5, bindings: 4, sha2: 3, 'without a name': 2, 'data (texts, tables)': 0,
  });
  assert.ok(rest > 0);
});

test("the layers add up to the package's wasm", () => {
  const { POOLPASS_PKG: packageFolder, POOLPASS_NAMED_WASM: named } = process.env;
  const layers = layersOf(readFileSync(join(named, 'poolpass_bg.wasm')));
  const sum = Object.values(layers).reduce((sum, bytes) => sum + bytes, 0);
  assert.equal(sum, readFileSync(join(packageFolder, 'poolpass_bg.wasm')).length);
  assert.ok(layers.session > 1000 && layers.flow > 1000);
  assert.ok((layers['without a name'] ?? 0) < sum / 50);
});
