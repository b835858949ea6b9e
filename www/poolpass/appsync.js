// AppSync's part of the API: checks inputs, and loads the rest on first use.
import { aborted, arriving, attempt, badOption, disposed, isSignal, members, misuse, plain, unloadable } from './shared.js';

/** A request publishes so many events at most ("Publish events via HTTP", AppSync Events Developer Guide). */
const MOST_EVENTS = 5;

/** `run` and `runWithLogins` ask the wasm; the latter with the logins that the app adds. */
export function appSync({ run, runWithLogins, handlers }) {
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
    return ask(prove, (url, date) => run('correctClock', JSON.stringify({ url, date })), api, body, options);
  }

  function overWebSocket(api, body, options) {
    if (isClosed) return arriving(Promise.reject(disposed()), options.signal);
    realtime ??= loaded(import('./realtime.js')).then(({ Realtime, prove }) => new Realtime(prove));
    realtime.catch(() => (realtime = undefined)); // the next call tries again
    return arriving(realtime.then((loaded) => loaded.subscribe(api, body, options)), options.signal);
  }

  const reauthenticate = () => void realtime?.then((loaded) => loaded.reauthenticate()).catch(() => {});
  // Another user, or none, is to see what they may see: open connections are made anew.
  for (const event of ['signedIn', 'signedOut']) handlers.get(event).add({ handler: reauthenticate });

  return {
    graphql: async (input) => {
      const { query, variables, operationName, ...options } = checked(input, ['query', 'variables', 'operationName']);
      return overHttp('graphql', graphqlBody(query, { variables, operationName }), options);
    },
    subscribe: (input) => {
      const { query, variables, ...options } = checked(input, ['query', 'variables', ...LISTENERS]);
      return overWebSocket('graphql', graphqlBody(query, { variables }), options);
    },
    publishEvents: async (channel, events, options = {}) => {
      const body = JSON.stringify({ channel: publishable(path(channel)), events: eventTexts(events) });
      return overHttp('events', body, checked(options, []));
    },
    subscribeEvents: (channel, options = {}) => {
      const body = JSON.stringify({ channel: path(channel) });
      return overWebSocket('events', body, checked(options, LISTENERS));
    },
    end: () => {
      isClosed = true;
      for (const stop of pending) stop(aborted({}));
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
  signal: (value) => isSignal(value),
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
