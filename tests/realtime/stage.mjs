// A client's real-time part by itself: with a scripted service, a proof of the test's, and a clock that the test moves.
import { once } from 'node:events';
import { test as nodeTest } from 'node:test';
import WebSocket from 'ws';
import './start.mjs';
import { renewing } from '../../www/poolpass/proof.js';
import { Realtime } from '../../www/poolpass/realtime.js';
import { appSync } from './appsync_server.mjs';
import { clock } from './clock.mjs';

/** Node.js has none before 22. The clients' ends, in the order in which they were opened. */
const ends = [];
globalThis.WebSocket = class extends WebSocket {
  constructor(...values) {
    super(...values);
    this.on('upgrade', ({ socket }) => (this.key = socket.localPort));
    ends.push(this);
  }
};

/** Cuts the connection; the client has noticed. Ports come again, so the last end that had it is meant. */
export async function cut(connection) {
  const closed = once(ends.findLast((end) => end.key === connection.key), 'close');
  await connection.drop();
  await closed;
  await rest();
}

/** The client's end of the connection that is being opened. */
export async function opening() {
  while (ends.at(-1)?.readyState !== WebSocket.CONNECTING) await rest();
  return ends.at(-1);
}

export const QUERY = JSON.stringify({ query: 'subscription { onNote { id } }', variables: {} });

/** A test that waits in vain fails, as far as its name. */
export const test = (name, act) => nodeTest(name, { timeout: 60_000 }, act);

/** The proofs are tokens `t1`, `t2` …, a new one for each renewal; `life` in milliseconds. */
export async function stage(test, { answers, life, isRenewable = true } = {}) {
  const { tick, sleep, adjust, pending } = clock(test);
  const server = await appSync(test, answers);
  const proofRequests = [];
  const token = { count: 1, expiresAt: life && Date.now() + life };
  const renewed = () => {
    token.count += 1;
    token.expiresAt = life && Date.now() + life;
  };
  const proofOf = (request) => {
    if (request.renew) renewed();
    const headers = { host: server.host, Authorization: `t${token.count}` };
    const protocol = `header-${Buffer.from(JSON.stringify(headers)).toString('base64url')}`;
    const url = `ws://${server.host}/${request.api === 'events' ? 'event' : 'graphql'}/realtime`;
    return { url, protocol, headers, isRenewable, expiresAt: token.expiresAt };
  };
  const actor = { server, proofRequests, token, renewed, prove: proofOf };
  const realtime = new Realtime(
    renewing(async (request) => {
      proofRequests.push(request);
      return actor.prove(request, proofOf);
    }),
  );
  test.after(() => realtime.close());
  const subscribe = (options = {}) => realtime.subscribe('graphql', QUERY, options);
  /** A subscription that has been acknowledged, and the connection that serves it. */
  const subscribed = async (options) => {
    const subscription = subscribe(options);
    const connection = await server.connection();
    await connection.next('connection_init');
    const { id } = await connection.next('start');
    await subscription.ready;
    return { subscription, connection, id };
  };
  return Object.assign(actor, { realtime, tick, sleep, adjust, pending, subscribe, subscribed });
}

/** Reads all that comes, in the background: `values`, and how it `ended`. */
export function reader(subscription) {
  const values = [];
  const ended = (async () => {
    for await (const value of subscription) values.push(value);
    return 'done';
  })().catch((error) => error);
  return { values, ended };
}

/** The numbers of the notes that have come. */
export const notes = ({ values }) => values.map(({ data }) => data.onNote.id);
export const note = (id) => ({ onNote: { id } });

/** Lets what is under way in this process come to rest. */
export const rest = () => new Promise((resolve) => setImmediate(resolve));

/** Gives the process a page's events for the length of a test; what it returns fires them. */
export function page(test) {
  const page = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  Object.assign(globalThis, { addEventListener: page.addEventListener.bind(page), removeEventListener: page.removeEventListener.bind(page), document });
  test.after(() => ['addEventListener', 'removeEventListener', 'document'].forEach((name) => delete globalThis[name]));
  return {
    online: () => page.dispatchEvent(new Event('online')),
    shown: (visibilityState) => {
      document.visibilityState = visibilityState;
      document.dispatchEvent(new Event('visibilitychange'));
    },
  };
}

/** How often it was found out how to connect. */
export const connects = ({ proofRequests }) => proofRequests.filter(({ purpose }) => purpose === 'connect').length;
