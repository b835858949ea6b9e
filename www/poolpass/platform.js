// What the wasm asks of the browser: clock, randomness, network, storage, locks, the channel between tabs, signatures. Each
// effect has the name that js/src/door.rs gives it. Whatever it throws becomes a failure with a code, in `effect`.
//
// A page, a test or a polyfill can replace any global by something that throws, so each is looked up when it is used.
import { Failure, bodyOf, quietly, usable } from './response_body.js';
import { PoolpassError, unloadable, withMessage } from './shared.js';

const HEADERS = ['date', 'retry-after', 'x-amzn-errortype', 'x-amzn-requestid'];
/** How long the lock manager may take to say whether a lock is free, in milliseconds. */
const LOCK_ANSWER_MS = 1000;

const kits = new Map();
/** The calls that wait for a result. */
const jobs = new Map();
/** The functions that release the Web Locks which are held or requested. */
const releases = new Map();
let last = 0;
let death;
/** The last key that signatures were verified with. */
let imported;

/**
 * Opens a kit of a loaded wasm. Of the context, `custom` is the app's storage if the configuration says so, `functions` are the
 * settings that are functions, `loadDeferred` loads the second part of the wasm, `hear` gets the messages of events and whether
 * another tab sent them, `handlers` are the listeners' by event, `shown` is the session that this page has already shown, if any, and `disposal` fires when the kit is closed.
 *
 * @throws an error's description (explained.js), with code `bad_config`.
 */
export function connect(wasm, config, context) {
  const number = ++last;
  // `texts` has the last text of each key that the wasm has got, and `callback` what a function of the app's threw last.
  const kit = { ...context, wasm, texts: new Map(), callback: {} };
  kits.set(number, kit);
  const { error, ...opened } = JSON.parse(enter(() => wasm.open(number, config, context.shown)));
  if (error) {
    kits.delete(number);
    throw error;
  }
  kit.prefix = opened.prefix;
  return {
    ...opened,
    kit,
    /** Runs an operation. Returns its outcome, `{ json }` or `{ error }`, if it has nothing to wait for; otherwise a promise of it. */
    perform(name, input, signal) {
      const job = ++last;
      let outcome;
      let settle = (found) => (outcome = found);
      jobs.set(job, { signal, settle: (found) => settle(found) });
      enter(() => {
        wasm.perform(number, job, name, input);
        wasm.run();
      });
      return outcome ?? new Promise((resolve) => (settle = resolve));
    },
    close() {
      kit.stop?.();
      quietly(() => enter(() => wasm.close(number)));
    },
  };
}

/** Calls into the wasm. If it crashes, its state can't be trusted any more: every call fails, and its locks are released. */
export function enter(call) {
  if (death) throw death;
  try {
    return call();
  } catch (cause) {
    const message = 'poolpass has crashed and cannot continue. Reload the page, and please report this.';
    death = new PoolpassError({ name: 'InternalError', code: 'internal', message }, cause);
    for (const release of releases.values()) release();
    for (const { settle } of jobs.values()) settle({ error: death });
    releases.clear();
    jobs.clear();
    throw death;
  }
}

/** An import of the wasm: the time in milliseconds since 1970. */
export function now() {
  return quietly(() => Number(Date.now()));
}

/** An import of the wasm: fills the bytes from a cryptographically secure source. */
export function random(bytes) {
  return quietly(() => (crypto.getRandomValues(bytes), true)) === true;
}

/** An import of the wasm: settles a job. */
export function done(job, isError, json) {
  jobs.get(job)?.settle(isError ? { error: json } : { json });
  jobs.delete(job);
}

/** An import of the wasm: starts an effect. Returns its outcome if there is one at once, and resumes the wasm later otherwise. */
export function effect(name, kitNumber, job, number, words) {
  const kit = kits.get(kitNumber);
  try {
    const outcome = effects[name](JSON.parse(words), { kit, signal: jobs.get(job)?.signal }, words);
    return isThenable(outcome) ? resumeWith(outcome, kit, number, name) : success(outcome);
  } catch (error) {
    return failure(error);
  }
}

