// The browser's passkeys, which the wasm knows nothing of. Loaded with the first call that needs one.
//
// A page has one request for a passkey at a time. So a dialog interrupts a wait for autofill, which goes on after a dialog that
// failed.
import { aborted, disposed, explained } from './shared.js';

/** `AUTOFILL_MS` in src/platform/passkeys.rs. */
const AUTOFILL_MS = 150_000;

/** `PasskeyFault` in src/error/passkey.rs, in its order: by reason, the name of a registration's error, and that of a sign-in's. */
const FAULTS = {
  passkey_bad_options: ['InvalidPasskeyRegistrationOptions', 'InvalidPasskeyAuthenticationOptions'],
  passkey_cancelled: ['PasskeyRegistrationCanceled', 'PasskeyAuthenticationCanceled'],
  passkey_exists: ['PasskeyAlreadyExists', 'PasskeyAlreadyExists'],
  passkey_failed: ['PasskeyRegistrationFailed', 'PasskeyRetrievalFailed'],
  passkey_interrupted: ['PasskeyOperationAborted', 'PasskeyOperationAborted'],
  passkey_missing: ['PasskeyRegistrationFailed', 'PasskeyRetrievalFailed'],
  passkey_not_supported: ['PasskeyNotSupported', 'PasskeyNotSupported'],
  passkey_superseded: ['PasskeyOperationAborted', 'PasskeyOperationAborted'],
  passkey_timed_out: ['PasskeyRegistrationCanceled', 'PasskeyAuthenticationCanceled'],
  passkey_wrong_domain: ['RelyingPartyMismatch', 'RelyingPartyMismatch'],
};
const RETRYABLE = ['passkey_cancelled', 'passkey_interrupted', 'passkey_timed_out'];

/** By the name of a `DOMException`. */
const REASONS = {
  AbortError: 'passkey_interrupted',
  ConstraintError: 'passkey_not_supported',
  EncodingError: 'passkey_bad_options',
  InvalidStateError: 'passkey_exists',
  NotAllowedError: 'passkey_cancelled',
  NotSupportedError: 'passkey_not_supported',
  OperationError: 'passkey_interrupted',
  SecurityError: 'passkey_wrong_domain',
  TypeError: 'passkey_bad_options',
};

/** How many dialogs are open. */
let dialogs = 0;
/** The wait for autofill, if there is one. */
let waiting;

/** The PoolpassError for a reason. */
export const passkeyError = (reason, method = 'get') =>
  explained({
    ...{ code: 'passkey', reason, name: FAULTS[reason][method === 'create' ? 0 : 1] },
    ...{ number: Object.keys(FAULTS).indexOf(reason), retryable: RETRYABLE.includes(reason) },
  });

/**
 * Asks for a passkey: one to sign in with (`get`), or a new one (`create`). By autofill it is no dialog: it waits until Cognito's
 * challenge will soon expire. Options and the credential are JSON texts.
 *
 * @throws a PoolpassError with code `passkey`, `aborted` or `disposed`.
 */
export async function passkey({ method, options, isAutofill }, { kit, signal }) {
  const start = Date.now();
  let publicKey;
  try {
    signal?.throwIfAborted();
    if (typeof PublicKeyCredential !== 'function' || !navigator.credentials) throw { reason: 'passkey_not_supported' };
    publicKey = (method === 'create' ? creationOptions : requestOptions)(JSON.parse(options, withoutNull));
    return credentialJson(await (isAutofill ? autofill(publicKey, kit, signal) : dialog(method, publicKey, kit, signal)));
  } catch (error) {
    if (signal?.aborted) throw aborted(signal);
    if (kit.disposal?.aborted) throw disposed();
    const reason = error?.reason ?? REASONS[error?.name] ?? 'passkey_failed';
    // Browsers call both the same, but a dialog that was open for so long has ended by itself.
    const isLate = reason === 'passkey_cancelled' && Date.now() - start >= publicKey?.timeout;
    throw await passkeyError(isLate ? 'passkey_timed_out' : reason, method);
  }
}

