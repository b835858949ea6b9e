// One subscription, whatever channels serve it: a queue of its messages, as an async iterator.
import { Deduplicator } from './deduplicator.js';
import { aborted, PoolpassError } from './shared.js';

/** This many messages may wait to be read, and this many characters of them. */
const LONGEST_QUEUE = 10_000;
const LARGEST_QUEUE = 32_000_000;

export class Subscription {
  #queue = [];
  /** The length of all messages in the queue. */
  #size = 0;
  #waiting = [];
  #error;
  #deduplicator = new Deduplicator();
  #settleReady;
  #leave;
  #onDisconnect;
  #onReconnect;
  #isInterrupted = false;
  /** The document or channel, as it is sent. */
  body;
  /** The channels that serve it, and its id on each. */
  places = new Map();
  /** The channel that acknowledged it last. */
  acknowledgedBy;
  /** The proof that it was last started with. */
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

  /** It has been started on a channel under an id. Messages that another channel brings too are given once. */
  startedAt(channel, id) {
    const other = [...this.places.keys()].filter((place) => place !== channel).pop();
    this.places.set(channel, id);
    if (other) this.#deduplicator.begin(other, channel);
  }

  /** A channel serves it now. Messages may have been missed unless another one serves it too. */
  acknowledged(channel) {
    const isReconnected = this.isAcknowledged && this.places.size === 1;
    this.isAcknowledged = true;
    this.acknowledgedBy = channel;
    this.#deduplicator.acknowledged(channel);
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

  /** Messages of a channel, and their length together. */
  hear(channel, values, size) {
    for (const value of values) if (!this.isOver && this.#deduplicator.isNew(channel, value)) this.#give(value, size / values.length);
  }

  /** A channel serves it no longer; `isDrained` if everything that was under way has come. */
  ended(channel, isDrained) {
    this.places.delete(channel);
    if (this.acknowledgedBy === channel) this.acknowledgedBy = undefined;
    for (const { value, size } of this.#deduplicator.ended(channel, isDrained)) if (!this.isOver) this.#give(value, size);
  }

  /** Drops all messages that wait to be read. */
  empty() {
    this.#queue = [];
    this.#size = 0;
  }

  /** No other channel takes over any longer: from now on, equal messages are two messages. */
  settle() {
    this.#deduplicator = new Deduplicator();
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

  #give(value, size) {
    const next = this.#waiting.shift();
    if (next) return next.resolve({ value, done: false });
    this.#queue.push({ value, size });
    this.#size += size;
    if (this.#queue.length > LONGEST_QUEUE) this.fail(overflow(`More than ${LONGEST_QUEUE} messages`));
    else if (this.#size > LARGEST_QUEUE) this.fail(overflow(`Messages of more than ${LARGEST_QUEUE / 1_000_000} MB`));
  }

  async next() {
    if (this.#queue.length > 0) {
      const { value, size } = this.#queue.shift();
      this.#size -= size;
      return { value, done: false };
    }
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

function overflow(what) {
  return new PoolpassError({
    name: 'QueueOverflowException',
    code: 'appsync',
    message: `${what} waited to be read, so the subscription was ended.`,
    recoverySuggestion: 'Read faster: do slow work outside of the loop. Then subscribe again and load what was missed.',
  });
}