/**
 * An import of the wasm: reads a stored text. A session's texts are read with every call, so one that the wasm has from the last
 * time, `isKnown`, does not cross again. The signs are those of js/src/texts.rs.
 */
export function get(kitNumber, scope, key, isKnown, number) {
  try {
    const kit = kits.get(kitNumber);
    const value = storageOf(scope, kit).getItem(key);
    if (isThenable(value)) return resumeWith(Promise.resolve(value).then(storedText), kit, number);
    const text = storedText(value);
    if (text == null) return '-';
    if (isKnown && kit.texts.get(key) === text) return '~';
    if (!scope) kit.texts.set(key, text);
    // One letter is no record, and could be taken for a sign.
    return text.length === 1 ? `${text} ` : text;
  } catch {
    return '!';
  }
}

/** Resumes the wasm with the outcome of an effect that takes time. */
function resumeWith(outcome, kit, number, name) {
  const settle = (outcome) => {
    quietly(() => {
      const isAwaited = enter(() => kit.wasm.resume(number, outcome));
      if (!isAwaited && name === 'lock') releases.get(quietly(() => JSON.parse(outcome).value.number))?.();
      enter(kit.wasm.run);
    });
  };
  Promise.resolve(outcome).then(success).catch(failure).then(settle);
}

const success = (value = null) => JSON.stringify({ value });
const failure = (error) => JSON.stringify({ failure: isFailure(error) ? error.code : 'failed' });
const isFailure = (error) => quietly(() => error instanceof Failure) === true;
const isThenable = (value) => (typeof value === 'object' || typeof value === 'function') && typeof value?.then === 'function';