/**
 * Signs in with a passkey: answers the challenge, which the wasm may not have kept. After a dialog that failed, the step is there for
 * confirmSignIn. A wait for autofill begins anew when its challenge will expire.
 */
export async function usePasskey(step, call) {
  const { ChallengeName: name, ChallengeParameters: parameters } = step.challenge;
  const input = JSON.parse(call.json);
  const { autofill: isAutofill, clientMetadata } = input.options ?? {};
  if (name !== 'WEB_AUTHN') throw await passkeyError('passkey_missing');
  let challengeResponse;
  try {
    challengeResponse = await passkey({ method: 'get', options: parameters.CREDENTIAL_REQUEST_OPTIONS, isAutofill }, call);
  } catch (error) {
    if (isAutofill && error.reason === 'passkey_timed_out') return call.perform(input);
    throw error;
  }
  // Meanwhile the user may have begun something else. The passkey is the latest word.
  await call.perform({ serialized: JSON.stringify(step) }, 'resumeSignIn');
  const output = await call.perform({ challengeResponse, options: { clientMetadata } }, 'confirmSignIn');
  if (output.isSignedIn) {
    const { rpId } = JSON.parse(parameters.CREDENTIAL_REQUEST_OPTIONS);
    void remember(call, rpId, JSON.parse(challengeResponse).response.userHandle);
  }
  return output;
}

/** Has the user make a passkey, and registers it. */
export async function register(call) {
  const { options } = await call.perform(JSON.parse(call.json), 'startWebAuthnRegistration');
  const credential = await passkey({ method: 'create', options: JSON.stringify(options) }, call);
  await call.perform({ credential: JSON.parse(credential) }, 'completeWebAuthnRegistration');
  void remember(call, options.rp.id, options.user.id);
}

/**
 * Tells the browser which passkeys of the user are the only ones (WebAuthn Level 3 section 5.1.10.3), so that it offers no others. It
 * has to name the user as the authenticator knows him, which this browser has seen when it last used or made a passkey.
 */
export async function signalAccepted(call, credentials) {
  await quietly(async () => {
    const allAcceptedCredentialIds = credentials.map(({ credentialId }) => credentialId);
    const { rpId, userId } = JSON.parse(await call.kit.storage.getItem(await keyOf(call)));
    await PublicKeyCredential.signalAllAcceptedCredentials({ rpId, userId, allAcceptedCredentialIds });
  });
}

/** Tells the browser that the user pool knows a passkey no more (WebAuthn Level 3 section 5.1.10.2). */
export async function signalUnknown(call, credentialId) {
  await quietly(async () => {
    const { rpId } = JSON.parse(await call.kit.storage.getItem(await keyOf(call)));
    await PublicKeyCredential.signalUnknownCredential({ rpId, credentialId });
  });
}

/** Keeps what names the user to the authenticator. */
async function remember(call, rpId, userId) {
  await quietly(async () => {
    if (!PublicKeyCredential.signalAllAcceptedCredentials || !userId) return;
    await call.kit.storage.setItem(await keyOf(call), JSON.stringify({ rpId, userId }));
  });
}

/** Where that is kept. */
async function keyOf({ kit, perform }) {
  const { userId } = await perform({}, 'getCurrentUser');
  return `${kit.prefix}passkeys.${userId}`;
}

/** Does what no call may fail for. */
async function quietly(act) {
  try {
    await act();
  } catch {
    // The browser can't be told, or the storage has nothing.
  }
}

async function dialog(method, publicKey, kit, signal) {
  dialogs++;
  waiting?.pause();
  const controller = new AbortController();
  const stops = [signal, kit.disposal].map((ending) => when(ending, () => controller.abort()));
  try {
    return await navigator.credentials[method]({ publicKey, signal: controller.signal });
  } finally {
    stops.forEach((stop) => stop());
    dialogs--;
    waiting?.resume();
  }
}

