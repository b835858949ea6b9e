// The browser's passkeys. Loaded with the first call that needs one. The reasons of failures are those of src/error/passkey.rs.
//
// A page has one request for a passkey at a time. So a dialog interrupts a wait for autofill, which goes on after a dialog that
// failed.

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

/**
 * Asks for a passkey: one to sign in with (`get`), or a new one (`create`). With `waitMs` it is not a dialog but waits for
 * autofill, so long at most. Returns the credential's JSON text. `failure` makes an error of a reason.
 */
export async function passkey({ method, options, waitMs }, { kit, signal }, failure) {
  const start = Date.now();
  let publicKey;
  try {
    signal?.throwIfAborted();
    if (typeof PublicKeyCredential !== 'function' || !navigator.credentials) throw { reason: 'passkey_not_supported' };
    publicKey = (method === 'create' ? creationOptions : requestOptions)(JSON.parse(options, withoutNull));
    const credential = waitMs ? await autofill(publicKey, waitMs, kit, signal) : await dialog(method, publicKey, kit, signal);
    return credentialJson(credential);
  } catch (error) {
    if (signal?.aborted || kit.disposal?.aborted) throw failure('aborted');
    const reason = error?.reason ?? REASONS[error?.name] ?? 'passkey_failed';
    // Browsers call both the same, but a dialog that was open for so long has ended by itself.
    const isLate = reason === 'passkey_cancelled' && Date.now() - start >= publicKey?.timeout;
    throw failure(isLate ? 'passkey_timed_out' : reason);
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

async function autofill(publicKey, waitMs, kit, signal) {
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
    const timer = setTimeout(own.end, waitMs, 'passkey_timed_out');
    const stops = [signal, kit.disposal].map((ending) => when(ending, () => own.end('aborted')));
    const signedIn = { handler: () => own.end('passkey_superseded') };
    kit.handlers.get('signedIn').add(signedIn);
    own.resume();

    function settle(end, outcome) {
      if (waiting === own) waiting = undefined;
      own.pause();
      clearTimeout(timer);
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
