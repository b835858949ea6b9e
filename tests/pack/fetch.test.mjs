// A `globalThis.fetch` that is not the browser's: mocks, polyfills, wrappers. Whatever it does, the call settles with an
// error that has a code, or works; and the session's lock is released.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { Readable } from 'node:stream';
import vm from 'node:vm';
import { SETTINGS } from '../realtime/cognito.mjs';
import { Locks, codeOf, createAuth, replace, rest, signedIn, test } from './replaced_globals.mjs';

const thrower = () => {
  throw new TypeError('replaced');
};
const never = () => new Promise(() => {});
const stream = (...chunks) => ({ getReader: () => ({ read: async () => (chunks.length > 0 ? { value: chunks.shift(), done: false } : { done: true }) }) });
const read = async (response) => {
  await response.text();
  return response;
};
const locked = (response) => {
  response.body.getReader();
  return response;
};
const otherRealm = (reply) => vm.runInNewContext('Uint8Array.from(bytes)', { bytes: [...new TextEncoder().encode(reply)] });

/** What `fetch` does with a reply that would refresh the session, and the code of the error that comes of it, if any. */
const FETCHES = {
  'returns undefined': [() => undefined, 'no_fetch'],
  'returns a promise of undefined': [async () => undefined, 'no_fetch'],
  'returns a number': [async () => 200, 'no_fetch'],
  'throws': [thrower, 'network'],
  'is rejected with undefined': [() => Promise.reject(), 'network'],
  'returns a thenable whose `then` throws': [() => Object.defineProperty({}, 'then', { get: thrower }), 'network'],
  'returns a response without a status': [async (reply) => ({ ok: true, text: async () => reply }), 'no_fetch'],
  'returns a response whose getters throw': [async () => new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : thrower()) }), 'no_fetch'],
  'returns a response whose body is read': [(reply) => read(new Response(reply)), 'no_fetch'],
  'returns a response whose body is locked': [async (reply) => locked(new Response(reply)), 'no_fetch'],
  'returns a response with neither body nor text() nor json()': [async () => ({ status: 200 }), 'no_fetch'],
  'gives a text() that is no text': [async () => ({ status: 200, text: async () => 5 }), 'no_fetch'],
  'gives a text() that throws': [async () => ({ status: 200, text: thrower }), 'no_fetch'],
  'gives a text() that is rejected': [async () => ({ status: 200, text: () => Promise.reject(new Error('premature close')) }), 'network'],
  'gives a text() beyond all bounds': [async () => ({ status: 200, text: async () => 'x'.repeat(2_000_000) }), 'reply_too_large'],
  'gives a json() that is no JSON': [async () => ({ status: 200, json: async () => 1n }), 'no_fetch'],
  'gives chunks of text': [async (reply) => ({ status: 200, body: stream(reply) }), 'no_fetch'],
  'gives chunks that are ArrayBuffers': [async () => ({ status: 200, body: stream(new ArrayBuffer(8)) }), 'no_fetch'],
  'gives chunks that lie about their length': [async () => ({ status: 200, body: stream({ length: 4, get 0() { return thrower(); } }) }), 'no_fetch'],
  'gives chunks beyond all bounds': [async () => ({ status: 200, body: stream({ length: 1e300 }) }), 'reply_too_large'],
  'gives no chunk': [async () => ({ status: 200, body: { getReader: () => ({ read: async () => undefined }) } }), 'no_fetch'],
  'gives a reader without read()': [async () => ({ status: 200, body: { getReader: () => ({}) } }), 'no_fetch'],
  'gives a reader that is rejected': [async () => ({ status: 200, body: { getReader: () => ({ read: () => Promise.reject() }) } }), 'network'],
  'is a mock with json() and text()': [async (reply) => ({ status: 200, ok: true, json: async () => JSON.parse(reply), text: async () => reply })],
  'is a mock with json()': [async (reply) => ({ status: 200, ok: true, json: async () => JSON.parse(reply) })],
  'is a mock whose json() is not asynchronous': [(reply) => ({ status: 200, ok: true, json: () => JSON.parse(reply) })],
  'is a mock of a refusal': [async () => ({ status: 400, json: async () => ({ __type: 'TooManyRequestsException', message: 'later' }) }), 'service'],
  'is node-fetch’s, with a stream of Node.js': [async (reply) => ({ status: 200, headers: new Map(), body: Readable.from([reply]), text: async () => reply })],
  'gives headers that throw': [async (reply) => ({ status: 200, headers: { get: thrower }, text: async () => reply })],
  'gives headers that are an object': [async (reply) => ({ status: 200, headers: { date: 'today' }, text: async () => reply })],
  'gives chunks of another realm': [async (reply) => ({ status: 200, body: stream(otherRealm(reply)) })],
};