/** `signal` is that of the caller whose job it is. A result that is no promise is there at once: no other code of the page runs before the wasm goes on. */
export const effects = {
  /** Whether it is the wanted storage; `false` if the browser blocks it, so that sessions are kept in memory. */
  open({ storage, clientId }, { kit }) {
    const name = { local: 'localStorage', session: 'sessionStorage' }[storage];
    const found = name ? quietly(() => browserStorage(name)) : kit.custom;
    if (storage === 'custom' && !isStorage(found)) throw new Failure('bad_storage');
    kit.storage = storage !== 'memory' && isStorage(found) ? found : memoryStorage();
    if (clientId && kit.storage === found) {
      // In order with the storage; watch.js has the other side. In Chromium a BroadcastChannel overtakes it: a tab that hears
      // of a sign-in by it may not find the session yet.
      if (storage === 'local') kit.post = postToStorage(found, `poolpass.v1.${clientId}.event`);
      if (storage === 'custom') quietly(() => openChannel(kit, `poolpass.v1.${clientId}`));
    }
    return storage === 'memory' || kit.storage === found;
  },

  sleep: ({ ms }, { signal }) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = quietly(() => setTimeout(resolve, ms));
      if (timer === undefined) resolve();
      const end = () => {
        quietly(() => clearTimeout(timer)); // a process of Node.js would stay alive for it
        resolve();
      };
      signal?.addEventListener('abort', end, { once: true });
    }),

  async fetch({ url, deadlineMs, bypassCache, hashOf, ...request }, { kit, signal }) {
    if (signal?.aborted) throw new Failure('aborted');
    if (hashOf != null) request.body = await hashed(request.body, hashOf, kit, signal);
    const deadline = limit(deadlineMs, 'timeout', signal);
    const init = {
      ...request,
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      cache: bypassCache ? 'reload' : 'default',
      signal: deadline.signal,
    };
    try {
      if (typeof globalThis.fetch !== 'function') throw new Failure('no_fetch');
      // A replaced `fetch` may ignore its signal.
      const response = await deadline.race(fetch(url, init));
      const status = usable(() => response.status);
      if (!(status >= 100 && status < 1000) || response.bodyUsed) throw new Failure('no_fetch');
      const headers = HEADERS.map((name) => [name, quietly(() => response.headers.get(name))]).filter(([, value]) => typeof value === 'string');
      return { ...Object.fromEntries(headers), status, body: await bodyOf(response, deadline) };
    } finally {
      deadline.clear();
    }
  },

  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  async verify({ n, e, signed, signature }) {
    const subtle = quietly(() => crypto.subtle);
    if (!subtle) throw new Failure('no_crypto');
    try {
      const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
      // A pool signs with one key for weeks.
      if (imported?.n !== n || imported.e !== e) {
        imported = { n, e, key: await subtle.importKey('jwk', { kty: 'RSA', n, e }, algorithm, false, ['verify']) };
      }
      const { key } = imported;
      const bytes = Uint8Array.from(atob(signature.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0));
      return (await subtle.verify(algorithm.name, key, bytes, new TextEncoder().encode(signed))) === true;
    } catch {
      return false;
    }
  },

  set: ({ scope, key, text }, { kit }) => nothingOf(storageOf(scope, kit).setItem(key, text)),

  remove({ scope, key }, { kit }) {
    kit.texts.delete(key);
    return nothingOf(storageOf(scope, kit).removeItem(key));
  },

  keys: ({ scope, prefix }, { kit }) => Object.keys(storageOf(scope, kit)).filter((key) => key.startsWith(prefix)),

  /** `null` where the page has no Web Locks: old browsers, Node.js before 24, sandboxed frames. */
  async lock({ name, waitMs }) {
    const locks = quietly(() => navigator.locks);
    const deadline = limit(waitMs || LOCK_ANSWER_MS, 'lock_timeout');
    try {
      let number = await hold(locks, name, { ifAvailable: true }, deadline);
      const contended = number === undefined;
      if (contended && waitMs) number = await hold(locks, name, { signal: deadline.signal }, deadline);
      if (number === undefined) throw new Failure('lock_timeout');
      return { number, contended };
    } catch (error) {
      if (isFailure(error) || deadline.isOver()) throw new Failure('lock_timeout');
      return null;
    } finally {
      deadline.clear();
    }
  },

  release: ({ number }) => void releases.get(number)?.(),

  notify: (_, { kit }, message) => void kit.hear(message, false),

  /** Tabs with another version of this package may not have the text of an error. */
  broadcast({ event, data }, { kit }, message) {
    kit.post?.(data.error ? JSON.stringify({ event, data: { ...data, error: withMessage(data.error) } }) : message);
  },

  /** kit.js throws the error if it fails. */
  loadDeferred: (_, { kit }) =>
    kit.loadDeferred().catch((thrown) => {
      Object.assign(kit.callback, { thrown, text: '' });
      throw thrown;
    }),

  aborted: (_, { signal }) => signal?.aborted === true,

  /** The device's fingerprint by AWS's script for threat protection, if the page has it. */
  userContext: ({ username, userPoolId, clientId }) =>
    quietly(() => AmazonCognitoAdvancedSecurityData.getData(username, userPoolId, clientId)) || null,

  /** Without the exact versions and the model, which a browser gives only on request. */
  deviceName() {
    const { userAgentData, userAgent } = navigator;
    // One of the brands is made up, so that nobody relies on their list (GREASE).
    const brands = userAgentData?.brands.filter(({ brand }) => !/\bNot\b/.test(brand));
    return brands ? [userAgentData.platform, ...brands.map(({ brand, version }) => `${brand}/${version}`)].join(' ') : userAgent;
  },
};

