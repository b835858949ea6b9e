// Events, from the wasm and from other tabs. Every script of the origin can write on the channel between the tabs, so such a
// message is checked completely before a handler is called.
import { explained } from './explained.js';
import { isObject } from './input.js';

export const EVENTS = [
  'signedIn',
  'signedOut',
  'tokenRefresh',
  'tokenRefresh_failure',
  'sessionCorrupted',
  'sessionPersistFailed',
  'confirmDevice_failure',
  'signInWithRedirect',
  'signInWithRedirect_failure',
  'customOAuthState',
];

/** Makes the check whether a value has one of these types. */
export const is = (...types) => (value) => types.includes(typeof value);
const isText = is('string');

/** Between tabs an error has its message: versions of the package may differ. */
const isError = (value) =>
  isObject(value) &&
  [value.name, value.code, value.message].every(isText) &&
  [value.reason, value.recoverySuggestion, value.requestId, value.detail].every(is('string', 'undefined')) &&
  is('boolean', 'undefined')(value.retryable) &&
  [value.status, value.number, value.retryAfterMs].every(is('number', 'undefined'));

/** The events that other tabs send, those of `session::emit`, with the form of their data beside that of an error. */
const SHARED = new Map([
  ['signedIn', ({ username, userId }) => isText(username) && isText(userId)],
  ['signedOut', () => true],
  ['tokenRefresh', () => true],
]);

/**
 * Makes the function that takes messages. It calls the handlers later, so that none runs inside the wasm, and in order: an event
 * waits until the texts of an earlier event's error are there.
 */
export function announcer(handlers) {
  let last = Promise.resolve();

  async function deliver({ event, data }, isRemote) {
    const shown = data.error ? { ...data, error: await explained(data.error) } : data;
    for (const { handler } of [...handlers.get(event)]) {
      try {
        handler({ event, data: shown, origin: isRemote ? 'remote' : 'local' });
      } catch (error) {
        (globalThis.reportError ?? console.error)(error); // an app's mistake is the app's to see, and stops no other handler
      }
    }
  }

  return (message, isRemote) => {
    const found = isRemote ? checked(message) : JSON.parse(message);
    const turn = () => deliver(found, isRemote);
    if (found) last = last.then(turn, turn);
  };
}

/** Parses another tab's message. `undefined` if it is not an event of ours. */
function checked(message) {
  try {
    const { event, data } = JSON.parse(message);
    return isObject(data) && SHARED.get(event)?.(data) && (data.error === undefined || isError(data.error)) ? { event, data } : undefined;
  } catch {
    return undefined; // from another program
  }
}