for (const [does, [fetch, code]] of Object.entries(FETCHES)) {
  test(`a fetch that ${does}: ${code ?? 'works'}`, async (t) => {
    const { auth, locks, reply, refresh } = await signedIn(t);
    replace(t, globalThis, { values: { fetch: () => fetch(reply) } });
    assert.equal(await codeOf(refresh()), code);
    await rest();
    assert.equal(locks.held.size, 0);
    assert.equal((await auth.getCurrentUser()).username, 'zoe');
  });
}

test('a fetch that is missing', async (t) => {
  const { locks, refresh } = await signedIn(t);
  replace(t, globalThis, { values: { fetch: undefined } });
  const error = await refresh().catch((error) => error);
  assert.deepEqual([error.name, error.code, error.retryable], ['NetworkError', 'no_fetch', false]);
  assert.match(error.recoverySuggestion, /replaced globalThis\.fetch/);
  assert.equal(locks.held.size, 0);
});

for (const [where, timeout] of Object.entries({ 'AbortSignal.timeout': undefined, 'setTimeout, without AbortSignal.timeout': null })) {
  test(`a fetch that never settles and ignores its signal ends at the deadline, by ${where}`, async (t) => {
    const { locks, refresh } = await signedIn(t);
    const { timeout: signal } = AbortSignal;
    const timer = setTimeout;
    const soon = (ms) => (ms === 15_000 ? 1 : ms);
    replace(t, globalThis, { values: { fetch: never, setTimeout: (act, ms) => timer(act, soon(ms)) } });
    replace(t, AbortSignal, { values: { timeout: timeout === null ? undefined : (ms) => signal.call(AbortSignal, soon(ms)) } });
    // Signals' timers alone do not keep a process alive.
    const alive = setInterval(() => {}, 1_000);
    t.after(() => clearInterval(alive));
    assert.equal(await codeOf(refresh()), 'timeout');
    await rest();
    assert.equal(locks.held.size, 0);
  });
}

/** Globals that requests use, and the code of the error that comes of it, if any. */
const GLOBALS = {
  'AbortSignal.timeout and AbortSignal.any that are missing': [() => AbortSignal, { timeout: undefined, any: undefined }],
  'AbortSignal.timeout and AbortSignal.any that throw': [() => AbortSignal, { timeout: thrower, any: thrower }],
  'AbortSignal.timeout and AbortSignal.any that return nothing': [() => AbortSignal, { timeout() {}, any() {} }],
  'no AbortSignal and no AbortController': [() => globalThis, { AbortSignal: undefined, AbortController: undefined }],
  'a setTimeout that throws': [() => globalThis, { setTimeout: thrower }],
  'a Date.now that throws': [() => Date, { now: thrower }],
  'a Date.now that gives no number': [() => Date, { now: () => 5n }],
};

for (const [what, [object, values]] of Object.entries(GLOBALS)) {
  test(`a refresh with ${what}`, async (t) => {
    const { locks, reply, refresh } = await signedIn(t);
    replace(t, globalThis, { values: { fetch: async () => new Response(reply) } });
    replace(t, object(), { values });
    assert.equal(await codeOf(refresh()), undefined);
    await rest();
    assert.equal(locks.held.size, 0);
  });
}

test('a pause without a setTimeout is none, and attempts come to an end', async (t) => {
  const { auth } = await signedIn(t);
  let attempts = 0;
  const fetch = async () => {
    attempts += 1;
    throw new TypeError('no connection');
  };
  replace(t, globalThis, { values: { fetch, setTimeout: thrower } });
  assert.equal(await codeOf(auth.fetchUserAttributes()), 'network');
  assert.equal(attempts, 3);
});

test('a signal that only inherits from one is refused as bad input', async (t) => {
  const { auth } = await signedIn(t);
  const signals = [Object.create(AbortSignal.prototype), new Proxy(new AbortController().signal, { get: thrower })];
  for (const signal of signals) assert.equal(await codeOf(auth.fetchAuthSession({ signal })), 'bad_input');
});

test('a signature that cannot be verified for want of WebCrypto is not called wrong', async (t) => {
  const { auth } = await signedIn(t);
  const { tokens } = await auth.fetchAuthSession();
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }];
  replace(t, globalThis, { values: { fetch: async () => new Response(JSON.stringify({ keys })) } });
  const verify = () => codeOf(auth.verifyToken({ token: tokens.accessToken.toString(), tokenUse: 'access' }));
  assert.equal(await verify(), 'token_invalid');
  replace(t, globalThis.crypto, { values: { subtle: undefined } });
  assert.equal(await verify(), 'no_crypto');
});

test('without random numbers nobody signs in', async (t) => {
  replace(t, globalThis, { values: { navigator: { locks: new Locks() } } });
  const auth = await createAuth({ ...SETTINGS, identityPool: undefined });
  t.after(() => auth.dispose());
  replace(t, globalThis.crypto, { values: { getRandomValues: thrower } });
  assert.equal(await codeOf(auth.signIn({ username: 'zoe', password: 'Correct-Horse7!' })), 'no_random');
});
