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
