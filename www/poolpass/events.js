// Events, from the wasm and from other tabs. Every script of the origin can write on the channel between the tabs, so each
// message is checked completely before a handler is called.
import { PoolpassError } from './error.js';

const isText = (value) => typeof value === 'string';
const isTextIfAny = (value) => value === undefined || isText(value);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function isError(value) {
  return (
    isObject(value) &&
    [value.name, value.code, value.message].every(isText) &&
    [value.reason, value.recoverySuggestion, value.requestId].every(isTextIfAny) &&
    ['undefined', 'boolean'].includes(typeof value.retryable) &&
    ['undefined', 'number'].includes(typeof value.status)
  );
}

const isUser = ({ username, userId }) => isText(username) && isText(userId);
const hasError = ({ error }) => isError(error);
const mayHaveError = ({ error }) => error === undefined || isError(error);
const isAnything = () => true;

/** Each event with the form of its data. */
const FORMS = {
  signedIn: isUser,
  signedOut: mayHaveError,
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

/** Calls the handlers of an event later, so that none runs inside the wasm. */
export function announce(handlers, message, isRemote) {
  queueMicrotask(() => {
    const { event, data } = read(message, isRemote) ?? {};
    const shown = data?.error ? { ...data, error: new PoolpassError(data.error) } : data;
    for (const { handler } of [...(handlers.get(event) ?? [])]) {
      try {
        handler({ event, data: shown, origin: isRemote ? 'remote' : 'local' });
      } catch (error) {
        (globalThis.reportError ?? console.error)(error); // an app's mistake is the app's to see, and stops no other handler
      }
    }
  });
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
  return isKnown && FORMS[event](data) ? { event, data } : undefined;
}
