// The credential that a request, a connection or a subscription carries, and another one where that was refused.
import { aborted, misuse, plain, PoolpassError } from './shared.js';

/** Modes that need no signature. */
const UNSIGNED = /^(apiKey|userPool|oidc|lambda|none)$/;
/** A credential is renewed at most once in this time, however often an API refuses it. */
const RENEWAL_DISTANCE_MS = 60_000;
/** A renewal that takes longer is not waited for: the app's own functions may never answer. */
const RENEW_WITHIN_MS = 15_000;

/**
 * Returns a function that finds the URL and the credential for a purpose; see `renewing`. `pending` gets a function for each
 * call that is under way, which ends it with an error.
 */
export function prover(run, runWithLogins, pending) {
  const prove = async ({ authToken, renew, signal, ...request }) => {
    const isAsked = typeof authToken === 'function';
    const token = isAsked ? await authToken({ isRefused: renew }) : authToken;
    const input = plain({ ...request, renew, authToken: token }, '');
    const isUnsigned = UNSIGNED.test(request.authMode); // only a signature needs the app's logins
    const { expiresAt, ...proof } = await (isUnsigned ? run('appsync', JSON.stringify(input), signal) : runWithLogins('appsync', input, signal));
    // A value that cannot be sent is not tried: the browser's error may quote it.
    if (!Object.values(proof.headers).every((value) => /^[\x20-\x7e]+$/.test(value))) {
      throw misuse('authToken and apiKey must be printable ASCII, and not empty.');
    }
    const isRenewable = isAsked || proof.authMode === 'userPool' || proof.authMode === 'iam';
    return { ...proof, isRenewable, expiresAt: isRenewable ? expiresAt : undefined };
  };
  const bounded = renewing((request) => abortable(prove(request), request.signal, pending));
  return (request) => abortable(bounded(request), request.signal, pending); // also while it waits for another call's renewal
}

/**
 * Adds `refused` to a function that proves: the proof that the service refused. The result then has another credential:
 * the one that has replaced it meanwhile, or else a new one, which is made once for all who ask. It is `undefined` if the
 * credential was renewed less than a minute ago: a still newer one would be refused too.
 */
export function renewing(prove) {
  /** Renewals that are under way, by the credential that was refused. */
  const renewals = new Map();
  /** When credentials were replaced, or came as a replacement. */
  const renewedAt = new Map();
  const isRecent = (credential) => Math.abs(Date.now() - (renewedAt.get(credential) ?? -Infinity)) < RENEWAL_DISTANCE_MS;

  async function renewed(credential, request) {
    const renewal = prove({ ...request, renew: true });
    const running = { outcome: renewal.then(() => undefined, (error) => error), begunAt: Date.now() };
    renewals.set(credential, running);
    const proof = await renewal.finally(() => renewals.get(credential) === running && renewals.delete(credential));
    for (const old of [...renewedAt.keys()]) if (!isRecent(old)) renewedAt.delete(old);
    for (const one of [credential, credentialOf(proof)]) renewedAt.set(one, Date.now());
    return proof;
  }

  return async ({ refused, ...request }) => {
    if (!refused) return prove({ ...request, renew: false });
    const credential = credentialOf(refused);
    for (let looks = 1; ; looks += 1) {
      const proof = await prove({ ...request, renew: false });
      if (credentialOf(proof) !== credential) return proof;
      const running = renewals.get(credential);
      if (running && Date.now() - running.begunAt < RENEW_WITHIN_MS) {
        const error = await running.outcome;
        // Another caller's signal is not this one's.
        if (error && error.code !== 'aborted') throw error;
      } else if (!isRecent(credential)) return renewed(credential, request);
      else if (looks > 1) return undefined;
    }
  };
}

/** The part of a proof that stays the same until it is renewed; signatures do not. */
export function credentialOf({ headers }) {
  return headers['x-amz-security-token'] ?? headers.Authorization;
}

/** Settles with the promise, or at once when the signal fires or its function in `pending` is called. */
function abortable(promise, signal, pending) {
  let end;
  const ended = new Promise((_, reject) => (end = reject));
  const giveUp = () => end(aborted(signal));
  if (signal?.aborted) giveUp();
  signal?.addEventListener('abort', giveUp);
  pending.add(end);
  return Promise.race([promise, ended]).finally(() => {
    signal?.removeEventListener('abort', giveUp);
    pending.delete(end);
  });
}

/** The error of a credential that does not come. */
export function unproven(ms) {
  return new PoolpassError({
    name: 'NetworkError',
    code: 'timeout',
    message: `There was no credential within ${ms / 1000} seconds.`,
    retryable: true,
    recoverySuggestion: 'If you give authToken or logins, make sure that their promises settle.',
  });
}
