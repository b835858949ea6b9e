// The npm package's entry: loads the wasm, puts inputs, results and errors in the form of the API.
// Protocol logic lives in the wasm. Importing this touches neither `window` nor `WebAssembly`.
import { appSync } from './appsync.js';
import { answerHere, catchArrival, restore } from './arrival.js';
import { resultOf } from './callback.js';
import { onCleared } from './cleared.js';
import { PoolpassError, aborted, disposed, isPoolpassError, misuse, noBrowser, noWindow, toError } from './error.js';
import { EVENTS, announce } from './events.js';
import { attempt, badOption, members, plain, signalOf } from './input.js';
import { assertAlive, load as loadFrom, onDeath } from './load.js';
import { hashSmallWith, payloadHash } from './payload.js';
import { Kit, sha256 } from './poolpass.js';
import { blocked, closed, comesBack, openWindow } from './popup.js';
import { authorizedFetch } from './requests.js';
import { sentForm } from './url.js';
import { wasm } from './wasm_file.js';

export { PoolpassError, isPoolpassError };

export const load = (source) => loadFrom(source, wasm);

export async function createAuth(config) {
  const { storage: given, handleRedirect: automatic = true, logins, ...rest } = members(config, 'config');
  if (automatic) catchArrival();
  // Amplify's forms have functions in parts that are not ours.
  const settings = plain(rest, '', { dropFunctions: true });
  if (logins !== undefined && typeof logins !== 'function') throw misuse('logins must be a function.');
  // An amplify_outputs.json has a section `storage` too, which is about S3.
  const isBucket = 'auth' in settings && typeof given === 'object' && attempt('storage', () => given?.getItem === undefined);
  const storage = isBucket ? undefined : given;
  const isCustom = typeof storage === 'object' && storage !== null;
  const json = JSON.stringify({ ...settings, ...plain({ storage: isCustom ? 'custom' : storage }, '') });
  // On a server, all visitors would share one session in memory.
  if (!globalThis.location && [undefined, 'local', 'session'].includes(storage)) throw noBrowser();
  await load();
  assertAlive();
  hashSmallWith(sha256);
  const handlers = new Map(EVENTS.map((event) => [event, new Set()]));
  const disposal = new AbortController();
  const { origins } = JSON.parse(json); // the app may change its object later
  let kit;
  try {
    kit = new Kit(json, isCustom ? storage : undefined, (message, remote) => announce(handlers, message, remote));
    checkOrigins(origins);
  } catch (thrown) {
    throw toError(thrown);
  }

  async function run(method, input = {}) {
    const { signal: given, ...rest } = members(input);
    const signal = signalOf(given);
    const json = JSON.stringify(plain(rest, ''));
    if (signal?.aborted) throw aborted(signal);
    if (!kit) throw disposed();
    try {
      assertAlive();
      return JSON.parse(await settled(kit[method](json, signal), signal));
    } catch (thrown) {
      throw toError(thrown);
    }
  }

  /** Runs what needs credentials, with the logins that the app adds. */
  async function runWithLogins(method, input = {}) {
    const { logins: given, signal: wanted, ...rest } = members(input);
    const signal = signalOf(wanted);
    const added = given ?? (logins && (await resultOf('logins', logins, { signal, disposal: disposal.signal })));
    return run(method, { ...rest, signal, logins: added });
  }

  const appsync = appSync(run, runWithLogins);
  // Another user, or none, is to see what they may see: open connections are made anew.
  for (const event of ['signedIn', 'signedOut']) handlers.get(event).add({ handler: appsync.reauthenticate });

  const stopWatching = kit.storage === 'local' ? onCleared(() => void run('recheck').catch(() => {})) : () => {};

  async function getCredentials(given = {}) {
    const { callerClientConfig: _, ...input } = members(given);
    const { expiration, ...credentials } = await runWithLogins('getCredentials', input);
    return { ...credentials, expiration: new Date(expiration) };
  }
  // Tells clients of the AWS SDK that it caches by itself. They would keep using one user's credentials until these expire,
  // even after another user signed in (@aws-sdk/core, resolveAwsSdkSigV4Config: normalizeCredentialProvider).
  getCredentials.memoized = true;

  async function sign(given, options = {}) {
    const { body, ...request } = members(given, 'request');
    const input = checked({ ...request, ...members(options, 'options') });
    const url = sentForm(input.url);
    if (body !== undefined && input.payloadHash !== undefined) throw misuse('body and payloadHash cannot be used together.');
    const hashed = body === undefined ? {} : { payloadHash: await hashOf(body) };
    return runWithLogins('sign', { ...hashed, ...input, url });
  }

  async function presign(given, options = {}) {
    const isUrl = typeof given === 'string' || attempt('url', () => given instanceof URL);
    const request = isUrl ? { url: attempt('url', () => String(given)) } : members(given, 'request');
    const input = checked({ ...request, ...members(options, 'options') });
    const { expiresIn } = input;
    if (expiresIn != null && !Number.isSafeInteger(expiresIn)) throw misuse('expiresIn must be a whole number of seconds, 1 to 604800.');
    return (await runWithLogins('presign', { ...input, url: sentForm(input.url) })).url;
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
    // A disposed auth leaves the arrival to the next one.
    if (!kit) throw disposed();
    return answerHere(marks, async (url) => {
      const answer = await finish({ url });
      if (answer?.returnTo) restore(answer.returnTo);
      return answer;
    });
  }

  async function signInWithRedirect(input = {}) {
    if (!globalThis.location?.assign) throw noWindow('signInWithRedirect');
    const { url } = await run('signInWithRedirect', { ...members(input), pageUrl: pageUrl(), inPopup: false });
    leave(url);
  }

  async function signInWithPopup(input = {}) {
    const { options = {}, signal, ...rest } = members(input);
    const { fallback, width, height, ...wish } = members(options, 'options');
    plain({ ...rest, options: wish }, ''); // before the window opens
    const popup = openWindow({ width, height });
    if (!popup && fallback === 'redirect') return signInWithRedirect({ ...rest, signal, options: wish });
    if (!popup) throw blocked();
    try {
      const flow = { ...rest, options: wish, pageUrl: pageUrl(), inPopup: true };
      const { url, state } = await run('signInWithRedirect', { ...flow, signal });
      if (popup.closed) throw closed();
      popup.location.replace(url);
      const late = (url) => void finish({ url }).catch(() => {}); // the listeners are told
      return await finish({ url: await comesBack(popup, state, { signal, aborted, late }), signal });
    } finally {
      popup.close();
    }
  }

  /** Goes to another page. If the browser shows this page again from its back/forward cache, the user returned without an answer. */
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
  const starting = automatic && setTimeout(() => void handleHere().catch(() => {}));
  return Object.freeze({
    signInWithRedirect,
    signInWithPopup,
    handleRedirect: async (input = {}) => {
      const { url, signal, ...unknown } = members(input);
      if (url === null) throw badOption('url');
      if (url !== undefined) return finish({ url, signal, ...unknown });
      for (const name of Object.keys(unknown)) throw badOption(name);
      if (signalOf(signal)?.aborted) throw aborted(signal);
      catchArrival();
      return settled(handleHere(), signal);
    },
    getCredentials,
    unlinkIdentity: async (input) => void (await runWithLogins('unlinkIdentity', input)),
    sign,
    presign,
    fetch: (input, init) => authorizedFetch(run, runWithLogins, origins ?? [], input, init),
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
    signOut: async (input = {}) => {
      const { isRevoked, error, goTo } = await run('signOut', { ...members(input), pageUrl: pageUrl() });
      if (goTo) leave(goTo);
      return error ? { isRevoked, error: new PoolpassError(error) } : { isRevoked };
    },
    on(event, handler) {
      const listening = handlers.get(event);
      if (!listening) throw misuse(`The event must be one of ${EVENTS.join(', ')}.`);
      if (typeof handler !== 'function') throw misuse('The handler must be a function.');
      const entry = { handler };
      listening.add(entry);
      return () => void listening.delete(entry);
    },
    get storage() {
      return kit?.storage;
    },
    dispose() {
      clearTimeout(starting);
      stopWatching();
      handlers.forEach((listening) => listening.clear());
      disposal.abort();
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

/** The wasm has no parser of URLs, and lets some hosts pass that no browser accepts. */
function checkOrigins(origins) {
  for (const [at, { origin } = {}] of Array.isArray(origins) ? origins.entries() : []) {
    try {
      new URL(origin);
    } catch {
      const message = `Configuration: origins[${at}].origin must be an origin that the browser accepts.`;
      throw new PoolpassError({ name: 'AuthConfigException', code: 'bad_config', message });
    }
  }
}

/** An input whose members can all be sent to the wasm. */
function checked({ signal, ...input }) {
  return { ...plain(input, ''), signal: signalOf(signal) };
}

/** The hash of a body. */
async function hashOf(body) {
  try {
    return await payloadHash(body);
  } catch (cause) {
    throw isPoolpassError(cause) ? cause : misuse('body cannot be read.', cause);
  }
}
