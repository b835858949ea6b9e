// The npm package's entry: loads the wasm, puts inputs, results and errors in the form of the API.
// Protocol logic lives in the wasm. Importing this touches neither `window` nor `WebAssembly`.
import { appSync } from './appsync.js';
import { answerHere, catchArrival, restore } from './arrival.js';
import { PoolpassError, aborted, isPoolpassError, misuse, toError } from './error.js';
import { load, onDeath } from './load.js';
import { hashSmallWith, payloadHash } from './payload.js';
import { Kit, sha256 } from './poolpass.js';
import { blocked, comesBack, openWindow } from './popup.js';
import { authorizedFetch } from './requests.js';
import { sentForm } from './url.js';

export { PoolpassError, isPoolpassError, load };

const EVENTS = [
  'signedIn',
  'signedOut',
  'tokenRefresh',
  'tokenRefresh_failure',
  'sessionSetAside',
  'sessionNotStored',
  'signInWithRedirect',
  'signInWithRedirect_failure',
  'customOAuthState',
];

export async function createAuth(config) {
  const { storage: given, handleRedirect: automatic = true, logins, ...settings } = plainObject(config, 'config');
  if (logins !== undefined && typeof logins !== 'function') throw misuse('logins must be a function.');
  if (automatic) catchArrival();
  // An amplify_outputs.json has a section `storage` too, which is about S3.
  const isBucket = 'auth' in settings && typeof given === 'object' && given?.getItem === undefined;
  const storage = isBucket ? undefined : given;
  const isCustom = typeof storage === 'object' && storage !== null;
  const json = toJson({ ...settings, storage: isCustom ? 'custom' : storage });
  await load();
  hashSmallWith(sha256);
  const handlers = new Map(EVENTS.map((event) => [event, new Set()]));
  let kit;
  try {
    kit = new Kit(json, isCustom ? storage : undefined, (message, remote) => announce(handlers, message, remote));
  } catch (thrown) {
    throw toError(thrown);
  }

  async function run(method, input = {}) {
    const { signal, ...rest } = plainObject(input, 'input');
    if (signal !== undefined && !(signal instanceof AbortSignal)) {
      throw misuse('The input has an option that is not known or of the wrong type: signal');
    }
    const json = toJson(rest);
    if (signal?.aborted) throw aborted(signal);
    if (!kit) throw new PoolpassError({ name: 'DisposedException', code: 'disposed', message: 'This auth was disposed.' });
    try {
      return JSON.parse(await settled(kit[method](json, signal), signal));
    } catch (thrown) {
      throw toError(thrown);
    }
  }

  /** Runs what needs credentials, with the logins that the app adds. */
  async function runWithLogins(method, { logins: given, ...input } = {}) {
    return run(method, { ...input, logins: given ?? (await logins?.()) });
  }

  const appsync = appSync(run, runWithLogins);
  // Another user, or none, is to see what they may see: open connections are made anew.
  for (const event of ['signedIn', 'signedOut']) handlers.get(event).add({ handler: appsync.proveAnew });

  async function getCredentials({ callerClientConfig: _, ...input } = {}) {
    const { expiration, ...credentials } = await runWithLogins('getCredentials', input);
    return { ...credentials, expiration: new Date(expiration) };
  }

  async function sign(given, options = {}) {
    const { body, ...request } = plainObject(given, 'request');
    const url = sentForm(request.url);
    const hashed = body === undefined ? {} : { payloadHash: await payloadHash(body) };
    return runWithLogins('sign', { ...hashed, ...request, url, ...options });
  }

  async function presign(given, options = {}) {
    const isUrl = typeof given !== 'object' || given instanceof URL;
    const request = { ...(isUrl ? { url: given } : plainObject(given, 'request')), ...options };
    const { expiresIn } = request;
    if (expiresIn != null && !Number.isSafeInteger(expiresIn)) throw misuse('expiresIn must be a whole number of seconds, 1 to 604800.');
    return (await runWithLogins('presign', { ...request, url: sentForm(request.url) })).url;
  }

  /** Finishes the flow whose answer a URL carries. */
  async function finish(input) {
    const { isSignedIn, error, ...answer } = await run('handleRedirect', input);
    if (error) throw Object.assign(new PoolpassError(error), answer);
    return isSignedIn ? answer : null;
  }

  const fetchAuthSession = async (input) => session(await run('fetchAuthSession', input));

  const { marks } = kit;
  async function handleHere() {
    return answerHere(marks, async (url) => {
      const answer = await finish({ url });
      if (answer?.returnTo) restore(answer.returnTo);
      return answer;
    });
  }

  async function signInWithRedirect(input = {}) {
    const { url } = await run('signInWithRedirect', { ...plainObject(input, 'input'), pageUrl: pageUrl(), inPopup: false });
    leave(url);
  }

  async function signInWithPopup(input = {}) {
    const { options = {}, signal, ...rest } = plainObject(input, 'input');
    const { fallback, width, height, ...wish } = plainObject(options, 'input');
    const popup = openWindow({ width, height });
    if (!popup && fallback === 'redirect') return signInWithRedirect({ ...rest, signal, options: wish });
    if (!popup) throw blocked();
    try {
      const flow = { ...rest, options: wish, pageUrl: pageUrl(), inPopup: true };
      const { url, state } = await run('signInWithRedirect', { ...flow, signal });
      popup.location.replace(url);
      return await finish({ url: await comesBack(popup, state, signal, aborted), signal });
    } finally {
      popup.close();
    }
  }

  /** Goes to another page. A page that is shown again as it was has been come back to without an answer. */
  function leave(url) {
    const comeBack = ({ persisted }) => {
      if (!persisted) return;
      const error = { name: 'OAuthSignInException', code: 'redirect_flow', reason: 'flow_cancelled', message: 'The user came back.' };
      announce(handlers, JSON.stringify({ event: 'signInWithRedirect_failure', data: { error } }), false);
    };
    globalThis.addEventListener('pageshow', comeBack, { once: true });
    globalThis.location.assign(url);
  }

  // Who asks for it gets the error, and listeners are told: later, so that the app can have some by then.
  if (automatic) setTimeout(() => void handleHere().catch(() => {}));
  return Object.freeze({
    signInWithRedirect,
    signInWithPopup,
    handleRedirect: async ({ url, ...input } = {}) => {
      if (url !== undefined) return finish({ url, ...input });
      catchArrival();
      return handleHere();
    },
    getCredentials,
    unlinkIdentity: async (input) => void (await runWithLogins('unlinkIdentity', input)),
    sign,
    presign,
    fetch: (input, init) => authorizedFetch(run, runWithLogins, settings.origins ?? [], input, init),
    graphql: appsync.graphql,
    subscribe: appsync.subscribe,
    events: appsync.events,
    userInfo: (input) => run('userInfo', input),
    verifyToken: (input) => run('verifyToken', input),
    fetchProviderSession: async (input) => ({ idToken: jwt((await run('fetchProviderSession', input)).idToken) }),
    signUp: (input) => run('signUp', input),
    confirmSignUp: (input) => run('confirmSignUp', input),
    resendSignUpCode: (input) => run('resendSignUpCode', input),
    signIn: (input) => run('signIn', input),
    getCurrentUser: (input) => run('getCurrentUser', input),
    fetchAuthSession,
    groups: async (input) => (await fetchAuthSession(input)).tokens?.accessToken.payload['cognito:groups'] ?? [],
    claims: async (input) => {
      const { tokens } = await fetchAuthSession(input);
      return (tokens?.idToken ?? tokens?.accessToken)?.payload ?? null;
    },
    fetchUserAttributes: (input) => run('fetchUserAttributes', input),
    signOut: async (input) => {
      const { isRevoked, error, goTo } = await run('signOut', { ...plainObject(input ?? {}, 'input'), pageUrl: pageUrl() });
      if (goTo) leave(goTo);
      return error ? { isRevoked, error: new PoolpassError(error) } : { isRevoked };
    },
    on(event, handler) {
      const listening = handlers.get(event);
      if (!listening) throw misuse(`There is no event '${event}'; there are ${EVENTS.join(', ')}.`);
      if (typeof handler !== 'function') throw misuse('The handler must be a function.');
      const entry = { handler };
      listening.add(entry);
      return () => void listening.delete(entry);
    },
    get storage() {
      return kit?.storage;
    },
    dispose() {
      handlers.forEach((listening) => listening.clear());
      appsync.close();
      kit?.close();
      kit?.free();
      kit = undefined;
    },
  });
}

