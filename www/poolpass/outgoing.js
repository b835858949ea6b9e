// A request of the app's, checked before it is sent: it is valid, and it will carry its credential.
import { isPoolpassError, misuse } from './shared.js';
import { sentInput } from './url.js';

/**
 * The request that `fetch` would make of these arguments. `isSigned` tells whether requests to a URL are signed.
 *
 * @throws PoolpassError with code `bad_input` if they do not make one; it names the argument.
 */
export function requestOf(input, init, isSigned) {
  try {
    return new Request(sentInput(input, isSigned), init);
  } catch (cause) {
    if (isPoolpassError(cause)) throw cause;
    if (isUsable(input)) throw misuse('fetch cannot take a member of init: see the cause.', cause);
    // The cause would quote the URL, which may hold a password.
    throw misuse('The input of fetch must be a valid URL without a password, or a Request whose body has not been used.');
  }
}

function isUsable(input) {
  try {
    if (input instanceof Request) return !input.bodyUsed;
    return Boolean(new Request(input));
  } catch {
    return false;
  }
}

/** Refuses a request that browsers would send without its credential. */
export function checkMode({ mode }) {
  if (mode === 'no-cors') throw misuse("mode 'no-cors' cannot be used: the browser would leave the credential out. Use 'cors'.");
}

/**
 * Whether the body comes from a stream, which can be sent only once.
 *
 * No member of a Request tells. But the standard refuses the mode `no-cors` for such a body and for no other (Fetch, section
 * 5.4, "new Request": the body's source is null).
 */
export function isStreamed(request) {
  if (!request.body) return false;
  let copy = request.clone();
  try {
    // All else that this mode refuses is replaced.
    copy = new Request(copy, { method: 'POST', mode: 'no-cors', headers: {}, cache: 'default', integrity: '' });
    return false;
  } catch {
    return true;
  } finally {
    copy.body?.cancel().catch(() => {}); // or the body would be kept in memory for the copy
  }
}

/** Adds the credential. */
export function attach(headers, request) {
  for (const [name, value] of Object.entries(headers)) {
    request.headers.set(name, value);
    // A request of some modes ignores it.
    if (request.headers.get(name) !== value) throw misuse(`The request cannot carry the header ${name}: its mode is '${request.mode}'.`);
  }
}
