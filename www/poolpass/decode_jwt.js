// Reading a token. Not part of the start: bundlers leave it out of an app that does not use it.
import { misuse } from './error.js';
import { jwt } from './session.js';
import { withPayload } from './stored.js';

/** A token in Amplify's form, with its claims. */
export function decodeJWT(token) {
  try {
    if (token.split('.').length === 3) return jwt(withPayload(token));
  } catch {
    // No text, no base64 or no JSON.
  }
  throw misuse('The token is not a JWT.');
}
