// What every entry point starts with: the configuration, the events, and the answers that need no wasm. The rest of the package
// and the wasm are loaded when something needs them. Importing this touches neither `window` nor `WebAssembly`.
import { PoolpassError, aborted, disposed, isPoolpassError, misuse, noWindow, unloadable } from './error.js';
import { EVENTS, announcer, is } from './events.js';
import { explained, withMessage } from './explained.js';
import { attempt, badOption, isSignal, members, plain, signalOf } from './input.js';
import { authSession, jwt } from './session.js';
import { settled } from './settled.js';
import { CHECKED, checkedBefore, freshSession, versioned } from './stored.js';
import { watchStorage } from './watch.js';

/** The rest is loaded so long before the session has to be refreshed, in milliseconds. */
const AHEAD_MS = 60_000;

/** The methods of every entry point: those that are one operation of the wasm, and those that the rest of the package has. */
const SIGN_IN = {
  // In the order that compresses best.
  operations:
    'signIn confirmSignIn resumeSignIn autoSignIn signUp confirmSignUp resendSignUpCode resetPassword confirmResetPassword updatePassword ' +
    'fetchUserAttributes updateUserAttributes updateUserAttribute deleteUserAttributes ' +
    'sendUserAttributeVerificationCode confirmUserAttribute setUpTOTP verifyTOTPSetup ' +
    'fetchMFAPreference updateMFAPreference fetchAuthFactors deleteUser listSessions revokeSession updateAuthEventFeedback ' +
    'fetchDevices getDevice rememberDevice forgetDevice requireAuth ' +
    'associateWebAuthnCredential listWebAuthnCredentials deleteWebAuthnCredential',
  calls: 'pendingSignIn serializeSignIn warmUp signOut fetch',
};

/** What the rest of the package uses of this start, in the order of shared.js. A list, since names are not shortened. */
export const START = [
  ...[PoolpassError, isPoolpassError, misuse, aborted, disposed, noWindow, unloadable],
  ...[attempt, badOption, explained, isSignal, members, plain, signalOf, settled, jwt, withMessage, CHECKED, versioned],
];

/**
 * Makes an entry point. `importRest` imports the rest of its JavaScript, and `wasm` returns the source of its wasm; it is not
 * called without need, since in a classic script it throws. `parts` are what it has beside every entry point's methods: the
 * names of further `operations` and `calls`, and what has to be there at once.
 */
