// The JavaScript and TypeScript code in the documentation: it compiles against the package's types, and it works.
import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { endpoint, reset } from '../interop/emulator.mjs';
import { app } from '../pack/tarball.mjs';
import { compile } from '../types/compile.mjs';
import { examples, root, snippets } from './extract.mjs';
import { EXAMPLES, SETUPS } from './setups.mjs';

const known = snippets
  .filter(({ language }) => language === 'js')
  .map((snippet) => ({ ...snippet, setups: SETUPS.filter(({ page, has }) => page === snippet.page && snippet.code.includes(has)) }));

test('every snippet has a setup, and every setup a snippet', () => {
  for (const { page, line, setups } of known) {
    assert.equal(setups.length, 1, `${page}:${line}: tests/snippets/setups.mjs has ${setups.length} setups for this snippet`);
  }
  for (const setup of SETUPS) {
    const users = known.filter(({ setups }) => setups.includes(setup));
    assert.equal(users.length, 1, `${setup.page} has ${users.length} snippets with ${setup.has}`);
  }
});

test('every snippet, and every example of the types, compiles as TypeScript', (t) => {
  const folder = app(t);
  symlinkSync(join(root, 'node_modules/@aws-sdk'), join(folder, 'node_modules/@aws-sdk'), 'junction');
  const all = [
    ...known.map(({ setups, ...snippet }) => ({ ...snippet, before: setups[0]?.before ?? '' })),
    ...examples.map((example) => ({ ...example, before: EXAMPLES })),
  ];
  const sources = all.map(({ page, line, code, before }) => {
    const name = `${page.replaceAll('/', '_')}_line_${line}.ts`;
    const isModule = /^(import|export) /m.test(`${before}\n${code}`);
    // An example may declare its own `auth`.
    const needed = /^const auth\b/m.test(code) ? before.replace('declare const auth: Auth;', '') : before;
    writeFileSync(join(folder, name), `${needed.replaceAll('\n', ' ')}\n${code}\n${isModule ? '' : 'export {};\n'}`);
    return name;
  });
  assert.equal(compile(folder, { module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true }, sources), '');
});

for (const { page, line, code, setups } of known) {
  for (const { run } of setups) {
    test(`${page}:${line} works, in a browser and against poolpass-local`, async (t) => {
      await reset();
      await run(t, code.replaceAll('http://localhost:9400', endpoint));
    });
  }
}
