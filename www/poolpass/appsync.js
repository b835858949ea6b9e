// AppSync's part of the API: checks inputs, and loads the rest on first use.
import { PoolpassError, aborted, disposed, misuse } from './error.js';
import { attempt, badOption, isSignal, members, plain } from './input.js';

/** A request publishes so many events at most ("Publish events via HTTP", AppSync Events Developer Guide). */
const MOST_EVENTS = 5;

/** `run` and `runWithLogins` ask the wasm; the latter with the logins that the app adds. */
export function appSync(run, runWithLogins) {
  let isClosed = false;
  /** Ends the calls that wait for a credential. */
  const pending = new Set();
  let proving;
  let realtime;

  /** A part of this package, and the function that proves to the service who asks. */
  const loaded = async (part) => {
    const [exports, { prover }] = await Promise.all([part, import('./proof.js')]).catch((cause) => {
      throw unloadable(cause);
    });
    proving ??= prover(run, runWithLogins, pending);
    return { ...exports, prove: proving };
  };

  async function overHttp(api, body, options) {
    if (options.signal?.aborted) throw aborted(options.signal);
    if (isClosed) throw disposed();
    const { ask, prove } = await loaded(import('./graphql.js'));
    return ask(prove, (url, date) => run('correctClock', { url, date }), api, body, options);
  }

  function overWebSocket(api, body, options) {
    if (isClosed) return arriving(Promise.reject(disposed()), options.signal);
    realtime ??= loaded(import('./realtime.js')).then(({ Realtime, prove }) => new Realtime(prove));
    realtime.catch(() => (realtime = undefined)); // the next call tries again
    return arriving(realtime.then((loaded) => loaded.subscribe(api, body, options)), options.signal);
  }

  return {
    graphql: async (input) => {
      const { query, variables, operationName, ...options } = checked(input, ['query', 'variables', 'operationName']);
      return overHttp('graphql', graphqlBody(query, { variables, operationName }), options);
    },
    subscribe: (input) => {
      const { query, variables, ...options } = checked(input, ['query', 'variables', ...LISTENERS]);
      return overWebSocket('graphql', graphqlBody(query, { variables }), options);
    },
    events: Object.freeze({
      publish: async (channel, events, options = {}) => {
        const body = JSON.stringify({ channel: publishable(path(channel)), events: eventTexts(events) });
        return overHttp('events', body, checked(options, []));
      },
      subscribe: (channel, options = {}) => {
        const body = JSON.stringify({ channel: path(channel) });
        return overWebSocket('events', body, checked(options, LISTENERS));
      },
    }),
    reauthenticate: () => void realtime?.then((loaded) => loaded.reauthenticate()).catch(() => {}),
    close: () => {
      isClosed = true;
      for (const end of pending) end(aborted({}));
      void realtime?.then((loaded) => loaded.close()).catch(() => {});
    },
  };
}

function graphqlBody(query, { variables = {}, operationName }) {
  // Typed documents are String objects.
  const isDocument = typeof query === 'string' || attempt('query', () => query instanceof String);
  if (!isDocument) throw misuse('query must be the text of a GraphQL document.');
  const rest = plain({ variables, operationName }, '');
  return JSON.stringify({ query: plain(query, 'query'), ...rest });
}

function eventTexts(events) {
  const isList = attempt('events', () => Array.isArray(events) && events.length >= 1 && events.length <= MOST_EVENTS);
  if (!isList) throw misuse(`events must be a list of 1 to ${MOST_EVENTS} events; publish more in several calls.`);
  return plain(events, 'events').map((event) => JSON.stringify(event));
}

function path(channel) {
  if (typeof channel !== 'string' || channel === '') throw misuse('channel must be a path such as /default/room.');
  return plain(channel.startsWith('/') ? channel : `/${channel}`, 'channel');
}

/** Wildcards are for subscriptions ("Understanding channel namespaces", AppSync Events Developer Guide). */
function publishable(channel) {
  if (channel.includes('*')) throw misuse(`channel must name one channel to publish to, without a wildcard: ${channel}`);
  return channel;
}

const LISTENERS = ['onDisconnect', 'onReconnect'];
const FORMS = {
  authMode: (value) => typeof value === 'string',
  authToken: (value) => typeof value === 'string' || typeof value === 'function',
  signal: isSignal,
  onDisconnect: (value) => typeof value === 'function',
  onReconnect: (value) => typeof value === 'function',
};

function checked(given, more) {
  const known = ['authMode', 'authToken', 'signal', ...more];
  const input = members(given);
  for (const [key, value] of Object.entries(input)) {
    const isRight = known.includes(key) && (value === undefined || !FORMS[key] || FORMS[key](value));
    if (!isRight) throw badOption(key);
  }
  return input;
}

function unloadable(cause) {
  const message = 'A part of poolpass cannot be loaded.';
  const recoverySuggestion = 'Serve all files of the package beside index.js.';
  return new PoolpassError({ name: 'NetworkError', code: 'network', message, retryable: true, recoverySuggestion }, cause);
}

/** A subscription while the part that serves it is being loaded. If that fails, it ends with that error. */
function arriving(loading, signal) {
  const cancelled = new Promise((_, reject) => {
    const giveUp = () => reject(aborted(signal));
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    loading.finally(() => signal?.removeEventListener('abort', giveUp)).catch(() => {});
  });
  const subscription = Promise.race([loading, cancelled]).catch(ended);
  const ready = subscription.then(({ ready }) => ready);
  ready.catch(() => {}); // next() throws it too
  return {
    ready,
    next: async () => (await subscription).next(),
    return: async (value) => (await subscription).return(value),
    throw: async (error) => (await subscription).throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A subscription that has ended with an error before it began. */
function ended(error) {
  const told = [error];
  return {
    ready: Promise.reject(error),
    next: async () => {
      if (told.length > 0) throw told.pop();
      return { value: undefined, done: true };
    },
    return: async (value) => ({ value, done: true }),
    throw: async (thrown) => {
      throw thrown;
    },
  };
}
