// The one error class, whichever part an error comes from.
const BRAND = Symbol.for('poolpass.error');

export class PoolpassError extends Error {
  constructor({ message, name, code, reason, retryable = false, recoverySuggestion, status, requestId, retryAfterMs }, cause) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, { name, code, reason, retryable, recoverySuggestion, status, requestId, retryAfterMs });
  }

  get [BRAND]() {
    return true;
  }
}

/** Whether a value is a PoolpassError, also of another copy of the package. */
export function isPoolpassError(value) {
  return value?.[BRAND] === true;
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

/** The error of a call that needs a page, in a worker or on a server. explained.js makes it a PoolpassError, with its text. */
export function noWindow(method) {
  return { name: 'NoWindowException', code: 'no_window', number: 0, detail: method };
}

/** The error for a part of this package that cannot be loaded. */
export function unloadable(cause) {
  const message = 'A part of poolpass cannot be loaded.';
  const recoverySuggestion = 'Serve all files of the package beside index.js.';
  return new PoolpassError({ name: 'NetworkError', code: 'network', message, retryable: true, recoverySuggestion }, cause);
}
