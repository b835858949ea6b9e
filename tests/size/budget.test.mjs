// No page loads more than size.json allows; and what is said if one does.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { violations, written } from '../../xtask/scripts/budget.mjs';
import { measure } from '../../xtask/scripts/measure.mjs';

const allowed = JSON.parse(readFileSync(new URL('../../size.json', import.meta.url), 'utf8'));

test('every page is within its budget', async () => {
  const measured = await measure(process.env.POOLPASS_PKG, process.env.POOLPASS_NAMED_WASM);
  const lines = violations(allowed, measured);
  assert.equal(lines.length, 0, lines.join('\n'));
});

const state = (brotli, index, session) => ({
  pages: { a: { brotli, parts: { 'index.js': index, 'x.wasm': session + 10 } } },
  wasm: { 'x.wasm': { session, data: 10 } },
});

test('growth names the page, the excess, and the files and layers that grew', () => {
  const budget = written(state(10_000, 500, 2_000));
  assert.equal(budget.pages.a.budget, 10_100);
  assert.deepEqual(violations(budget, state(10_100, 900, 2_000)), []);
  const [line, ...others] = violations(budget, state(10_500, 900, 3_500));
  assert.deepEqual(others, []);
  assert.match(line, /^a loads 10,500 bytes \(brotli\), 400 over its budget of 10,100 and 500 more/);
  assert.match(line, /x\.wasm \+1,500, index\.js \+400, x\.wasm: session \+1,500$/);
});

test('a page without a budget and a budget without a page are violations', () => {
  const budget = written(state(1_000, 1, 1));
  const { pages, wasm } = state(1_000, 1, 1);
  const lines = violations(budget, { pages: { b: pages.a }, wasm });
  assert.equal(lines.length, 2);
  assert.match(lines[0], /^b has no budget/);
  assert.match(lines[1], /a budget for a,/);
});
