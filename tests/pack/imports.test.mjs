// What the wasm asks of JavaScript: the few imports of platform.js, each of which catches what it throws. An exception that
// passes through the wasm leaves futures that never finish, and a Web Lock that is never released.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { files, tarball } from './tarball.mjs';

const platform = await import(pathToFileURL(join(dirname(tarball), 'platform.js')));
const glue = files().get('poolpass.js').toString();

test('the wasm imports the door of platform.js and the glue’s own, and nothing else', async () => {
  const module = await WebAssembly.compile(files().get('poolpass_bg.wasm'));
  const names = WebAssembly.Module.imports(module).map(({ name }) => name.replace(/^__wbg_|_[0-9a-f]{16}$/g, ''));
  assert.deepEqual(names.sort(), ['__wbindgen_init_externref_table', '__wbindgen_throw', 'done', 'effect', 'get', 'now', 'random']);
});

test('the glue calls nothing else', () => {
  const [table] = glue.match(/const import0 = \{\n[^]*?\n {4}\};/);
  const called = table.match(/\b(?!function|if|throw|new)[A-Za-z_]\w*(?=\()/g);
  const own = ['Error', 'getDataViewMemory0', 'getArrayU8FromWasm0', 'getStringFromWasm0', 'isLikeNone', 'passStringToWasm0', 'set', 'setFloat64', 'setInt32'];
  assert.deepEqual([...new Set(called)].filter((name) => !own.includes(name)).sort(), ['done', 'effect', 'get', 'now', 'random']);
});

/** Everything that a page can replace, made to throw. */
function withBrokenGlobals(act) {
  const names = ['AbortController', 'AbortSignal', 'BroadcastChannel', 'Date', 'TextDecoder', 'TextEncoder', 'addEventListener', 'atob', 'crypto', 'fetch', 'localStorage', 'navigator', 'sessionStorage', 'setTimeout'];
  const former = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  const get = () => {
    throw new TypeError('replaced');
  };
  for (const name of names) Object.defineProperty(globalThis, name, { configurable: true, get });
  try {
    return act();
  } finally {
    for (const [name, descriptor] of former) descriptor ? Object.defineProperty(globalThis, name, descriptor) : delete globalThis[name];
  }
}

test('no import throws, whatever a page has replaced', () => {
  withBrokenGlobals(() => {
    assert.equal(platform.now(), undefined);
    assert.equal(platform.random(new Uint8Array(4)), false);
    assert.equal(platform.done(4711, false, '{}'), undefined);
    for (const name of [...Object.keys(platform.effects), 'unknown']) {
      for (const words of ['{}', '{"scope":"localStorage","key":"k","prefix":"p","storage":"local","clientId":"c","ms":1}', 'no JSON']) {
        const outcome = platform.effect(name, 4711, 0, 1, words);
        assert.ok(outcome === undefined || ['value', 'failure'].includes(Object.keys(JSON.parse(outcome))[0]), `${name} ${words}`);
      }
    }
    for (const scope of ['localStorage', undefined]) assert.equal(platform.get(4711, scope, 'k', true, 1), '!');
  });
});

test('a stored text crosses the door when it has changed, and when the wasm does not have it', () => {
  const texts = new Map();
  const custom = { getItem: (key) => texts.get(key), setItem: (key, text) => void texts.set(key, text), removeItem: (key) => void texts.delete(key) };
  let kit;
  const wasm = {
    open: (number) => {
      kit = number;
      platform.effect('open', kit, 0, 1, '{"storage":"custom"}');
      return '{}';
    },
    close() {},
  };
  const door = platform.connect(wasm, '{}', { custom });
  const get = (key, isKnown) => platform.get(kit, undefined, key, isKnown, 2);
  assert.equal(get('a', false), '-');
  texts.set('a', 'one');
  assert.equal(get('a', true), 'one');
  assert.equal(get('a', true), '~');
  assert.equal(get('a', false), 'one');
  texts.set('b', 'one');
  assert.equal(get('b', true), 'one');
  texts.set('a', 'two');
  assert.equal(get('a', true), 'two');
  texts.set('a', 'one');
  assert.equal(get('a', true), 'one');
  texts.delete('a');
  assert.equal(get('a', true), '-');
  texts.set('a', 5);
  assert.equal(get('a', true), '!');
  // A text that looks like a sign is a text, and no record.
  for (const [text, got] of [['', ''], ['-', '- '], ['~', '~ '], ['!', '! ']]) {
    texts.set('a', text);
    assert.equal(get('a', false), got);
  }
  platform.effect('remove', kit, 0, 3, '{"key":"b"}');
  texts.set('b', 'one');
  assert.equal(get('b', true), 'one');
  door.close();
});

test('both sides of the door name the same effects', () => {
  const rust = readFileSync(new URL('../../js/src/door.rs', import.meta.url), 'utf8');
  const [table] = rust.match(/const fn name[^]*?\n {4}\}/);
  const names = Array.from(table.matchAll(/=> "(\w+)"/g), ([, name]) => name);
  assert.deepEqual(names.sort(), Object.keys(platform.effects).sort());
});
