// One subscription, whatever lines serve it: a queue of what has come, as an async iterator.
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
  #onDisconnect;
  #onReconnect;
  #isInterrupted = false;
  /** What is asked for, as it is sent. */
  body;
  /** The lines that serve it, and its id on each. */
  places = new Map();
  /** What it was last started with. */
  proof;
  /** When it was last started with another token because it had been refused. */
  renewedAt = -Infinity;
  /** How often in a row it could not be started. */
  attempt = 0;
  isAcknowledged = false;
  isOver = false;
  /** Settles when the service has acknowledged it for the first time, or when it ends before. */
  ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }));

  constructor(body, { signal, onDisconnect, onReconnect, onEnd }) {
    this.body = body;
    this.ready.catch(() => {}); // next() throws it too
    const giveUp = () => {
      this.empty();
      this.fail(aborted(signal));
    };
    this.#onDisconnect = onDisconnect;
    this.#onReconnect = onReconnect;
    this.#leave = () => {
      signal?.removeEventListener('abort', giveUp);
      onEnd(this);
    };
    if (signal?.aborted) giveUp();
    else signal?.addEventListener('abort', giveUp, { once: true });
  }

  /** Has been started on a line under an id. Where two lines serve it, what both bring is given once. */
  startedAt(line, id) {
    this.places.set(line, id);
    if (this.places.size > 1) this.#twins ??= new Twins();
  }

  /** It has missed something unless another line serves it too. */
  acknowledged() {
    const isReconnected = this.isAcknowledged && this.places.size === 1;
    this.isAcknowledged = true;
    this.#isInterrupted = false;
    this.attempt = 0;
    this.#settleReady.resolve();
    if (isReconnected) this.#tell(this.#onReconnect);
  }

  /** Nothing serves it, for now. */
  interrupted(error) {
    if (!this.#isInterrupted) this.#tell(this.#onDisconnect, error);
    this.#isInterrupted = true;
  }

  hear(line, values) {
    for (const value of values) if (!this.isOver && (this.#twins?.isNew(line, value) ?? true)) this.#give(value);
  }

  /** What waits to be read is not to be. */
  empty() {
    this.#queue = [];
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

  #tell(handler, ...values) {
    try {
      if (!this.isOver) handler?.(...values);
    } catch (error) {
      (globalThis.reportError ?? console.error)(error); // an app's mistake is the app's to see
    }
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
    this.empty();
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

/** Tells what comes by two lines from what comes twice: AppSync's messages have no ids. */
class Twins {
  #brought = new Map();
  #given = new Map();

  isNew(line, value) {
    const text = JSON.stringify(value);
    if (!this.#brought.has(line)) this.#brought.set(line, new Map());
    const brought = this.#brought.get(line);
    const times = (brought.get(text) ?? 0) + 1;
    brought.set(text, times);
    if (times <= (this.#given.get(text) ?? 0)) return false;
    this.#given.set(text, times);
    return true;
  }
}
