// Vitest with jsdom, as an app's own tests use the package: against poolpass-local, without a mock.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { makeApp, script } from './app.mjs';
import { run } from './command.mjs';

const program = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

const appTest = (from) => `
// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
${script(from)}
test('signs in', async () => {
  expect(window.document.title).toBe('');
  await vi.waitFor(() => expect(globalThis.ended).toBeDefined(), 20_000);
  expect(globalThis.ended).toEqual({ user: 'alice' });
}, 30_000);
`;

for (const from of ['poolpass', 'poolpass/inline']) {
  test(`${from} signs in`, async (t) => {
    const cwd = makeApp(t, import.meta.dirname, `vitest-${from.replace('/', '-')}`, { 'app.test.js': appTest(from) });
    assert.match(await run(program, ['run'], { cwd }), /1 passed/);
  });
}
