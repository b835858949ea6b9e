// Waiting for the app's callbacks, in time that the test moves.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import './start.mjs';
import { resultOf } from '../../www/poolpass/callback.js';
import { clock } from './clock.mjs';

const never = () => new Promise(() => {});
const undisposed = () => new AbortController().signal;
/** Runs pending microtasks. */
const settle = () => new Promise(setImmediate);

test('the result is that of the callback: a value, a promise or a thenable', async () => {
  const disposal = undisposed();
  const thenable = { then: (resolve) => resolve('thenable') };
  for (const [given, result] of [['value', 'value'], [Promise.resolve('promise'), 'promise'], [thenable, 'thenable'], [undefined, undefined]]) {
    assert.equal(await resultOf('logins', () => given, { disposal }), result);
  }
});

test('an error of the callback is passed on unchanged', async () => {
  const own = new Error('own');
  const thrown = () => {
    throw own;
  };
  for (const callback of [thrown, async () => thrown()]) {
    await assert.rejects(resultOf('logins', callback, { disposal: undisposed() }), (error) => error === own);
  }
});

test('a callback that never answers ends after 15 seconds, by name', async (t) => {
  const { tick, pending } = clock(t);
  let error;
  resultOf('authToken', never, { disposal: undisposed() }).catch((thrown) => (error = thrown));
  tick(14_999);
  await settle();
  assert.equal(error, undefined);
  tick(1);
  await settle();
  assert.deepEqual([error.name, error.code, error.retryable], ['CallbackTimeoutException', 'timeout', true]);
  assert.match(error.message, /authToken/);
  assert.equal(pending(), 0);
});

test('a signal and a disposal end the wait at once', async () => {
  const [caller, owner] = [new AbortController(), new AbortController()];
  const wait = () => resultOf('logins', never, { signal: caller.signal, disposal: owner.signal });
  const reason = new Error('enough');
  const aborted = assert.rejects(wait(), { name: 'AbortError', code: 'aborted', cause: reason });
  caller.abort(reason);
  await aborted;
  const disposed = assert.rejects(resultOf('logins', never, { disposal: owner.signal }), { code: 'disposed' });
  owner.abort();
  await disposed;
});

test('nothing is called once a signal has fired or the auth is disposed', async () => {
  let calls = 0;
  const count = () => (calls += 1);
  await assert.rejects(resultOf('logins', count, { signal: AbortSignal.abort(), disposal: undisposed() }), { code: 'aborted' });
  await assert.rejects(resultOf('logins', count, { disposal: AbortSignal.abort() }), { code: 'disposed' });
  assert.equal(calls, 0);
});

test('leaves no listener and no timer behind', async (t) => {
  const { pending } = clock(t);
  const [signal, disposal] = [undisposed(), undisposed()];
  await resultOf('logins', async () => 'x', { signal, disposal });
  await assert.rejects(resultOf('logins', () => Promise.reject(new Error('own')), { signal, disposal }));
  assert.deepEqual([signal, disposal].map((each) => getEventListeners(each, 'abort').length), [0, 0]);
  assert.equal(pending(), 0);
});
