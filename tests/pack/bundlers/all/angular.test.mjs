// Angular's application builder, which copies no files of packages by itself.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { makeApp, script } from '../app.mjs';
import { run } from '../command.mjs';
import { ANGULAR, INLINE } from '../lines.mjs';
import { serve } from '../server.mjs';
import { signsIn, visit } from '../visit.mjs';

const ng = join(dirname(createRequire(import.meta.url).resolve('@angular/cli/package.json')), 'bin/ng.js');

const { assets: ASSETS } = JSON.parse(`{ ${ANGULAR} }`);

const main = (from) => `
import { Component } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { run } from './app.js';
@Component({ selector: 'app-root', template: '<p>App</p>' })
class App {
  constructor() {
    run();
  }
}
bootstrapApplication(App);
`;

async function built(t, name, from, assets) {
  const options = { browser: 'src/main.ts', index: 'src/index.html', tsConfig: 'tsconfig.json', outputPath: 'dist', assets, progress: false };
  const build = { builder: '@angular/build:application', options };
  const projects = { app: { projectType: 'application', root: '', sourceRoot: 'src', architect: { build } } };
  const compilerOptions = { target: 'ES2022', module: 'preserve', moduleResolution: 'bundler', lib: ['ES2022', 'DOM'], strict: true, allowJs: true };
  const cwd = makeApp(t, import.meta.dirname, `angular-${name}`, {
    'angular.json': JSON.stringify({ version: 1, cli: { analytics: false, cache: { enabled: false } }, projects }),
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['src/main.ts'] }),
    'src/main.ts': main(from),
    'src/app.js': script(from).replace('void signIn()', 'export const run = () => void signIn()'),
    'src/index.html': '<!doctype html><title>App</title><app-root></app-root>',
  });
  await run(ng, ['build'], { cwd, env: { NG_CLI_ANALYTICS: 'false' } });
  return join(cwd, 'dist/browser');
}

test('a build of poolpass/inline signs in, without an asset', async (t) => {
  const dist = await built(t, 'inline', 'poolpass/inline', []);
  assert.deepEqual(readdirSync(dist).filter((name) => name.endsWith('.wasm')), []);
  await signsIn(t, (await serve(t, dist)).origin);
});

test('a build of poolpass signs in with the line in angular.json', async (t) => {
  await signsIn(t, (await serve(t, await built(t, 'asset', 'poolpass', ASSETS))).origin);
});

test('a build of poolpass without the line names what to do', async (t) => {
  const { error } = await visit(t, (await serve(t, await built(t, 'no-asset', 'poolpass', []))).origin);
  assert.deepEqual([error.code, error.reason, error.status], ['wasm_load', 'not_found', 404]);
  assert.ok(error.recoverySuggestion.includes(INLINE));
});
