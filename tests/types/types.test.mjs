// The types of the installed package, as TypeScript reads them under each module resolution.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { app, run } from '../pack/tarball.mjs';
import { compile } from './compile.mjs';

const RESOLUTIONS = {
  node16: { module: 'node16', moduleResolution: 'node16' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

for (const [name, options] of Object.entries(RESOLUTIONS)) {
  test(`right uses compile and wrong ones do not, under ${name} resolution`, (t) => {
    const folder = app(t);
    const sources = ['should-compile.ts', 'should-not-compile.ts'];
    for (const source of sources) copyFileSync(fileURLToPath(new URL(source, import.meta.url)), join(folder, source));
    assert.equal(compile(folder, options, sources), '');
  });
}

for (const [name, options] of Object.entries(RESOLUTIONS)) {
  test(`the wasm file has types, under ${name} resolution`, (t) => {
    const folder = app(t);
    writeFileSync(join(folder, 'wasm.ts'), "import { load } from 'poolpass';\nimport wasm from 'poolpass/poolpass.wasm';\nawait load(wasm);\nexport {};\n");
    assert.equal(compile(folder, options, ['wasm.ts']), '');
  });
}

const POOL = "userPoolId: 'eu-west-1_AbCdEf123', userPoolClientId: '1h57kf5cpq17m0eml12EXAMPLE'";
const TYPOS = {
  redirectSignIn: `{ userPool: { ${POOL}, oauth: { domain: 'a.example.com', redirectSignin: [] } } }`,
  userPool: `{ userpool: { ${POOL} } }`,
  userPoolClientId: "{ userPool: { userPoolId: 'eu-west-1_AbCdEf123', userPoolClientID: 'x' } }",
  identityPool: `{ userPool: { ${POOL} }, identitypool: { identityPoolId: 'eu-west-1:x' } }`,
  allowGuestAccess: "{ identityPool: { identityPoolId: 'eu-west-1:x', allowGuestAcces: true } }",
  defaultAuthMode: `{ userPool: { ${POOL} }, graphql: { endpoint: 'https://api.example.com/graphql', defaultAuthMod: 'iam' } }`,
  storage: `{ userPool: { ${POOL} }, storge: 'local' }`,
};
for (const [name, config] of Object.entries(TYPOS)) {
  test(`the compiler points at a typo in the configuration: '${name}'`, (t) => {
    const folder = app(t);
    writeFileSync(join(folder, 'typo.ts'), `import { createAuth } from 'poolpass';\nawait createAuth(${config});\n`);
    const said = compile(folder, RESOLUTIONS.node16, ['typo.ts']);
    assert.match(said, new RegExp(`Did you mean to write '${name}'\\?`));
    assert.doesNotMatch(said, /aws_project_region/);
  });
}

test('clients of the AWS SDK take getCredentials as it is', (t) => {
  const folder = app(t);
  copyFileSync(fileURLToPath(new URL('aws-sdk.ts', import.meta.url)), join(folder, 'aws-sdk.ts'));
  symlinkSync(fileURLToPath(new URL('../../node_modules/@aws-sdk', import.meta.url)), join(folder, 'node_modules/@aws-sdk'), 'junction');
  assert.equal(compile(folder, { ...RESOLUTIONS.bundler, skipLibCheck: true }, ['aws-sdk.ts']), '');
});

test("methods take the place of Amplify's functions, but for those that docs/amplify.md lists", (t) => {
  const folder = app(t);
  copyFileSync(fileURLToPath(new URL('amplify.ts', import.meta.url)), join(folder, 'amplify.ts'));
  const [, table] = readFileSync(new URL('../../docs/amplify.md', import.meta.url), 'utf8').split('\n## Types that differ\n');
  const names = [...table.split('\n## ')[0].matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => `'${name}'`);
  writeFileSync(join(folder, 'listed.ts'), `export type Listed = ${names.join(' | ')};\n`);
  for (const name of ['aws-amplify', '@aws-amplify']) {
    symlinkSync(fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url)), join(folder, 'node_modules', name), 'junction');
  }
  const options = { ...RESOLUTIONS.bundler, skipLibCheck: true, exactOptionalPropertyTypes: false };
  assert.equal(compile(folder, options, ['amplify.ts']), '');
});

test('the compiler is really asked', (t) => {
  const folder = app(t);
  writeFileSync(join(folder, 'wrong.ts'), "import { noSuchExport } from 'poolpass';\nexport default noSuchExport;\n");
  assert.match(compile(folder, RESOLUTIONS.node16, ['wrong.ts']), /wrong\.ts.*noSuchExport/);
});

test('types and runtime export the same names', (t) => {
  const folder = app(t);
  const names = JSON.parse(run(folder, "console.log(JSON.stringify(Object.keys(await import('poolpass'))))"));
  assert.ok(names.includes('createAuth'));
  // A key too many and a key too few are both errors here.
  const object = names.map((name) => `${JSON.stringify(name)}: true`).join(', ');
  writeFileSync(join(folder, 'names.ts'), `
    import * as poolpass from 'poolpass';
    export const names: Record<keyof typeof poolpass, true> = { ${object} };
  `);
  assert.equal(compile(folder, RESOLUTIONS.node16, ['names.ts']), '');
});
