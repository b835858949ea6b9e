// Subscriptions over AppSync's real-time WebSocket, for GraphQL and for Events. One connection serves all subscriptions of
// one way to prove who asks. It is replaced before its token expires and after it is lost; subscriptions go on meanwhile.
import { PoolpassError } from './error.js';

const ANSWER_WITHIN_MS = 15_000;
const USUAL_TIMEOUT_MS = 300_000;
const RENEW_BEFORE_MS = 60_000;
const IDLE_MS = 5_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
/** What another attempt does not change. */
const FINAL = /Unauthorized|BadRequest|UnsupportedOperation|ValidationError|MalformedHttpRequest/;

/** How the two protocols differ. */
const DIALECTS = {
  graphql: {
    protocol: 'graphql-ws',
    start: (id, body, authorization) => ({ id, type: 'start', payload: { data: body, extensions: { authorization } } }),
    stop: (id) => ({ id, type: 'stop' }),
    started: 'start_ack',
    timeoutOf: (message) => message.payload?.connectionTimeoutMs,
    dataOf: (message) => message.payload,
    errorsOf: (message) => message.payload?.errors,
  },
  events: {
    protocol: 'aws-appsync-event-ws',
    start: (id, body, authorization) => ({ id, type: 'subscribe', ...JSON.parse(body), authorization }),
    stop: (id) => ({ id, type: 'unsubscribe' }),
    started: 'subscribe_success',
    timeoutOf: (message) => message.connectionTimeoutMs,
    dataOf: (message) => [message.event].flat().map((event) => JSON.parse(event)),
    errorsOf: (message) => message.errors,
  },
};

/** The connections of one client. `access` asks the wasm where to connect and with what. */
export class Realtime {
  #access;
  #connections = new Map();

  constructor(access) {
    this.#access = access;
  }

