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

/** Tells a PoolpassError also across two copies of the package. */
export function isPoolpassError(value) {
  return value?.[BRAND] === true;
}

/** What was thrown, as a PoolpassError: the wasm throws an error's JSON. */
export function toError(thrown) {
  if (isPoolpassError(thrown)) return thrown;
  if (typeof thrown === 'string') return new PoolpassError(JSON.parse(thrown));
  return new PoolpassError(
    { name: 'InternalError', code: 'bug', message: 'Something went wrong inside poolpass; please report it.' },
    thrown,
  );
}

/** What the app has got wrong. */
export function misuse(message, cause) {
  return new PoolpassError({ name: 'InvalidInput', code: 'bad_input', message }, cause);
}

/** What ends a call whose signal has fired. */
export function aborted(signal) {
  return new PoolpassError({ name: 'AbortError', code: 'aborted', message: 'The operation was aborted.' }, signal.reason);
}

/** What ends a call of an auth that was disposed. */
export function disposed() {
  return new PoolpassError({ name: 'DisposedException', code: 'disposed', message: 'This auth was disposed.' });
}

/** Nothing came, or not in time. The same call may succeed later. */
export function unreachable(code, cause) {
  const message = code === 'timeout' ? 'The service did not answer in time.' : 'A network error has occurred.';
  return new PoolpassError({ name: 'NetworkError', code, message, retryable: true }, cause);
}
