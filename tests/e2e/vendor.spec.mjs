// The library that the demo carries along is the published one, with its licence.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

for (const [ours, theirs] of [['lean-qr.mjs', 'index.mjs'], ['LICENSE', 'LICENSE']]) {
  test(`lean-qr: ${ours} is that of the npm package`, () => {
    expect(read(`www/demo/vendor/lean-qr/${ours}`)).toBe(read(`node_modules/lean-qr/${theirs}`));
    expect(read('www/demo/vendor/lean-qr/README.md')).toContain(`lean-qr ${JSON.parse(read('node_modules/lean-qr/package.json')).version}\n`);
  });
}
