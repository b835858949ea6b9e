// The one error class, whichever part an error comes from.
const BRAND = Symbol.for('poolpass.error');

export class PoolpassError extends Error {
  constructor({ message, name, code, reason, retryable = false, recoverySuggestion, status, requestId }, cause) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, { name, code, reason, retryable, recoverySuggestion, status, requestId });
  }

  get [BRAND]() {
    return true;
  }
}

/** Whether a value is a PoolpassError, also of another copy of the package. */
export function isPoolpassError(value) {
  return value?.[BRAND] === true;
}

/** A thrown value as a PoolpassError: the wasm throws an error's JSON. */
export function toError(thrown) {
  if (isPoolpassError(thrown)) return thrown;
  if (typeof thrown === 'string') return new PoolpassError(JSON.parse(thrown));
  return new PoolpassError(
    { name: 'InternalError', code: 'bug', message: 'poolpass has an internal error. Please report it.' },
    thrown,
  );
}

/** The error for bad input. */
export function misuse(message, cause) {
  return new PoolpassError({ name: 'InvalidInput', code: 'bad_input', message }, cause);
}

/** The error of a call whose signal has fired. */
export function aborted(signal) {
  return new PoolpassError({ name: 'AbortError', code: 'aborted', message: 'The operation was aborted.' }, signal.reason);
}

/** The error of a call of an auth that was disposed. */
export function disposed() {
  return new PoolpassError({ name: 'DisposedException', code: 'disposed', message: 'This auth was disposed.' });
}

/** The error of a call that needs a page, in a worker or on a server. */
export function noWindow(method) {
  const message = `${method} needs a page, and there is none here.`;
  const recoverySuggestion = 'Call it in a page, not in a worker or on a server.';
  return new PoolpassError({ name: 'NoWindowException', code: 'no_window', message, recoverySuggestion });
}

/** The error of a `createAuth` that would store a browser's session on a server. */
export function noBrowser() {
  const message = 'createAuth needs a browser here: on a server, all visitors would share one session.';
  const recoverySuggestion =
    "Call createAuth in the browser: with React or Next.js in useEffect. In Node.js, for one user, set storage: 'memory' or your own storage.";
  return new PoolpassError({ name: 'NoWindowException', code: 'no_window', message, recoverySuggestion });
}

/** The error for no answer, or none in time. It names the host of the URL alone: the rest may contain secrets. */
export function unreachable(code, cause, url) {
  const host = url && new URL(url).host;
  const message =
    code === 'timeout'
      ? `${host ?? 'The service'} did not answer in time.`
      : `A network error has occurred.${host ? ` There was no answer from ${host}.` : ''}`;
  return new PoolpassError({ name: 'NetworkError', code, message, retryable: true }, cause);
}
