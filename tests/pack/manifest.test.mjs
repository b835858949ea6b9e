// package.json as npm, bundlers and TypeScript read it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { files } from './tarball.mjs';

const contents = files();
const manifest = JSON.parse(contents.get('package.json'));
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('its version is the crate\'s', () => {
  const [, version] = read('Cargo.toml').match(/^version = "(.+)"$/m);
  assert.equal(manifest.version, version);
});

test('is an ES module without side effects', () => {
  assert.equal(manifest.name, 'poolpass');
  assert.equal(manifest.type, 'module');
  assert.equal(manifest.sideEffects, false);
});

test('brings nothing along and runs nothing', () => {
  const forbidden = ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies', 'devDependencies', 'scripts', 'bin', 'private'];
  for (const key of forbidden) assert.ok(!(key in manifest), key);
});

test('lists its files one by one', () => {
  const listed = [...manifest.files, 'package.json'].sort();
  assert.deepEqual(listed, [...contents.keys()].sort());
});

test('exports only what is there, types first', () => {
  const entries = Object.entries(manifest.exports);
  assert.ok('.' in manifest.exports && './package.json' in manifest.exports);
  for (const [entry, target] of entries) {
    const conditions = typeof target === 'string' ? { default: target } : target;
    const keys = Object.keys(conditions);
    if (keys.length > 1) assert.deepEqual(keys, ['types', 'default'], entry);
    for (const path of Object.values(conditions)) {
      assert.match(path, /^\.\//, entry);
      assert.ok(contents.has(path.slice(2)), `${entry} leads to ${path}, which is missing`);
    }
    if (conditions.default.endsWith('.js')) assert.ok(conditions.types, `${entry} has no types`);
  }
});

test('says who may use it, where it comes from and what it runs on', () => {
  assert.equal(manifest.license, 'MIT OR Apache-2.0');
  assert.match(contents.get('LICENSE-MIT').toString(), /Permission is hereby granted, free of charge/);
  assert.match(contents.get('LICENSE-APACHE').toString(), /Apache License\s+Version 2\.0/);
  assert.match(manifest.repository.url, /^git\+https:\/\/.+\.git$/);
  assert.match(manifest.engines.node, /^>=\d+(\.\d+)*$/);
  assert.ok(manifest.description.length > 20);
  assert.ok(manifest.keywords.includes('cognito'));
});

test('lock files name no registry', () => {
  const folders = ['.', 'xtask/wasm-opt', 'xtask/appsync-simulator', 'tests/pack/bundlers', 'tests/pack/bundlers/all'];
  for (const lock of folders.map((folder) => `${folder}/package-lock.json`)) {
    const packages = Object.entries(JSON.parse(read(lock)).packages);
    assert.ok(packages.length > 1, lock);
    // Links lead to folders of the repository.
    const isOwn = ([name, { link }]) => link || !name.includes('node_modules');
    for (const [name, entry] of packages.filter((each) => !isOwn(each))) {
      assert.ok(!('resolved' in entry), `${lock}: ${name} has a 'resolved' address: set omit-lockfile-registry-resolved`);
      assert.ok(entry.integrity, `${lock}: ${name} has no integrity hash`);
    }
  }
});
