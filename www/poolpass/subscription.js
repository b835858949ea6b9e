// One subscription, whatever connections serve it: a queue of what has come, as an async iterator.
import { PoolpassError, aborted } from './error.js';

/** So much may wait to be read. */
const LONGEST_QUEUE = 10_000;

export class Subscription {
  #queue = [];
  #waiting = [];
  #error;
  #twins;
  #settleReady;
  #leave;
  #onReconnect;
  /** What is asked for, as it is sent. */
  body;
  /** The sockets that serve it, and its id on each. */
  places = new Map();
  /** When it was last started with a new token because it had been refused. */
  renewedAt = -Infinity;
  isAcknowledged = false;
  isOver = false;
  /** Settles when the service has acknowledged it for the first time, or when it ends before. */
  ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }));

  constructor(body, { signal, onReconnect, onEnd }) {
    this.body = body;
    this.ready.catch(() => {}); // next() throws it too
    const giveUp = () => {
      this.#queue = [];
      this.fail(aborted(signal));
    };
    this.#onReconnect = onReconnect;
    this.#leave = () => {
      signal?.removeEventListener('abort', giveUp);
      onEnd(this);
    };
    if (signal?.aborted) giveUp();
    else signal?.addEventListener('abort', giveUp, { once: true });
  }

  /** Has been started at a socket under an id. Where two sockets serve it, what both bring is given once. */
  startedAt(socket, id) {
    this.places.set(socket, id);
    if (this.places.size > 1) this.#twins ??= new Twins();
  }

  acknowledged(isAfterGap) {
    const isReconnected = this.isAcknowledged && isAfterGap;
    this.isAcknowledged = true;
    this.#settleReady.resolve();
    try {
      if (isReconnected) this.#onReconnect?.();
    } catch (error) {
      (globalThis.reportError ?? console.error)(error); // an app's mistake is the app's to see
    }
  }

  hear(socket, values) {
    for (const value of values) if (!this.isOver && (this.#twins?.isNew(socket, value) ?? true)) this.#give(value);
  }

  forgetTwins() {
    this.#twins = undefined;
  }

  fail(error) {
    if (this.isOver) return;
    this.isOver = true;
    this.#error = error;
    const ended = { name: 'AbortError', code: 'aborted', message: 'The subscription was ended.' };
    this.#settleReady.reject(error ?? new PoolpassError(ended));
    for (const { resolve, reject } of this.#waiting.splice(0)) this.next().then(resolve, reject);
    this.#leave();
  }

  finish() {
    this.fail(undefined);
  }

  #give(value) {
    const next = this.#waiting.shift();
    if (next) return next.resolve({ value, done: false });
    this.#queue.push(value);
    if (this.#queue.length <= LONGEST_QUEUE) return;
    const message = `More than ${LONGEST_QUEUE} messages wait to be read.`;
    const recoverySuggestion = 'Read faster: do what takes long outside of the loop.';
    this.fail(new PoolpassError({ name: 'QueueOverflowException', code: 'appsync', message, recoverySuggestion }));
  }

  async next() {
    if (this.#queue.length > 0) return { value: this.#queue.shift(), done: false };
    if (!this.isOver) return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    const error = this.#error;
    this.#error = undefined;
    if (error) throw error;
    return { value: undefined, done: true };
  }

  async return(value) {
    this.#queue = [];
    this.#error = undefined;
    this.finish();
    return { value, done: true };
  }

  async throw(error) {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

/** Knows what comes by two connections from what comes twice: AppSync's messages have no ids. */
class Twins {
  #brought = new Map();
  #given = new Map();

  isNew(socket, value) {
    const text = JSON.stringify(value);
    if (!this.#brought.has(socket)) this.#brought.set(socket, new Map());
    const brought = this.#brought.get(socket);
    const times = (brought.get(text) ?? 0) + 1;
    brought.set(text, times);
    if (times <= (this.#given.get(text) ?? 0)) return false;
    this.#given.set(text, times);
    return true;
  }
}