/** Settles with the promise, or at once when the signal fires or the wasm dies. */
function settled(promise, signal) {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(aborted(signal));
    const forget = onDeath(reject);
    signal?.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject).finally(() => {
      forget();
      signal?.removeEventListener('abort', giveUp);
    });
  });
}

/** A token in Amplify's form. */
function jwt(token) {
  return token && { toString: () => token.token, payload: token.payload };
}

function pageUrl() {
  return globalThis.location?.href ?? '';
}

function session({ tokens, userSub } = {}) {
  return {
    tokens: tokens && { ...tokens, accessToken: jwt(tokens.accessToken), idToken: jwt(tokens.idToken) },
    credentials: undefined,
    identityId: undefined,
    userSub,
  };
}

/** Calls the handlers of an event later, so that none runs inside the wasm. */
function announce(handlers, message, remote) {
  queueMicrotask(() => {
    const { event, data } = parsed(message);
    const shown = data?.error ? { ...data, error: new PoolpassError(data.error) } : data;
    for (const { handler } of [...(handlers.get(event) ?? [])]) {
      try {
        handler({ event, data: shown, origin: remote ? 'remote' : 'local' });
      } catch (error) {
        (globalThis.reportError ?? console.error)(error); // an app's mistake is the app's to see, and stops no other handler
      }
    }
  });
}

/** A message as an object; an empty one if another program has written on our channel. */
function parsed(message) {
  try {
    return JSON.parse(message) ?? {};
  } catch {
    return {};
  }
}

function plainObject(value, what) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw misuse(`The ${what} must be an object.`);
  return value;
}

function toJson(value) {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw misuse('The input must be plain data.', cause);
  }
}
