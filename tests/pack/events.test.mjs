// Events as the start reads them: from the wasm of this tab, and from other tabs, which may run another version of the package.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { tarball } from './tarball.mjs';

const { EVENTS, announcer } = await import(pathToFileURL(join(dirname(tarball), 'events.js')));
/** The texts that a tab without errors.js puts in. */
const { withMessage } = await import(pathToFileURL(join(dirname(tarball), 'explained.js')));

/** What listeners hear of these messages, up to a last one. */
async function heard(messages, isRemote) {
  const told = [];
  const handlers = new Map(EVENTS.map((event) => [event, new Set([{ handler: (event) => told.push(event) }])]));
  const last = new Promise((resolve) => handlers.get('tokenRefresh').add({ handler: resolve }));
  const hear = announcer(handlers);
  for (const message of [...messages, { event: 'tokenRefresh', data: {} }]) hear(JSON.stringify(message), isRemote);
  await last;
  assert.equal(told.pop().event, 'tokenRefresh');
  return told;
}

const signedOut = (error) => ({ event: 'signedOut', data: { error } });
const REVOKED = { name: 'NotAuthorizedException', code: 'service', retryable: false, reason: 'refresh_reused', message: 'Refresh token reused.', status: 400 };
const EXPIRED = { name: 'UserUnAuthenticatedException', code: 'signed_out', retryable: false, number: 0 };

test('events come in order, also when one has to wait for the texts of its error', async () => {
  const user = { username: 'zoe', userId: 'zoe-1' };
  const messages = [signedOut(REVOKED), { event: 'signedIn', data: user }, signedOut(EXPIRED), { event: 'signedIn', data: user }];
  const told = await heard(messages, false);
  assert.deepEqual(told.map(({ event, origin }) => [event, origin]), ['signedOut', 'signedIn', 'signedOut', 'signedIn'].map((event) => [event, 'local']));
  const [revoked, , expired] = told.map(({ data }) => data.error);
  assert.deepEqual([revoked.message, revoked.recoverySuggestion], [REVOKED.message, 'Sign in again: a page was closed before it could store the new refresh token.']);
  assert.deepEqual([expired.message, expired.recoverySuggestion], ['User needs to be authenticated to call this API.', 'Sign in before calling this API.']);
});

test('an event of another tab gets this version’s texts, or keeps those that it has', async () => {
  const former = { ...REVOKED, recoverySuggestion: 'The former advice.' };
  const later = { name: 'Later', code: 'code_of_a_later_version', message: 'Its text.', number: 12, detail: 'x' };
  const told = await heard([signedOut(REVOKED), signedOut(withMessage(EXPIRED)), signedOut(former), signedOut(later)], true);
  const texts = told.map(({ data: { error } }) => [error.message, error.recoverySuggestion]);
  assert.deepEqual(texts, [
    [REVOKED.message, 'Sign in again: a page was closed before it could store the new refresh token.'],
    ['User needs to be authenticated to call this API.', 'Sign in before calling this API.'],
    [REVOKED.message, 'The former advice.'],
    ['Its text.', undefined],
  ]);
  assert.equal(told[1].data.error.number, undefined);
});

/** The check of the version before this one, which had every text in the wasm. */
const isFormersError = ({ name, code, message, reason, recoverySuggestion, requestId }) =>
  [name, code, message].every((text) => typeof text === 'string') &&
  [reason, recoverySuggestion, requestId].every((text) => text === undefined || typeof text === 'string');

test('what goes to other tabs has a message, which the former version requires', () => {
  assert.ok(!isFormersError(EXPIRED));
  assert.ok(isFormersError(withMessage(EXPIRED)) && isFormersError(withMessage(REVOKED)));
  assert.equal(withMessage(REVOKED).message, REVOKED.message);
});

test('another tab’s message without a text, or with something else in its place, is no event', async () => {
  const bad = [{ message: undefined }, { number: '0' }, { number: {} }, { detail: { toString: 1 } }, { reason: {} }, { code: '__proto__', detail: [] }];
  assert.deepEqual(await heard(bad.map((members) => signedOut({ ...REVOKED, ...members })), true), []);
  const forged = [{ event: 'signedIn', data: { username: 'x', userId: 'y', error: { message: { toString: 1 } } } }, { event: 'tokenRefresh', data: { error: null } }];
  assert.deepEqual(await heard(forged, true), []);
  const odd = ['__proto__', 'constructor', 'toString', ''].map((code) => signedOut({ ...REVOKED, code, reason: code, number: 0 }));
  const told = await heard(odd, true);
  assert.deepEqual(told.map(({ data: { error } }) => [error.message, error.recoverySuggestion]), odd.map(() => [REVOKED.message, undefined]));
});
