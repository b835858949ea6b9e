// A socket and the subscriptions that it serves.
import { isUnauthorized, refusal } from './appsync_error.js';
import { errorsOf } from './dialect.js';
import { Socket } from './socket.js';

const LEAVE_WITHIN_MS = 15_000;

export class Line {
  static #count = 0;
  #dialect;
  #socket;
  #owner;
  /** Which subscription an id means here. */
  #routes = new Map();
  #leaving;
  openedAt;
  isLeaving = false;

  /** The owner hears that something is `heard`, that a subscription is `stopped` or `refused`, and that the line is `lost`. */
  constructor({ url, protocol }, dialect, owner) {
    this.#dialect = dialect;
    this.#owner = owner;
    this.#socket = new Socket(url, [dialect.protocol, protocol]);
    this.#socket.onMessage = (message) => this.#hear(message);
    this.#socket.onLost = () => owner.lost(this);
  }

  get isLost() {
    return this.#socket.isLost;
  }

  async open() {
    await this.#socket.open();
    this.openedAt = Date.now();
  }

  check() {
    this.#socket.check();
  }

  /** Starts a subscription, and waits for the acknowledgement. */
  async start(subscription, authorization) {
    const id = String(++Line.#count);
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

  /** Serves a subscription no longer. */
  leave(subscription) {
    const id = this.#forget(subscription);
    if (id !== undefined) this.#socket.send(this.#dialect.stop(id));
  }

  /** Serves none any longer, and closes: what is under way is to come yet. */
  retire() {
    this.isLeaving = true;
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

  #hear(message) {
    this.#owner.heard();
    const { type, id } = message;
    const subscription = this.#routes.get(id);
    if (!subscription) return;
    const { stopped, refused, valuesOf } = this.#dialect;
    if (type === 'data') return subscription.hear(this, valuesOf(message));
    const isStopped = stopped.test(type);
    const isCutOff = type === 'broadcast_error' && isUnauthorized(refusal(errorsOf(message)));
    if (!isStopped && !isCutOff && !refused.test(type)) return;
    if (subscription.places.get(this) !== id) return this.#left(id);
    if (isCutOff) this.leave(subscription); // it may stand yet
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
    subscription.places.delete(this);
    this.#routes.delete(id);
    return id;
  }
}
