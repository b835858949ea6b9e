// docs/bundlers.md and the README name the lines that the tests of this folder use.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as lines from './lines.mjs';

const read = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test('the page on bundlers has every line', () => {
  const page = read('docs/bundlers.md');
  for (const [name, line] of Object.entries(lines)) assert.ok(page.includes(line), `docs/bundlers.md lacks ${name}: ${line}`);
});

test('the page names the versions that are tested', () => {
  const page = read('docs/bundlers.md');
  const versions = ['', 'all/'].flatMap((folder) => Object.entries(JSON.parse(read(`tests/pack/bundlers/${folder}package.json`)).devDependencies));
  const major = (version) => /(\d+)\./.exec(version)[1];
  for (const [name, title] of Object.entries({ vite: 'Vite', vite5: 'Vite', vite6: 'Vite', vite7: 'Vite', webpack: 'webpack', vitest: 'Vitest', rollup: 'Rollup', next: 'Next.js', '@angular/core': 'Angular' })) {
    const [, version] = versions.find(([package_]) => package_ === name);
    assert.match(page, new RegExp(`\\| ${title}[^|]*\\b${major(version)}\\b`), `${title} ${version}`);
  }
});
