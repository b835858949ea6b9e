// AppSync as the API has it: checks inputs, and loads what does the work on first use.
import { PoolpassError, aborted, misuse } from './error.js';

/** `run` and `runWithLogins` ask the wasm; the latter with the logins that the app adds. */
export function appSync(run, runWithLogins) {
  let realtime;

  /** A part of this package, and what finds out for it how to prove who asks. */
  const loaded = async (part) => {
    const [exports, { prover }] = await Promise.all([part, import('./proof.js')]).catch((cause) => {
      throw unloadable(cause);
    });
    return { ...exports, prove: prover(run, runWithLogins) };
  };

  const overHttp = async (api, body, options) => {
    const { ask, prove } = await loaded(import('./graphql.js'));
    return ask(prove, (url, date) => run('correctClock', { url, date }), api, body, options);
  };

  function overWebSocket(api, body, options) {
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
        const body = JSON.stringify({ channel: path(channel), events: eventTexts(events) });
        return overHttp('events', body, checked(options, []));
      },
      subscribe: (channel, options = {}) => {
        const body = JSON.stringify({ channel: path(channel) });
        return overWebSocket('events', body, checked(options, LISTENERS));
      },
    }),
    proveAnew: () => void realtime?.then((loaded) => loaded.proveAnew()).catch(() => {}),
    close: () => void realtime?.then((loaded) => loaded.close()).catch(() => {}),
  };
}

function graphqlBody(query, { variables = {}, operationName }) {
  // Typed documents are String objects.
  if (typeof query !== 'string' && !(query instanceof String)) throw misuse('query must be the text of a GraphQL document.');
  return plain(() => JSON.stringify({ query: String(query), variables, operationName }));
}

function eventTexts(events) {
  if (!Array.isArray(events)) throw misuse('events must be a list.');
  const texts = events.map((event) => plain(() => JSON.stringify(event)));
  if (texts.includes(undefined)) throw misuse('events must be plain data.');
  return texts;
}

function plain(write) {
  try {
    return write();
  } catch (cause) {
    throw misuse('The input must be plain data.', cause);
  }
}

function path(channel) {
  if (typeof channel !== 'string' || channel === '') throw misuse('channel must be a path such as /default/room.');
  return channel.startsWith('/') ? channel : `/${channel}`;
}

const LISTENERS = ['onDisconnect', 'onReconnect'];
const FORMS = {
  authMode: (value) => typeof value === 'string',
  authToken: (value) => typeof value === 'string' || typeof value === 'function',
  signal: (value) => value instanceof AbortSignal,
  onDisconnect: (value) => typeof value === 'function',
  onReconnect: (value) => typeof value === 'function',
};

function checked(input, more) {
  const known = ['authMode', 'authToken', 'signal', ...more];
  const isObject = typeof input === 'object' && input !== null;
  if (!isObject) throw misuse('The input must be an object.');
  for (const [key, value] of Object.entries(input)) {
    const isRight = known.includes(key) && (value === undefined || !FORMS[key] || FORMS[key](value));
    if (!isRight) throw misuse(`The input has an option that is not known or of the wrong type: ${key}`);
  }
  return input;
}

function unloadable(cause) {
  const message = 'A part of poolpass cannot be loaded.';
  const recoverySuggestion = 'Serve all files of the package beside index.js.';
  return new PoolpassError({ name: 'NetworkError', code: 'network', message, retryable: true, recoverySuggestion }, cause);
}

/** A subscription while what serves it is being loaded; if that fails, one that has ended so. */
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
