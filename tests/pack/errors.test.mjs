// Errors of the built package: the wasm has no texts, and errors.js has them all. It is loaded with the first error, and an error
// is usable without it.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { SETTINGS, cognito } from '../realtime/cognito.mjs';
import { files, tarball } from './tarball.mjs';

const folder = dirname(tarball);
const imported = (name, from = folder) => import(pathToFileURL(join(from, name)));
const { MESSAGES, SUGGESTIONS } = await imported('errors.js');
const { createAuth, isPoolpassError } = await imported('index.js');
const USER_POOL = { ...SETTINGS, identityPool: undefined };

/** The members of the error that a promise is rejected with. */
async function membersOf(promise) {
  const error = await promise.then(() => assert.fail('there is no error'), (error) => error);
  assert.ok(isPoolpassError(error), String(error));
  const { name, code, message, reason, retryable, recoverySuggestion, status, requestId, retryAfterMs } = error;
  const members = { name, code, message, reason, retryable, recoverySuggestion, status, requestId, retryAfterMs };
  return JSON.parse(JSON.stringify(members));
}

/** An auth whose service answers with this. */
async function authWith(t, answer, make = createAuth) {
  const auth = await make(USER_POOL);
  const { fetch } = globalThis;
  t.after(() => {
    globalThis.fetch = fetch;
    auth.dispose();
  });
  globalThis.fetch = answer;
  return auth;
}

const ZOE = { username: 'zoe', password: 'Correct-Horse7!', options: { authFlowType: 'USER_PASSWORD_AUTH' } };
const unreachable = async () => {
  throw new TypeError('Failed to fetch');
};

test('no wasm has a text of an error', () => {
  const texts = [...Object.values(MESSAGES).flat(), ...Object.values(SUGGESTIONS)];
  const fragments = texts.flatMap((text) => text.split('{}')).filter((fragment) => fragment.length > 10);
  assert.ok(fragments.length > 150);
  const wasms = [...files()].filter(([name]) => name.endsWith('.wasm'));
  assert.ok(wasms.length > 0);
  for (const [name, bytes] of wasms) {
    assert.ok(bytes.includes('bad_config') && bytes.includes('NetworkError'), 'words can be found in it');
    assert.deepEqual(fragments.filter((fragment) => bytes.includes(fragment)), [], name);
  }
});

/** These scripts and what they import, but for what is imported when it is needed. */
function withImports(names, seen = new Set()) {
  for (const name of names.filter((name) => !seen.has(name))) {
    const script = readFileSync(join(folder, name), 'utf8');
    const imports = script.matchAll(/^(?:import|export) [^;]*?'\.\/([\w.-]+\.js)'/gm);
    withImports(Array.from(imports, ([, next]) => next), seen.add(name));
  }
  return seen;
}

test('the texts are imported when they are needed', () => {
  const seen = withImports(['index.js', 'sign-in.js', 'user-pool.js', 'everything.js', 'sign_in_rest.js', 'user_pool_rest.js']);
  assert.ok(['explained.js', 'kit.js', 'platform.js'].every((name) => seen.has(name)));
  assert.ok(!seen.has('explain.js') && !seen.has('errors.js'));
});

