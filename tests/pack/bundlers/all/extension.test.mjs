// A page of a browser extension with Manifest V3, built by esbuild.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { chromiumOptions } from '../../../chromium.mjs';
import { endpoint, html, makeApp, script } from '../app.mjs';
import { EXTENSION } from '../lines.mjs';
import { endedOn } from '../visit.mjs';

const POLICY = JSON.parse(`{ ${EXTENSION} }`);

/** How a sign-in ends in an extension's page. */
async function inExtension(t, name, from, more) {
  const folder = makeApp(t, import.meta.dirname, `extension-${name}`, {
    'main.js': script(from),
    'dist/manifest.json': JSON.stringify({ manifest_version: 3, name: 'App', version: '1', host_permissions: [`${endpoint}/*`], ...more }),
    'dist/background.js': '',
    'dist/index.html': html('/main.js'),
  });
  const dist = join(folder, 'dist');
  await build({ absWorkingDir: folder, entryPoints: ['main.js'], bundle: true, format: 'esm', outdir: 'dist', logLevel: 'silent' });
  copyFileSync(join(folder, 'node_modules/poolpass/poolpass_bg.wasm'), join(dist, 'poolpass_bg.wasm'));
  const profile = mkdtempSync(join(tmpdir(), 'poolpass-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...chromiumOptions,
    args: [...chromiumOptions.args, `--disable-extensions-except=${dist}`, `--load-extension=${dist}`],
    ignoreDefaultArgs: ['--disable-extensions'],
  });
  t.after(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return endedOn(await context.newPage(), new URL('/index.html', worker.url()).href);
}

const background = { background: { service_worker: 'background.js' } };

for (const from of ['poolpass', 'poolpass/inline']) {
  const name = from.replace('/', '-');

  test(`${from} signs in with the line in manifest.json`, async (t) => {
    assert.deepEqual(await inExtension(t, name, from, { ...background, ...POLICY }), { user: 'alice' });
  });

  test(`without the line, ${from} names it`, async (t) => {
    const { error } = await inExtension(t, `${name}-no-line`, from, background);
    assert.deepEqual([error.code, error.reason], ['wasm_load', 'blocked_by_policy']);
    assert.ok(error.recoverySuggestion.includes(EXTENSION), error.recoverySuggestion);
  });
}