  /** An async iterable of what comes. It ends by `break`, `return()` or the signal, and throws what ends it otherwise. */
  subscribe(api, body, { signal, ...auth }) {
    const key = JSON.stringify([api, auth]);
    let connection = this.#connections.get(key);
    if (!connection || connection.isOver) {
      connection = new Connection(DIALECTS[api], (purpose, body, renew) => this.#access({ api, purpose, body, renew, ...auth }));
      this.#connections.set(key, connection);
    }
    return connection.subscribe(body, signal);
  }

  close() {
    for (const connection of this.#connections.values()) connection.close();
    this.#connections.clear();
  }
}

class Connection {
  #dialect;
  #access;
  #subscriptions = new Map();
  #socket;
  #attempt = 0;
  #isRenewed = false;
  #timers = new Map();
  isOver = false;

  constructor(dialect, access) {
    this.#dialect = dialect;
    this.#access = access;
  }

  subscribe(body, signal) {
    const subscription = new Subscription(body, () => this.#drop(subscription.id));
    this.#subscriptions.set(subscription.id, subscription);
    const giveUp = () => subscription.fail(signal.reason);
    signal?.addEventListener('abort', giveUp, { once: true });
    subscription.onEnd = () => signal?.removeEventListener('abort', giveUp);
    if (signal?.aborted) giveUp();
    else if (this.#socket?.isReady) void this.#start(this.#socket, subscription);
    else if (!this.#socket) void this.#connect();
    this.#stop('idle');
    return subscription;
  }

  close() {
    this.isOver = true;
    for (const name of [...this.#timers.keys()]) this.#stop(name);
    this.#socket?.close();
    for (const subscription of [...this.#subscriptions.values()]) subscription.finish();
  }

  /** Opens a socket in the place of the one there is, which serves on until the new one does. */
  async #connect() {
    const old = this.#socket;
    let socket;
    try {
      const { url, protocol, expiresAt } = await this.#access('connect', '{}', this.#isRenewed);
      if (this.isOver) return;
      socket = new Socket(url, [this.#dialect.protocol, protocol]);
      this.#socket = socket;
      socket.onMessage = (message) => this.#hear(socket, message);
      const ack = await socket.open((message) => (message.type === 'connection_ack' ? message : undefined), errorOf(this.#dialect));
      socket.watch(this.#dialect.timeoutOf(ack) ?? USUAL_TIMEOUT_MS);
      socket.onLost = () => this.#lost(socket);
      this.#attempt = 0;
      this.#isRenewed = false;
      if (expiresAt !== undefined) {
        this.#after('renew', Math.max(expiresAt - Date.now() - RENEW_BEFORE_MS, 1000), () => void this.#connect());
      }
      await Promise.all([...this.#subscriptions.values()].map((subscription) => this.#start(socket, subscription)));
      old?.close();
    } catch (error) {
      socket?.close();
      if (this.#socket === socket) this.#socket = old;
      this.#failed(error);
    }
  }

  /** Starts a subscription on a socket; it leaves the one it was on once it is acknowledged. */
  async #start(socket, subscription) {
    try {
      const { headers } = await this.#access('message', subscription.body, false);
      if (!this.#subscriptions.has(subscription.id)) return;
      const wire = `${subscription.id}-${++subscription.starts}`;
      const isAnswer = (message) => (message.id === wire && message.type === this.#dialect.started ? message : undefined);
      socket.routes.set(wire, subscription);
      socket.send(this.#dialect.start(wire, subscription.body, headers));
      await socket.answer(isAnswer, errorOf(this.#dialect, wire));
      const before = subscription.place;
      subscription.place = { socket, wire };
      if (before && before.socket !== socket) before.socket.leave(before.wire, this.#dialect.stop(before.wire));
    } catch (error) {
      if (socket.isLost && !error.isFinal) return;
      subscription.fail(toError(error));
    }
  }

  #hear(socket, message) {
    const subscription = socket.routes.get(message.id);
    if (!subscription) return;
    if (message.type === 'data') subscription.push(this.#dialect.dataOf(message));
    else if (message.type === 'complete') subscription.finish();
    else if (message.type === 'error' || message.type === 'broadcast_error') {
      subscription.fail(toError({ errors: this.#dialect.errorsOf(message) }));
    }
  }

  #lost(socket) {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    this.#retry();
  }

  #failed(error) {
    const isRefused = error.errors && /Unauthorized/.test(JSON.stringify(error.errors));
    if (isRefused && !this.#isRenewed) {
      this.#isRenewed = true;
      void this.#connect();
    } else if (error.isFinal || error instanceof PoolpassError && !error.retryable) {
      for (const subscription of [...this.#subscriptions.values()]) subscription.fail(toError(error));
      this.close();
    } else if (!this.#socket) this.#retry();
  }

  #retry() {
    if (this.isOver || this.#subscriptions.size === 0) return;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#attempt++, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);
    this.#after('retry', pause, () => void this.#connect());
  }

  #drop(id) {
    const { place } = this.#subscriptions.get(id) ?? {};
    this.#subscriptions.delete(id);
    place?.socket.leave(place.wire, this.#dialect.stop(place.wire));
    if (this.#subscriptions.size === 0) this.#after('idle', IDLE_MS, () => this.close());
  }

  #after(name, ms, act) {
    this.#stop(name);
    this.#timers.set(name, setTimeout(act, ms));
  }

  #stop(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}

/** A WebSocket that knows whether it lives. */
class Socket {
  #socket;
  #waiting = new Set();
  #pulse;
  routes = new Map();
  isReady = false;
  isLost = false;
  onMessage = () => {};
  onLost = () => {};

  constructor(url, protocols) {
    this.#socket = new WebSocket(url, protocols);
    this.#socket.onmessage = ({ data }) => {
      const message = parsed(data);
      this.#beat();
      for (const wait of [...this.#waiting]) wait(message);
      this.onMessage(message);
    };
    this.#socket.onclose = () => this.#end();
  }

  /** Settles with the acknowledgement of the connection. */
  open(isAnswer, isRefusal) {
    this.#socket.onopen = () => this.send({ type: 'connection_init' });
    return this.answer(isAnswer, isRefusal).then((ack) => {
      this.isReady = true;
      return ack;
    });
  }

  /** The first message that is the answer; fails with the first that is a refusal, or if none comes. */
  answer(isAnswer, isRefusal) {
    return new Promise((resolve, reject) => {
      const settle = (how, value) => {
        this.#waiting.delete(wait);
        clearTimeout(timer);
        how(value);
      };
      const wait = (message) => {
        if (!message) return settle(reject, lost());
        const refusal = isRefusal(message);
        if (refusal) return settle(reject, refusal);
        const answer = isAnswer(message);
        if (answer) settle(resolve, answer);
      };
      const timer = setTimeout(() => settle(reject, lost()), ANSWER_WITHIN_MS);
      this.#waiting.add(wait);
    });
  }

  send(message) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  leave(id, message) {
    this.routes.delete(id);
    this.send(message);
  }

  /** Takes silence of so long for the end. */
  watch(timeoutMs) {
    this.#pulse = { timeoutMs };
    this.#beat();
  }

  #beat() {
    if (!this.#pulse) return;
    clearTimeout(this.#pulse.timer);
    this.#pulse.timer = setTimeout(() => {
      this.#end();
      this.#socket.close();
    }, this.#pulse.timeoutMs);
  }

  #end() {
    if (this.isLost) return;
    this.isLost = true;
    this.isReady = false;
    clearTimeout(this.#pulse?.timer);
    for (const wait of [...this.#waiting]) wait(undefined);
    this.onLost();
  }

  close() {
    this.onLost = () => {};
    this.#end();
    this.#socket.close();
  }
}

/** A queue of what has come, as an async iterator. */
class Subscription {
  static #count = 0;
  #queue = [];
  #waiting = [];
  #end;
  #leave;
  id = `${Date.now().toString(36)}${++Subscription.#count}`;
  starts = 0;
  place;
  onEnd = () => {};

  constructor(body, leave) {
    this.body = body;
    this.#leave = leave;
  }

  push(value) {
    for (const single of this.isEvents(value) ? value : [value]) this.#give({ resolve: { value: single, done: false } });
  }

  isEvents(value) {
    return Array.isArray(value);
  }

  fail(error) {
    this.#finish({ reject: error });
  }

  finish() {
    this.#finish({ resolve: { value: undefined, done: true } });
  }

  #finish(end) {
    if (this.#end) return;
    this.#end = end;
    this.onEnd();
    this.#leave();
    for (const waiting of this.#waiting.splice(0)) this.#settle(waiting, end);
  }

  #give(result) {
    if (this.#end) return;
    const waiting = this.#waiting.shift();
    if (waiting) this.#settle(waiting, result);
    else this.#queue.push(result);
  }

  #settle({ resolve, reject }, result) {
    if ('reject' in result) {
      reject(result.reject);
      this.#end = { resolve: { value: undefined, done: true } };
    } else resolve(result.resolve);
  }

  next() {
    return new Promise((resolve, reject) => {
      const ready = this.#queue.shift() ?? this.#end;
      if (ready) this.#settle({ resolve, reject }, ready);
      else this.#waiting.push({ resolve, reject });
    });
  }

  async return() {
    this.finish();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

/** Finds the message that refuses: of the connection, or of one subscription. */
function errorOf(dialect, id) {
  return (message) => {
    const isRefusal = id === undefined ? /^(connection_)?error$/.test(message.type) : message.id === id && /error$/.test(message.type);
    if (!isRefusal) return undefined;
    const errors = [dialect.errorsOf(message) ?? message.payload?.errors ?? []].flat();
    return { errors, isFinal: FINAL.test(JSON.stringify(errors)) };
  };
}

function lost() {
  return { errors: undefined, isFinal: false };
}

function toError(error) {
  if (error instanceof Error) return error;
  const first = [error.errors ?? []].flat()[0] ?? {};
  return new PoolpassError({
    name: (first.errorType ?? 'SubscriptionException').split('#').pop(),
    code: 'appsync',
    message: first.message ?? 'The subscription was lost.',
    retryable: !FINAL.test(first.errorType ?? ''),
  });
}

function parsed(data) {
  try {
    return JSON.parse(data) ?? {};
  } catch {
    return {};
  }
}
