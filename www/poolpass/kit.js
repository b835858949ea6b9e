// A kit: one client of one user pool, with the wasm loaded. Inputs, results and errors get the form of the API.
import { resultOf } from './callback.js';
import { remember } from './checked.js';
import { whenPasswordIsFocused } from './focus.js';
import { leave } from './leave.js';
import { starter } from './load.js';
import { connect } from './platform.js';
import { aborted, disposed, explained, isPoolpassError, members, plain, PoolpassError, settled, signalOf, unloadable } from './shared.js';

/** The methods whose inputs or results JSON can't hold, or not in the form of the API: account.js has one function for each. */
const SHAPED = /^(autoSignIn|(confirmS|s)ignUp|updateUserAttributes?|setUpTOTP|listSessions|fetchDevices|getDevice|\w+WebAuthnCredentials?)$/;

/**
 * The rest of an entry point: `init` loads its wasm and `importDeferred` the script with the second part of it, `glue` has the
 * functions of the wasm as an object of its own (for that of a namespace, some bundlers make a file of their own), and `parts` make
 * the methods of what the entry point has.
 */
export function rest(init, importDeferred, glue, parts = []) {
  const { start, loadDeferred } = starter(init, importDeferred);
  return { start, openKit: (config, context) => openKit(glue, parts, config, { ...context, loadDeferred }) };
}

/**
 * Opens a kit. `glue` is the loaded wasm, `parts` make the methods of what the entry point has. `context` is the auth's:
 * `custom`, `handlers`, `hear`, `functions`, `logins`, `warmUpOnFocus`, `shown`, `disposal` (see auth.js).
 *
 * @throws a PoolpassError or an error's description, with code `bad_config`.
 */
function openKit(glue, parts, config, context) {
  const { disposal, logins, warmUpOnFocus } = context;
  const { origins, userPool } = JSON.parse(config);
  const door = connect(glue, config, context);
  try {
    checkOrigins(origins);
  } catch (error) {
    door.close();
    throw error;
  }

  /** Runs a method with an input that is JSON. Returns its result if it is there at once, or a promise of it. */
  function run(name, json, signal) {
    return SHAPED.test(name) ? shaped(name, json, signal) : operate(name, json, signal);
  }

  async function shaped(name, json, signal) {
    const account = await settled(loaded(import('./account.js')), signal);
    const call = callOf(name, json, signal);
    return account[name](call.perform, JSON.parse(json), call);
  }

  /** A call, for the parts that make more of it. `perform` runs the same operation, or another one, with another input. */
  const callOf = (name, json, signal) => ({
    ...{ name, json, signal, kit: door.kit, prefix: door.prefix, storage: door.storage },
    perform: (input, other = name) => operate(other, JSON.stringify(input), signal),
  });

  /** The result of an operation. What the user is asked for gets its form from a script that comes with the first challenge. */
  function read(json, call) {
    const result = JSON.parse(json) ?? undefined;
    return result?.step ? loaded(import('./steps.js')).then(({ asked }) => asked(result.step, call)) : result;
  }

  /** Runs an operation of the wasm, as `run` does. */
  function operate(name, json, signal) {
    if (signal?.aborted) throw aborted(signal);
    if (disposal.aborted) throw disposed();
    const outcome = door.perform(name, json, signal);
    // What has its result at once waits for nothing here either.
    const call = callOf(name, json, signal);
    return outcome.json === undefined ? settled(unpack(outcome, call), signal) : read(outcome.json, call);
  }

  /** The result of an operation. An error is a description in JSON, or the crash of the wasm. */
  async function unpack(outcome, call) {
    const { json, error } = await outcome;
    if (json !== undefined) return read(json, call);
    if (isPoolpassError(error)) throw error;
    const described = JSON.parse(error);
    const { text, thrown } = door.kit.callback;
    throw described.code === 'callback' && described.detail === text ? thrown : await explained(described);
  }

  /** Runs an operation with an input of the app's. */
  async function perform(name, input = {}) {
    const { signal, ...rest } = members(input);
    return run(name, JSON.stringify(plain(rest, '')), signalOf(signal));
  }

  /** Runs what needs credentials, with the logins that the app adds. The input is plain data; the result is as in `run`. */
  function runWithLogins(name, input, signal) {
    if (!logins || input.logins != null) return run(name, JSON.stringify(input), signal);
    const added = resultOf('logins', logins, { signal, disposal });
    return added.then((logins) => run(name, JSON.stringify({ ...input, ...plain({ logins }, '') }), signal));
  }

  const base = { ...context, ...door, glue, origins, run, perform, runWithLogins };
  const made = parts.map((part) => part(base));

  async function warmUp(input) {
    if (door.idpUrl) preconnect(door.idpUrl);
    await perform('warmUp', input);
  }

  if (warmUpOnFocus) whenPasswordIsFocused(disposal, () => void warmUp().catch(() => {}));
  return {
    ...Object.assign({}, ...made),
    storage: door.storage,
    prefix: door.prefix,
    run,
    async fetch(input, init) {
      const { authorizedFetch } = await loaded(import('./requests.js'));
      return authorizedFetch(run, runWithLogins, origins ?? [], input, init);
    },
    warmUp,
    async pendingSignIn(input) {
      const output = await perform('pendingSignIn', input);
      return output.nextStep ? output : null;
    },
    serializeSignIn: async (input) => (await perform('serializeSignIn', input)).serialized ?? null,
    /** Remembers the configuration: it is known to be good once the session has been read with it. */
    async confirm() {
      await run('recheck', '{}');
      // A secret that is in the app need not be in the storage too.
      if (typeof userPool?.clientSecret !== 'string') remember(config, door);
    },
    async signOut(input = {}) {
      const { isRevoked, error, goTo } = await perform('signOut', { ...members(input), pageUrl: globalThis.location?.href ?? '' });
      if (goTo) leave(goTo, context.hear);
      return error ? { isRevoked, error: await explained(error) } : { isRevoked };
    },
    close() {
      for (const { end } of made) end?.();
      door.close();
    },
  };
}

/** A part of the package that is loaded when it is first used. */
const loaded = (loading) =>
  loading.catch((cause) => {
    throw unloadable(cause);
  });

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

/** Has the browser open a connection. */
function preconnect(url) {
  try {
    const link = Object.assign(document.createElement('link'), { rel: 'preconnect', href: url, crossOrigin: 'anonymous' });
    document.head.append(link);
  } catch {
    // No page: the first request opens it.
  }
}