async function autofill(publicKey, kit, signal) {
  if ((await PublicKeyCredential.isConditionalMediationAvailable?.()) !== true) throw { reason: 'passkey_not_supported' };
  waiting?.end('passkey_interrupted');
  return new Promise((resolve, reject) => {
    let request;
    const own = {
      pause() {
        request?.abort();
        request = undefined;
      },
      resume() {
        if (dialogs) return;
        const mine = new AbortController();
        request = mine;
        navigator.credentials.get({ publicKey, mediation: 'conditional', signal: mine.signal }).then(
          (credential) => settle(resolve, credential),
          (error) => request === mine && settle(reject, error),
        );
      },
      end: (reason) => settle(reject, { reason }),
    };
    waiting = own;
    // A page that nobody looks at sends nothing.
    const endIfSeen = () => document.hidden || own.end('passkey_timed_out');
    const timer = setTimeout(() => {
      document.addEventListener('visibilitychange', endIfSeen);
      endIfSeen();
    }, AUTOFILL_MS);
    const stops = [signal, kit.disposal].map((ending) => when(ending, () => own.end()));
    const signedIn = { handler: () => own.end('passkey_superseded') };
    kit.handlers.get('signedIn').add(signedIn);
    own.resume();

    function settle(end, outcome) {
      if (waiting === own) waiting = undefined;
      own.pause();
      clearTimeout(timer);
      globalThis.document?.removeEventListener('visibilitychange', endIfSeen);
      stops.forEach((stop) => stop());
      kit.handlers.get('signedIn').delete(signedIn);
      end(outcome);
    }
  });
}

/** Calls back when a signal fires, at once if it has. Returns how to stop. */
function when(signal, act) {
  if (signal?.aborted) act();
  signal?.addEventListener('abort', act);
  return () => signal?.removeEventListener('abort', act);
}

/** An optional member that is null is one that is missing. */
const withoutNull = (_, value) => value ?? undefined;

function creationOptions(json) {
  if (PublicKeyCredential.parseCreationOptionsFromJSON) return PublicKeyCredential.parseCreationOptionsFromJSON(json);
  const { challenge, user, excludeCredentials = [], ...others } = json;
  return {
    ...others,
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: excludeCredentials.map(withBytes),
  };
}

function requestOptions(json) {
  if (PublicKeyCredential.parseRequestOptionsFromJSON) return PublicKeyCredential.parseRequestOptionsFromJSON(json);
  const { challenge, allowCredentials = [], ...others } = json;
  return { ...others, challenge: bytes(challenge), allowCredentials: allowCredentials.map(withBytes) };
}

const withBytes = ({ id, ...others }) => ({ ...others, id: bytes(id) });

/** Password managers replace `navigator.credentials`, and some of their credentials have a `toJSON` that throws, or none. */
function credentialJson(credential) {
  try {
    return JSON.stringify(credential.toJSON());
  } catch {
    const { id, rawId, type, authenticatorAttachment, response } = credential;
    const { clientDataJSON, attestationObject, signature, userHandle } = response;
    return JSON.stringify({
      ...{ id, type, authenticatorAttachment },
      rawId: base64(rawId),
      clientExtensionResults: credential.getClientExtensionResults(),
      response: {
        clientDataJSON: base64(clientDataJSON),
        authenticatorData: base64(response.authenticatorData ?? response.getAuthenticatorData?.()),
        signature: base64(signature),
        userHandle: base64(userHandle),
        attestationObject: base64(attestationObject),
        transports: response.getTransports?.(),
        publicKeyAlgorithm: response.getPublicKeyAlgorithm?.(),
        publicKey: base64(response.getPublicKey?.()),
      },
    });
  }
}

function bytes(base64) {
  return Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0));
}

function base64(buffer) {
  if (!buffer) return undefined;
  const text = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
