// What is in the tarball: exactly this, and nothing of the machine that built it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { files, tarball } from './tarball.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const contents = files();

test('holds exactly the files that apps need', () => {
  assert.deepEqual([...contents.keys()].sort(), [
    'LICENSE-APACHE',
    'LICENSE-MIT',
    'README.md',
    'account.js',
    'account_types.d.ts',
    'answer.js',
    'appsync.js',
    'appsync_error.js',
    'arrival.js',
    'arriving.js',
    'auth.js',
    'auto_sign_in.js',
    'aws.js',
    'backoff.js',
    'callback.js',
    'channel.js',
    'checked.js',
    'client_secret.js',
    'connection.js',
    'credentials.js',
    'decode_jwt.js',
    'deduplicator.js',
    'dialect.js',
    'error.js',
    'error_body.js',
    'errors.js',
    'events.js',
    'everything.js',
    'explain.js',
    'explained.js',
    'focus.js',
    'graphql.js',
    'hosted_ui.js',
    'index.d.ts',
    'index.js',
    'inline.js',
    'input.js',
    'kit.js',
    'leave.js',
    'load.js',
    'load_error.js',
    'network_error.js',
    'outgoing.js',
    'package.json',
    'passkeys.js',
    'payload.js',
    'platform.js',
    'poolpass.js',
    'poolpass_bg.wasm',
    'poolpass_bg.wasm.d.ts',
    'poolpass_deferred.js',
    'poolpass_sign_in.js',
    'poolpass_sign_in_bg.wasm',
    'poolpass_sign_in_deferred.js',
    'poolpass_user_pool.js',
    'poolpass_user_pool_bg.wasm',
    'poolpass_user_pool_deferred.js',
    'popup.js',
    'popup_channel.js',
    'popup_window.js',
    'proof.js',
    'realtime.js',
    'redirects.js',
    'requests.js',
    'response_body.js',
    'second_wasm.js',
    'session.js',
    'settled.js',
    'shared.js',
    'sign-in.d.ts',
    'sign-in.js',
    'sign_in_rest.js',
    'sign_in_types.d.ts',
    'socket.js',
    'steps.js',
    'stored.js',
    'subscription.js',
    'subscriptions.js',
    'timers.js',
    'totp.js',
    'url.js',
    'user-pool.d.ts',
    'user-pool.js',
    'user_pool_rest.js',
    'wasm_file.js',
    'wasm_inline.js',
    'wasm_text.js',
    'wasm_url.js',
    'watch.js',
  ]);
});

test('lies loose beside its tarball, byte for byte', () => {
  for (const [name, bytes] of contents) {
    assert.deepEqual(readFileSync(join(dirname(tarball), name)), bytes, name);
  }
});

test('its wasm compiles and carries nothing for debuggers', async () => {
  const module = await WebAssembly.compile(contents.get('poolpass_bg.wasm'));
  for (const section of ['name', '.debug_info', '.debug_str', 'sourceMappingURL']) {
    assert.equal(WebAssembly.Module.customSections(module, section).length, 0, section);
  }
});

test('its wasm and its glue are of one build', async () => {
  const glue = contents.get('poolpass.js').toString();
  const module = await WebAssembly.compile(contents.get('poolpass_bg.wasm'));
  const imports = WebAssembly.Module.imports(module).filter(({ kind }) => kind === 'function');
  assert.ok(imports.length > 0);
  const platform = contents.get('platform.js').toString();
  for (const { module, name } of imports) {
    const side = module === './platform.js' ? platform : glue;
    assert.ok(side.includes(name), `${module} lacks ${name}`);
  }
});

test('poolpass/inline is poolpass with the same wasm in a script', async () => {
  const read = (name) => contents.get(name).toString();
  assert.equal(read('inline.js'), read('index.js').replace('./wasm_file.js', './wasm_inline.js'));
  const [, text] = /^export default '([A-Za-z0-9+/=]+)';\n$/.exec(read('wasm_text.js'));
  assert.deepEqual(inflateSync(Buffer.from(text, 'base64')), Buffer.from(contents.get('poolpass_bg.wasm')));
});

test('names no path of the machine that built it', () => {
  for (const [name, bytes] of contents) {
    for (const path of [homedir(), root, '/.cargo/', '/registry/src']) {
      assert.ok(!bytes.includes(path), `${name} names ${path}`);
    }
  }
});

test('our scripts neither evaluate text nor write markup', () => {
  for (const [name, bytes] of contents) {
    // wasm-bindgen's glue holds a `new Function` for engines without globalThis, which it never reaches.
    if (!name.endsWith('.js') || name === 'poolpass.js') continue;
    const source = bytes.toString();
    for (const forbidden of [/\beval\s*\(/, /\bnew Function\b/, /\binnerHTML\b/, /\bdocument\.write\b/]) {
      assert.doesNotMatch(source, forbidden, name);
    }
  }
});

test('no exported variable is assigned by destructuring, which Turbopack overlooks (bundlers/all/next.test.mjs)', () => {
  for (const [name, bytes] of contents) {
    const source = name.endsWith('.js') ? bytes.toString() : '';
    for (const [, variable] of source.matchAll(/^export let (\w+);/gm)) {
      assert.doesNotMatch(source, new RegExp(`[{,]\\s*${variable}\\s*(?=[},])[^;]*\\} = `), `${name}: ${variable}`);
    }
  }
});
