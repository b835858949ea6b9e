// Every supported version of Vite: its development server and its build, both without a configuration.
import { test } from 'node:test';
import * as vite8 from 'vite';
import * as vite5 from 'vite5';
import * as vite6 from 'vite6';
import * as vite7 from 'vite7';
import { build, develop } from '../vite.mjs';
import { signsIn } from '../visit.mjs';

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
}