test('poolpass/inline has them with it: a service worker cannot import', async (t) => {
  assert.ok(withImports(['inline.js']).has('errors.js'));
  const copy = await mkdtemp(join(tmpdir(), 'poolpass-'));
  t.after(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(folder, copy, { recursive: true });
  const explained = join(copy, 'explained.js');
  writeFileSync(explained, readFileSync(explained, 'utf8').replace("import('./explain.js')", 'Promise.reject(new TypeError())'));
  for (const [entry, message] of [['index.js', 'signed_out'], ['inline.js', 'User needs to be authenticated to call this API.']]) {
    const { createAuth: make } = await imported(entry, copy);
    const auth = await authWith(t, unreachable, make);
    assert.equal((await membersOf(auth.getCurrentUser())).message, message);
  }
});

test('a bad setting has its path and its problem', async () => {
  const config = { ...USER_POOL, userPool: { ...USER_POOL.userPool, userPoolId: 'no' } };
  assert.deepEqual(await membersOf(createAuth(config)), {
    name: 'AuthConfigException',
    code: 'bad_config',
    message: 'Configuration: userPool.userPoolId is not of the form <region>_<name>.',
    retryable: false,
  });
});

test('each kind of error has the members that it had', async (t) => {
  const auth = await authWith(t, unreachable);
  const input = { name: 'InvalidInput', code: 'bad_input', retryable: false };
  assert.deepEqual(await membersOf(auth.signIn({ ...ZOE, username: '' })), {
    ...input,
    name: 'EmptySignInUsername',
    message: 'username is required to signIn',
  });
  assert.deepEqual(await membersOf(auth.signIn({ ...ZOE, unknown: 1 })), {
    ...input,
    message: 'The input has an option that is unknown or of the wrong type: unknown',
  });
  assert.deepEqual(await membersOf(auth.getCurrentUser()), {
    name: 'UserUnAuthenticatedException',
    code: 'signed_out',
    message: 'User needs to be authenticated to call this API.',
    retryable: false,
    recoverySuggestion: 'Sign in before calling this API.',
  });
  assert.deepEqual(await membersOf(auth.verifyToken({ token: 'no', tokenUse: 'id' })), {
    name: 'TokenInvalidException',
    code: 'token_invalid',
    reason: 'malformed_token',
    message: 'The token failed verification: malformed_token.',
    retryable: false,
    recoverySuggestion: 'Start the sign-in again. If it fails again, check for a proxy between this page and Cognito.',
  });
  assert.deepEqual(await membersOf(auth.signIn(ZOE)), {
    name: 'NetworkError',
    code: 'network',
    message: 'A network error has occurred. There was no answer from cognito-idp.eu-west-1.amazonaws.com.',
    retryable: true,
    recoverySuggestion: 'Check the connection and try again. A wrong endpoint and a CORS block look the same to a page.',
  });
});

const json = (body, status = 200, headers = {}) => new Response(JSON.stringify(body), { status, headers: { 'x-amzn-requestid': 'r-1', ...headers } });

test('a service’s error has the service’s name and text', async (t) => {
  const auth = await authWith(t, async () => json({ __type: 'LimitExceededException', message: 'Attempt limit {} exceeded.' }, 400, { 'retry-after': '90' }));
  assert.deepEqual(await membersOf(auth.signIn(ZOE)), {
    name: 'LimitExceededException',
    code: 'service',
    reason: 'attempt_limit',
    message: 'Attempt limit {} exceeded.',
    retryable: false,
    recoverySuggestion: 'Wait a few minutes before the next attempt: each failed attempt makes the wait longer.',
    status: 400,
    requestId: 'r-1',
    retryAfterMs: 90_000,
  });
});

test('a malformed response has its place', async (t) => {
  const auth = await authWith(t, async () => json({}));
  const malformed = await membersOf(auth.signIn(ZOE));
  assert.deepEqual([malformed.code, malformed.message], ['invalid_response', 'The service sent an invalid answer: AuthenticationResult is missing.']);
});

test('an error whose texts cannot be loaded has all but them', async (t) => {
  const copy = await mkdtemp(join(tmpdir(), 'poolpass-'));
  t.after(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(folder, copy, { recursive: true });
  rmSync(join(copy, 'errors.js'));
  const { createAuth: make } = await imported('index.js', copy);
  const auth = await authWith(t, unreachable, make);
  assert.deepEqual(await membersOf(auth.signIn(ZOE)), {
    name: 'NetworkError',
    code: 'network',
    message: 'network: cognito-idp.eu-west-1.amazonaws.com',
    retryable: true,
  });
  const { answer } = cognito();
  globalThis.fetch = async (_, init) => new Response(JSON.stringify(answer(init).json));
  assert.equal((await auth.signIn(ZOE)).isSignedIn, true);
});
