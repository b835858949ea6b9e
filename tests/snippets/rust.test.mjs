// The Rust code in the documentation: it compiles for wasm32 in a crate that depends on poolpass-web like an app.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, snippets } from './extract.mjs';

const folder = join(root, 'target/xtask/snippets');

/** Writes a file only if it has changed, so that cargo does nothing otherwise. */
function write(name, text) {
  const path = join(folder, name);
  let old;
  try {
    old = readFileSync(path, 'utf8');
  } catch {}
  if (old !== text) writeFileSync(path, text);
}

/** The compiler's messages about these modules; empty if they compile. */
function check(modules) {
  mkdirSync(join(folder, 'src'), { recursive: true });
  write('Cargo.toml', `[package]\nname = "snippets"\nedition = "2024"\n\n[workspace]\n
[dependencies]\npoolpass-web = { path = "../../../web", features = ["serde-wasm-bindgen"] }\nserde = { version = "1", features = ["derive"] }
wasm-bindgen = "0.2"\nweb-sys = { version = "0.3", features = ["AbortController"] }\n`);
  write('src/lib.rs', modules.map(({ name, code }) => `pub mod ${name} {\n${code}\n}\n`).join('\n'));
  // The repository's versions, which are downloaded already.
  copyFileSync(join(root, 'Cargo.lock'), join(folder, 'Cargo.lock'));
  const options = ['check', '--quiet', '--target', 'wasm32-unknown-unknown', '--target-dir', join(folder, 'target')];
  const { status, stderr } = spawnSync(process.env.CARGO ?? 'cargo', options, { cwd: folder, encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}

test('every snippet compiles for wasm32', () => {
  const modules = snippets
    .filter(({ language }) => language === 'rust')
    .map(({ page, line, code }) => ({ name: `${page.toLowerCase().replaceAll(/\W/g, '_')}_line_${line}`, code }));
  assert.ok(modules.length > 0);
  assert.equal(check(modules), '');
});

test('the compiler is really asked', () => {
  assert.match(check([{ name: 'wrong', code: 'use poolpass_web::NoSuchName;' }]), /NoSuchName/);
});
