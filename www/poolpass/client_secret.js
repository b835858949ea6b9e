// The setting `userPool.clientSecret` as a function: it asks the app's server for SECRET_HASH, so that the secret is not in the app.
// Loaded with the first call that needs a hash.
import { resultOf } from './callback.js';
import { misuse } from './shared.js';

/** The hash for a user name: `{ hash }`; or what the function threw, and its text: `{ thrown, text }`. */
export async function secretHash(kit, username, signal) {
  try {
    const ask = kit.functions['userPool.clientSecret'];
    if (!ask) throw misuse('The setting userPool.clientSecret must be a text or a function.');
    const hash = await resultOf('clientSecret', () => ask(username), { signal, disposal: kit.disposal });
    if (typeof hash === 'string' && hash) return { hash };
    throw misuse('The function clientSecret must return a text: the base64 of HMAC-SHA256 of user name and client ID under the secret.');
  } catch (thrown) {
    return { thrown, text: textOf(thrown) };
  }
}

/** The app may throw anything. */
function textOf(thrown) {
  try {
    return String(thrown?.message ?? thrown);
  } catch {
    return '';
  }
}
