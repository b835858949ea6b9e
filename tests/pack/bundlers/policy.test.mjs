// A strict Content Security Policy with Trusted Types, on the page's own server.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { openPage } from '../../interop/browser.mjs';
import { endpoint, html, makeApp, script } from './app.mjs';
import { POLICY } from './lines.mjs';
import { serve } from './server.mjs';
import { endedOn } from './visit.mjs';

const policy = (scriptSource, connectSource) =>
  ["default-src 'none'", scriptSource, `connect-src ${connectSource}`, "require-trusted-types-for 'script'", "trusted-types 'none'"].join('; ');

/** How a sign-in ends under a policy, and what the browser says that it refused. */
async function underPolicy(t, from, contentSecurityPolicy) {
  const name = `policy-${from.replace('/', '-')}`;
  const folder = makeApp(t, import.meta.dirname, name, { 'main.js': script(from), 'dist/index.html': html('/main.js') });
  await build({ absWorkingDir: folder, entryPoints: ['main.js'], bundle: true, minify: true, format: 'esm', outdir: 'dist', logLevel: 'silent' });
  copyFileSync(join(folder, 'node_modules/poolpass/poolpass_bg.wasm'), join(folder, 'dist/poolpass_bg.wasm'));
  const { origin } = await serve(t, join(folder, 'dist'), { 'content-security-policy': contentSecurityPolicy });
  const page = await openPage(t);
  const refused = [];
  page.on('console', (message) => void (/Content Security Policy|Trusted/.test(message.text()) && refused.push(message.text())));
  return { ended: await endedOn(page, origin), refused };
}

test("poolpass signs in: 'wasm-unsafe-eval', its own origin and Cognito are enough", async (t) => {
  assert.deepEqual(await underPolicy(t, 'poolpass', policy(POLICY, `'self' ${endpoint}`)), { ended: { user: 'alice' }, refused: [] });
});

test("poolpass/inline signs in: 'wasm-unsafe-eval' and Cognito are enough", async (t) => {
  assert.deepEqual(await underPolicy(t, 'poolpass/inline', policy(POLICY, endpoint)), { ended: { user: 'alice' }, refused: [] });
});

for (const from of ['poolpass', 'poolpass/inline']) {
  test(`without 'wasm-unsafe-eval', ${from} names it`, async (t) => {
    const { ended } = await underPolicy(t, from, policy("script-src 'self'", `'self' ${endpoint}`));
    assert.deepEqual([ended.error.code, ended.error.reason, ended.error.retryable], ['wasm_load', 'blocked_by_policy', false]);
    assert.equal(ended.error.recoverySuggestion, "Add 'wasm-unsafe-eval' to script-src.");
  });
}

test('without its own origin in connect-src, poolpass names the URL and connect-src', async (t) => {
  const { ended, refused } = await underPolicy(t, 'poolpass', policy(POLICY, endpoint));
  assert.ok(refused.length > 0);
  assert.deepEqual([ended.error.code, ended.error.reason], ['wasm_load', 'unreachable']);
  assert.match(ended.error.message, /\/poolpass_bg\.wasm cannot be fetched/);
  assert.match(ended.error.recoverySuggestion, /connect-src/);
});
