// The latest Vite. The other versions, and its development server, are in all/.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import * as vite from 'vite';
import { build } from './vite.mjs';
import { signsIn } from './visit.mjs';

test('a build of poolpass signs in, with the wasm as an asset', async (t) => {
  const { dist, origin } = await build(t, vite, import.meta.dirname, 'vite-build', 'poolpass');
  assert.equal(wasmIn(dist).length, 1);
  await signsIn(t, origin);
});

test('a build of poolpass/inline signs in, without an asset', async (t) => {
  const { dist, origin } = await build(t, vite, import.meta.dirname, 'vite-build-inline', 'poolpass/inline');
  assert.deepEqual(wasmIn(dist), []);
  await signsIn(t, origin);
});

const wasmIn = (folder) => readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.wasm'));
