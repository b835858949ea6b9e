// The built package in a page whose globals are not the browser's: a service that answers, Web Locks, and what is replaced.
import { dirname, join } from 'node:path';
import { test as nodeTest } from 'node:test';
import { pathToFileURL } from 'node:url';
import { SETTINGS, cognito } from '../realtime/cognito.mjs';
import { tarball } from './tarball.mjs';

export const index = pathToFileURL(join(dirname(tarball), 'index.js'));
export const { createAuth } = await import(index);

/** A test that waits in vain fails, as far as its name. */
export const test = (name, act) => nodeTest(name, { timeout: 60_000 }, act);

/** Replaces members of an object until the test ends; a function in `getters` is the member's getter. */
export function replace(t, object, { values = {}, getters = {} }) {
  const entries = Object.entries(values).map(([name, value]) => [name, { value, writable: true }]);
  for (const [name, property] of [...entries, ...Object.entries(getters).map(([name, get]) => [name, { get }])]) {
    const former = Object.getOwnPropertyDescriptor(object, name);
    Object.defineProperty(object, name, { ...property, configurable: true });
    t.after(() => (former ? Object.defineProperty(object, name, former) : delete object[name]));
  }
}

/** Web Locks as far as one page can tell: who holds a name, and who waits. */
export class Locks {
  held = new Map();

  async request(name, { ifAvailable, signal }, callback) {
    if (ifAvailable && this.held.has(name)) return callback(null);
    while (this.held.has(name)) await Promise.race([this.held.get(name), fired(signal)]);
    const ended = Promise.resolve(callback({ name }));
    this.held.set(name, ended.catch(() => {}));
    return ended.finally(() => this.held.delete(name));
  }
}

function fired(signal) {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}

/** Somebody who is signed in, at a service that answers; what a later answer would be is in `reply`. */
export async function signedIn(t, settings = {}) {
  const locks = new Locks();
  replace(t, globalThis, { values: { navigator: { locks } } });
  const users = cognito();
  const answer = (init) => JSON.stringify(users.answer(init).json);
  const target = { 'x-amz-target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken' };
  const auth = await createAuth({ ...SETTINGS, identityPool: undefined, ...settings });
  t.after(() => auth.dispose());
  replace(t, globalThis, { values: { fetch: async (_, init) => new Response(answer(init)) } });
  await auth.signIn({ username: 'zoe', password: 'Correct-Horse7!', options: { authFlowType: 'USER_PASSWORD_AUTH' } });
  return { auth, locks, reply: answer({ headers: target, body: '{}' }), refresh: () => auth.fetchAuthSession({ forceRefresh: true }) };
}

/** Lets what is under way in this process come to rest. */
export const rest = () => new Promise((resolve) => setImmediate(resolve));

/** The code of the error that a promise is rejected with; `undefined` if it is resolved. */
export const codeOf = (promise) => promise.then(() => undefined, (error) => error.code ?? error);
