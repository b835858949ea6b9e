// What proves to AppSync who asks.
import { misuse } from './error.js';

/** Modes that need no signature. */
const UNSIGNED = /^(apiKey|userPool|oidc|lambda|none)$/;

/** Finds out where to ask, with what, and whether another credential may be had if this one is refused. */
export function prover(run, runWithLogins) {
  return async ({ authToken, renew = false, ...wish }) => {
    const isAsked = typeof authToken === 'function';
    const token = isAsked ? await authToken({ isRefused: renew }) : authToken;
    const ask = UNSIGNED.test(wish.authMode) ? run : runWithLogins; // only a signature needs the app's logins
    const { expiresAt, ...proof } = await ask('appsync', { ...wish, renew, authToken: token });
    // What cannot be sent is not tried: the error of who refuses it may quote it.
    if (!Object.values(proof.headers).every((value) => /^[\x20-\x7e]+$/.test(value))) {
      throw misuse('authToken and apiKey must be printable ASCII, and not empty.');
    }
    const isRenewable = isAsked || proof.authMode === 'userPool' || proof.authMode === 'iam';
    return { ...proof, isRenewable, expiresAt: isRenewable ? expiresAt : undefined };
  };
}