export function entry({ importRest, wasm, parts = [] }) {
  const start = [...START, ...parts.flatMap(({ shared }) => shared ?? [])];
  const methods = (kind) => [SIGN_IN, ...parts].flatMap((part) => part[kind]?.split(' ') ?? []);
  let loading;

  function load(given) {
    loading ??= begin(given).catch((error) => {
      loading = undefined; // the next call tries again
      throw error;
    });
    return loading;
  }

  async function begin(given) {
    const seen = {};
    try {
      seen.source = given ?? wasm();
      // The wasm comes at the same time as the script that needs it.
      if (typeof seen.source === 'string' && /^https?:/.test(seen.source)) seen.response = Promise.resolve(fetch(seen.source));
      seen.response?.catch(() => {});
    } catch (cause) {
      seen.cause = cause;
    }
    const rest = await importRest().catch((cause) => {
      throw unloadable(cause);
    });
    await rest.start(seen, start);
    return rest;
  }

  async function createAuth(config) {
    const { storage: given, handleRedirect: automatic = true, logins, warmUpOnFocus, ...others } = members(config, 'config');
    if (automatic) parts.forEach(({ begin }) => begin?.(importRest));
    // One is a setting of ours; Amplify's forms have others, in parts that are not ours.
    const functions = {};
    const settings = plain(others, '', functions);
    if (!is('function', 'undefined')(logins)) throw badOption('logins');
    if (!is('boolean', 'undefined')(warmUpOnFocus)) throw badOption('warmUpOnFocus');
    // An amplify_outputs.json has a section `storage` too, which is about S3.
    const isBucket = 'auth' in settings && typeof given === 'object' && attempt('storage', () => given?.getItem === undefined);
    const storage = isBucket ? undefined : given;
    const isCustom = typeof storage === 'object' && storage !== null;
    // On a server, all visitors would share one session in memory.
    if (!globalThis.location && [undefined, 'local', 'session'].includes(storage)) {
      throw await explained({ ...noWindow('createAuth'), number: 1 });
    }
    const json = JSON.stringify({ ...settings, ...plain({ storage: isCustom ? 'custom' : storage }, '') });

    const handlers = new Map(EVENTS.map((event) => [event, new Set()]));
    const hear = announcer(handlers);
    const disposal = new AbortController();
    /** The session that an answer has shown: the wasm has to notice when it is gone. */
    let shown;
    /** The rest of the package, with the wasm, once it has come. */
    let rest;
    let opening;

    async function open() {
      if (disposal.signal.aborted) throw disposed();
      opening ??= load().then(async ({ openKit }) => {
        if (disposal.signal.aborted) throw disposed();
        try {
          rest = openKit(json, { custom: isCustom ? storage : undefined, handlers, hear, functions, logins, warmUpOnFocus, shown, disposal: disposal.signal });
        } catch (error) {
          throw await explained(error);
        }
        return rest;
      });
      opening.catch(() => (opening = undefined)); // the next call tries again
      return opening;
    }

    let stored = isCustom ? undefined : checkedBefore(json, storage ?? 'local');
    // The first use of locks takes Chromium 7 ms, which the first sign-in of a page would wait for.
    if (!stored || !freshSession(stored)) quietly(() => navigator.locks.query());
    if (!stored) {
      await open();
      stored = { kind: rest.storage, prefix: rest.prefix };
    }
    const isWatched = stored.kind === 'local';
    const stop = isWatched ? watchStorage(`${stored.prefix}event`, hear, () => quietly(() => run('recheck'))) : undefined;

    /** The stored session, if it can answer: until the wasm comes, which knows more. */
    function answer({ signal, ...input }) {
      const isAsked = Object.keys(input).length === 0 && !signalOf(signal)?.aborted;
      const fresh = isAsked && !rest && !disposal.signal.aborted ? freshSession(stored) : undefined;
      shown = fresh?.id ?? shown;
      return fresh;
    }

    async function run(name, given = {}) {
      const { signal: wanted, ...input } = members(given);
      const signal = signalOf(wanted);
      const text = JSON.stringify(plain(input, ''));
      if (signal?.aborted) throw aborted(signal);
      return (rest ?? (await settled(open(), signal))).run(name, text, signal);
    }

    async function call(name, inputs) {
      // Awaited here, since a promise that an async function returns costs three turns.
      return await (rest ?? (await open()))[name](...inputs);
    }

    async function fetchAuthSession(given = {}) {
      const input = members(given);
      return authSession(answer(input)?.session ?? (await run('fetchAuthSession', input)));
    }

    const isPending = () => rest !== undefined || parts.some((part) => part.isPending?.(stored.prefix));
    const timers = [];
    const later = (act, ms) => timers.push(setTimeout(quietly, ms, act));
    if (rest) later(rest.confirm);
    else later(open, Math.max(0, (freshSession(stored)?.until ?? 0) - AHEAD_MS - Date.now()));
    // Whoever asks for the result gets the error too, and listeners are notified: later, so that the app can have some by then.
    if (automatic && parts.some(({ begin }) => begin) && isPending()) later(() => call('handleHere', []));

    return Object.freeze({
      ...Object.fromEntries(methods('operations').map((name) => [name, (input) => run(name, input)])),
      ...Object.fromEntries(methods('calls').map((name) => [name, (...inputs) => call(name, inputs)])),
      ...Object.assign({}, ...parts.map(({ methods }) => methods(call, open, isPending, importRest, () => rest))),
      fetchAuthSession,
      getCurrentUser: async (given = {}) => {
        const input = members(given);
        return answer(input)?.user ?? run('getCurrentUser', input);
      },
      groups: async (input) => (await fetchAuthSession(input)).tokens?.accessToken.payload['cognito:groups'] ?? [],
      claims: async (input) => {
        const { tokens: { accessToken, idToken = accessToken } = {} } = await fetchAuthSession(input);
        return idToken?.payload ?? null;
      },
      on(event, handler) {
        const listening = handlers.get(event);
        if (!listening) throw misuse(`The event must be one of ${EVENTS.join(', ')}.`);
        if (!is('function')(handler)) throw badOption('handler');
        const entry = { handler };
        listening.add(entry);
        return () => void listening.delete(entry);
      },
      get storage() {
        return disposal.signal.aborted ? undefined : (rest?.storage ?? stored.kind);
      },
      dispose() {
        timers.forEach(clearTimeout);
        stop?.();
        handlers.forEach((listening) => listening.clear());
        disposal.abort();
        rest?.close();
      },
    });
  }

  return { createAuth, load: async (source) => void (await load(source)) };
}

/** Runs something whose error the listeners or the next call get too. */
async function quietly(act) {
  try {
    await act();
  } catch {
    // Theirs.
  }
}
