// Every supported version of Vite: its development server and its build, without a configuration where possible.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as vite8 from 'vite';
import * as vite5 from 'vite5';
import * as vite6 from 'vite6';
import * as vite7 from 'vite7';
import { INLINE, VITE } from '../lines.mjs';
import { build, develop, developInWorkspace } from '../vite.mjs';
import { signsIn, visit } from '../visit.mjs';

for (const [version, vite] of Object.entries({ 5: vite5, 6: vite6, 7: vite7, 8: vite8 })) {
  for (const from of ['poolpass', 'poolpass/inline']) {
    const name = `vite${version}-${from.replace('/', '-')}`;

    test(`Vite ${version}: the development server signs in with ${from}`, async (t) => {
      await signsIn(t, await develop(t, vite, import.meta.dirname, `${name}-dev`, from));
    });

    test(`Vite ${version}: a build signs in with ${from}`, async (t) => {
      const { origin } = await build(t, vite, import.meta.dirname, `${name}-build`, from);
      await signsIn(t, origin);
    });
  }

  test(`Vite ${version}: in a workspace, the development server signs in with the line`, async (t) => {
    await signsIn(t, await developInWorkspace(t, vite, import.meta.dirname, `vite${version}-workspace`, 'poolpass', VITE));
  });

  test(`Vite ${version}: in a workspace, the error of the development server names the line`, async (t) => {
    const { error } = await visit(t, await developInWorkspace(t, vite, import.meta.dirname, `vite${version}-no-line`, 'poolpass'));
    assert.deepEqual([error.code, error.reason, error.status], ['wasm_load', 'not_found', 200]);
    assert.match(error.message, /\/poolpass_bg\.wasm answered with status 200, content type text\/html/);
    for (const line of [VITE, INLINE]) assert.ok(error.recoverySuggestion.includes(line), error.recoverySuggestion);
  });
}
