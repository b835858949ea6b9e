// A WebSocket and the subscriptions that it serves.
import { isUnauthorized, refusal } from './appsync_error.js';
import { errorsOf } from './dialect.js';
import { Socket } from './socket.js';

const LEAVE_WITHIN_MS = 15_000;

export class Channel {
  static #count = 0;
  #dialect;
  #socket;
  #owner;
  /** Which subscription an id means here. */
  #routes = new Map();
  #leaving;
  /** What it was opened with. */
  proof;
  openedAt;
  /** `opening`, `serving`, `expiring` (it will be left soon) or `leaving`. */
  phase = 'opening';

  /** The owner hears that a message was `heard`, that a subscription was `stopped` or `refused`, and that the channel is `lost`. */
  constructor(proof, dialect, owner) {
    this.proof = proof;
    this.#dialect = dialect;
    this.#owner = owner;
    this.#socket = new Socket(proof.url, [dialect.protocol, proof.protocol]);
    this.#socket.onMessage = (message, size) => this.#hear(message, size);
    this.#socket.onLost = () => owner.lost(this);
  }

  get isLost() {
    return this.#socket.isLost;
  }

  /** Whether another channel can no longer hand its work back to this one. */
  get isLeaving() {
    return this.phase === 'leaving';
  }

  async open() {
    await this.#socket.open();
    this.openedAt = Date.now();
    this.phase = 'serving';
  }

  check() {
    this.#socket.check();
  }

  /** Starts a subscription, and waits for the acknowledgement. */
  async start(subscription, authorization) {
    const id = String(++Channel.#count);
    this.#routes.set(id, subscription);
    subscription.startedAt(this, id);
    const { start, started, refused } = this.#dialect;
    const types = new RegExp(`^${started}$|${refused.source}`);
    const answer = await this.#socket.ask(start(id, subscription.body, authorization), types).catch((error) => {
      this.leave(subscription);
      throw error;
    });
    if (answer.type === started) return;
    this.#forget(subscription);
    throw refusal(errorsOf(answer));
  }

  /** Stops serving a subscription. */
  leave(subscription) {
    const id = this.#forget(subscription);
    if (id !== undefined) this.#socket.send(this.#dialect.stop(id));
  }

  /** Stops all subscriptions, and closes when everything that is under way has come. */
  retire() {
    this.phase = 'leaving';
    this.#leaving = setTimeout(() => this.#owner.lost(this), LEAVE_WITHIN_MS);
    for (const [id, subscription] of this.#routes) {
      if (subscription.places.get(this) === id) subscription.places.delete(this);
      this.#socket.send(this.#dialect.stop(id));
    }
    this.#left();
  }

  close() {
    clearTimeout(this.#leaving);
    this.#socket.close();
  }

  #hear(message, size) {
    this.#owner.heard();
    const { type, id } = message;
    const subscription = this.#routes.get(id);
    if (!subscription) return;
    const { stopped, refused, valuesOf } = this.#dialect;
    if (type === 'data') return subscription.hear(this, valuesOf(message), size);
    const isStopped = stopped.test(type);
    const isCutOff = type === 'broadcast_error' && isUnauthorized(refusal(errorsOf(message)));
    if (!isStopped && !isCutOff && !refused.test(type)) return;
    if (subscription.places.get(this) !== id) {
      subscription.ended(this, true); // messages come in order: none is behind this answer
      return this.#left(id);
    }
    if (isCutOff) this.leave(subscription); // the service may not have stopped it
    else this.#forget(subscription);
    if (isStopped) this.#owner.stopped(this, subscription);
    else this.#owner.refused(this, subscription, refusal(errorsOf(message)));
  }

  #left(id) {
    this.#routes.delete(id);
    if (this.isLeaving && this.#routes.size === 0) this.#owner.lost(this);
  }

  #forget(subscription) {
    const id = subscription.places.get(this);
    if (id === undefined) return undefined;
    this.#routes.delete(id);
    subscription.ended(this, false);
    return id;
  }
}
