// Events, from the wasm and from other tabs. Every script of the origin can write on the channel between the tabs, so each
// message is checked completely before a handler is called.
import { explained } from './explained.js';

const isText = (value) => typeof value === 'string';
const isTextIfAny = (value) => value === undefined || isText(value);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Between tabs an error has its message: versions of the package may differ. The wasm of this tab has numbers for most. */
function isError(value, isRemote) {
  return (
    isObject(value) &&
    [value.name, value.code].every(isText) &&
    (isRemote ? isText : isTextIfAny)(value.message) &&
    [value.reason, value.recoverySuggestion, value.requestId, value.detail].every(isTextIfAny) &&
    ['undefined', 'boolean'].includes(typeof value.retryable) &&
    [value.status, value.number].every((number) => ['undefined', 'number'].includes(typeof number))
  );
}

const isUser = ({ username, userId }) => isText(username) && isText(userId);
const hasError = ({ error }) => error !== undefined;
const isAnything = () => true;

/** Each event with the form of its data, beside that of an error. */
const FORMS = {
  signedIn: isUser,
  signedOut: isAnything,
  tokenRefresh: isAnything,
  tokenRefresh_failure: hasError,
  sessionCorrupted: isAnything,
  sessionPersistFailed: hasError,
  signInWithRedirect: isAnything,
  signInWithRedirect_failure: hasError,
  customOAuthState: isAnything,
};

/** The events that are sent to other tabs: those of `session::events::emit`. */
const SHARED = ['signedIn', 'signedOut', 'tokenRefresh'];

export const EVENTS = Object.keys(FORMS);

/**
 * Makes the function that takes messages. It calls the handlers later, so that none runs inside the wasm, and in order: an event
 * waits until the texts of an earlier event's error are there.
 */
export function announcer(handlers) {
  let last;

  function deliver(event, data, isRemote) {
    for (const { handler } of [...handlers.get(event)]) {
      try {
        handler({ event, data, origin: isRemote ? 'remote' : 'local' });
      } catch (error) {
        (globalThis.reportError ?? console.error)(error); // an app's mistake is the app's to see, and stops no other handler
      }
    }
  }

  return (message, isRemote) => {
    const { event, data } = read(message, isRemote) ?? {};
    if (!event) return;
    if (!last && !data.error) return queueMicrotask(() => deliver(event, data, isRemote));
    const shown = data.error ? explained(data.error).then((error) => ({ ...data, error })) : data;
    const turn = Promise.all([shown, last]).then(([shown]) => {
      if (last === turn) last = undefined;
      deliver(event, shown, isRemote);
    });
    last = turn;
  };
}

/** Parses a message. `undefined` if it is not an event of ours. */
function read(message, isRemote) {
  let parsed;
  try {
    parsed = JSON.parse(message);
  } catch {
    return undefined; // from another program
  }
  if (!isObject(parsed) || !isObject(parsed.data)) return undefined;
  const { event, data } = parsed;
  const isKnown = (isRemote ? SHARED : EVENTS).includes(event);
  const isGood = isKnown && FORMS[event](data) && (data.error === undefined || isError(data.error, isRemote));
  return isGood ? { event, data } : undefined;
}
