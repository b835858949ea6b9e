// The package's tarball as a stranger gets it: its files, and an app that has it installed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Where `cargo xtask package` left it. */
export const tarball = process.env.POOLPASS_TARBALL;
if (!tarball) throw new Error('POOLPASS_TARBALL is not set: run this through cargo xtask test pack');

/** Its files by name, without npm's leading `package/`. */
export function files() {
  const bytes = gunzipSync(readFileSync(tarball));
  const found = new Map();
  // A tar archive is blocks of 512 bytes: a header (name at 0, size in octal at 124), then the file.
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const name = text(bytes.subarray(at, at + 100));
    const size = parseInt(text(bytes.subarray(at + 124, at + 136)), 8);
    found.set(name.replace(/^package\//, ''), bytes.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}

/** An empty ESM app with the tarball installed, gone after the test; the folder's path. */
export function app(test) {
  const folder = mkdtempSync(join(tmpdir(), 'poolpass-app-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const options = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync(npm, ['install', ...options, tarball], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return folder;
}

/** Runs a module in an app's folder; what it printed. */
export function run(folder, source) {
  writeFileSync(join(folder, 'main.js'), source);
  return execFileSync(process.execPath, ['main.js'], { cwd: folder, encoding: 'utf8' });
}

const text = (bytes) => bytes.toString('latin1').replace(/\0.*$/s, '').trim();