/** A body with the SECRET_HASH that it lacks, where it has a character that JSON has nowhere. */
async function hashed(body, username, kit, signal) {
  const { secretHash } = await import('./client_secret.js').catch((cause) => ({ secretHash: () => ({ thrown: unloadable(cause) }) }));
  const { thrown, text = '', hash } = await secretHash(kit, username, signal);
  if (hash) return body.replace('\x01', () => JSON.stringify(hash));
  // Only the text crosses to the wasm and back. kit.js throws what the function threw.
  Object.assign(kit.callback, { thrown, text });
  throw new Failure(`callback ${text}`);
}

/** A time limit, which also ends when the caller's signal fires. */
function limit(ms, code, caller) {
  const deadline = timeout(ms);
  const signals = [[caller, 'aborted'], [deadline, code]].filter(([signal]) => signal);
  let interrupt;
  const interrupted = new Promise((_, reject) => (interrupt = reject));
  interrupted.catch(() => {});
  const stops = signals.map(([signal, reason]) => {
    const end = () => interrupt(new Failure(reason));
    quietly(() => signal.addEventListener('abort', end));
    return () => signal.removeEventListener('abort', end);
  });
  return {
    // A browser without AbortSignal.any gets the deadline.
    signal: quietly(() => AbortSignal.any(signals.map(([signal]) => signal))) ?? deadline ?? caller,
    isOver: () => deadline?.aborted === true,
    race: (promise) => Promise.race([promise, interrupted]),
    clear: () => stops.forEach(quietly),
  };
}

/** A signal that fires after a time; `undefined` if the browser can't make one. */
function timeout(ms) {
  const signal = quietly(() => AbortSignal.timeout(ms));
  if (typeof signal?.aborted === 'boolean') return signal;
  // Browsers before 2022, and test environments with an AbortSignal of their own.
  return quietly(() => {
    const controller = new AbortController();
    // Node.js has unref: a process does not stay alive for a deadline.
    setTimeout(() => controller.abort(), ms)?.unref?.();
    return controller.signal;
  });
}

/** Requests a lock. Resolves to the number that releases it, or to `undefined` if it was not free. */
async function hold(locks, name, options, deadline) {
  const number = ++last;
  let release;
  const held = new Promise((resolve) => (release = resolve));
  // A lock that is granted after nobody waits for it any more is released at once.
  releases.set(number, () => {
    releases.delete(number);
    release();
  });
  let isGranted;
  try {
    isGranted = await deadline.race(
      new Promise((resolve, reject) => {
        const request = locks.request(name, options, (lock) => {
          resolve(lock !== null);
          return lock === null ? undefined : held;
        });
        Promise.resolve(request).then(reject, reject);
      }),
    );
    return isGranted ? number : undefined;
  } finally {
    if (!isGranted) releases.get(number)?.();
  }
}

function browserStorage(name) {
  const storage = globalThis[name];
  if (!isStorage(storage)) throw new Failure('blocked');
  return storage;
}

function isStorage(value) {
  return quietly(() => ['getItem', 'setItem', 'removeItem'].every((name) => typeof value[name] === 'function')) === true;
}

function memoryStorage() {
  const texts = new Map();
  return {
    getItem: (key) => texts.get(key),
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}

const storageOf = (scope, kit) => (scope ? browserStorage(scope) : kit.storage);

/** What is stored is unknown if it is no text, which is not the same as nothing. */
function storedText(value) {
  if (value === undefined || value === null || typeof value === 'string') return value;
  throw new Failure('unreadable');
}

const nothingOf = (value) => (isThenable(value) ? Promise.resolve(value).then(() => null) : null);

const postToStorage = (storage, key) => (message) => {
  storage.setItem(key, message);
  // Removed at once, so that the same message is an event again.
  storage.removeItem(key);
};

function openChannel(kit, name) {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => {
    if (typeof data === 'string') kit.hear(data, true);
  };
  channel.unref?.(); // Node.js has it: a process does not stay alive for the channel
  kit.stop = () => quietly(() => channel.close());
  kit.post = (message) => channel.postMessage(message);
}
