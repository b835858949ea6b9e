// One connection to AppSync's real-time endpoint: it serves all subscriptions of one way to prove who asks. Its socket is
// replaced before the token expires and after it is lost; subscriptions go on meanwhile.
import { isUnauthorized, refusal } from './appsync_error.js';
import { DIALECTS, errorsOf } from './dialect.js';
import { PoolpassError, unreachable } from './error.js';
import { Socket } from './socket.js';
import { Subscription } from './subscription.js';

/** So long before the token expires: later than the kit itself renews it, so that there is another. */
const RENEW_BEFORE_MS = 45_000;
/** AppSync ends a connection after 24 hours. */
const LONGEST_LIFE_MS = 84_600_000;
/** So long the old socket serves on beside the new one, for what is on its way. */
const OVERLAP_MS = 3_000;
const LEAVE_WITHIN_MS = 15_000;
const IDLE_MS = 5_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export class Connection {
  static #count = 0;
  #dialect;
  #proof;
  #prove;
  #subscriptions = new Set();
  /** All that are open: one; more while one takes over. */
  #sockets = new Set();
  /** The one that new subscriptions go to. */
  #current;
  #expiresAt;
  #renewAt = Infinity;
  #isRenewable = false;
  #isConnecting = false;
  #isOutdated = false;
  #attempt = 0;
  #timers = new Map();
  isOver = false;

  constructor(prove, api, authMode, authToken) {
    this.#dialect = DIALECTS[api];
    this.#proof = { api, authMode, authToken };
    this.#prove = (purpose, body, renew) => prove({ ...this.#proof, purpose, body, renew });
  }

  is(api, authMode, authToken) {
    const proof = this.#proof;
    return proof.api === api && proof.authMode === authMode && proof.authToken === authToken;
  }

  subscribe(body, options) {
    const subscription = new Subscription(body, { ...options, onEnd: (subscription) => this.#drop(subscription) });
    if (subscription.isOver) return subscription;
    this.#subscriptions.add(subscription);
    this.#stop('idle');
    if (this.#current) void this.#start(this.#current, subscription);
    else void this.#connect('lost');
    return subscription;
  }

  /** The network or the page is back: nothing needs to wait, and what died in its sleep shows. */
  wake() {
    for (const socket of [...this.#sockets]) socket.check();
    if (this.#timers.has('retry')) void this.#connect(this.#current ? 'expiry' : 'lost');
    else if (Date.now() >= this.#renewAt) void this.#connect('expiry');
  }

  proveAnew() {
    if (this.#isConnecting) this.#isOutdated = true;
    else void this.#connect('identity');
  }

  close() {
    this.isOver = true;
    for (const name of [...this.#timers.keys()]) this.#stop(name);
    for (const socket of this.#sockets) socket.close();
    this.#sockets.clear();
    for (const subscription of [...this.#subscriptions]) subscription.finish();
  }

  /** Opens a socket, moves all subscriptions to it, and lets go of the one there was, which serves on until then. */
  async #connect(reason) {
    if (this.#isConnecting || this.isOver) return;
    this.#isConnecting = true;
    this.#isOutdated = false;
    this.#stop('retry');
    try {
      const socket = await this.#opened(reason, false).catch((error) => {
        if (!this.#isRenewable || !isUnauthorized(error)) throw error;
        return this.#opened(reason, true);
      });
      this.#isConnecting = false;
      if (socket) await this.#takeOver(socket);
    } catch (error) {
      this.#isConnecting = false;
      this.#failed(error, reason);
    }
    if (this.#isOutdated) void this.#connect('identity');
  }

  /** Opens a socket; nothing if the one there is was opened with the same credential. */
  async #opened(reason, renew) {
    const { url, protocol, expiresAt, isRenewable } = await this.#prove('connect', '{}', renew);
    if (this.isOver) throw over();
    this.#isRenewable = isRenewable;
    if (this.#current && this.#expiresAt === expiresAt) {
      if (reason === 'identity') return undefined;
      if (reason === 'expiry') throw unreachable('network'); // the tokens cannot be refreshed now
    }
    const socket = new Socket(url, [this.#dialect.protocol, protocol]);
    this.#sockets.add(socket);
    socket.onMessage = (message) => this.#hear(socket, message);
    socket.onLost = () => this.#lost(socket);
    try {
      await socket.open();
    } catch (error) {
      this.#discard(socket);
      throw this.isOver ? over() : error;
    }
    socket.openedAt = Date.now();
    this.#current = socket;
    this.#expiresAt = expiresAt;
    this.#planRenewal();
    return socket;
  }

  #planRenewal() {
    const now = Date.now();
    const life = (this.#expiresAt ?? Infinity) - now;
    const wait = Math.max(life - RENEW_BEFORE_MS, life / 2, FIRST_PAUSE_MS);
    const isByAge = wait > LONGEST_LIFE_MS;
    this.#renewAt = now + (isByAge ? LONGEST_LIFE_MS : wait);
    this.#after('renew', this.#renewAt - now, () => void this.#connect(isByAge ? 'age' : 'expiry'));
  }

  async #takeOver(socket) {
    const others = [...this.#sockets].filter((other) => other !== socket && !other.isLeaving);
    this.#stop('forget');
    if (this.#sockets.size <= 2) this.#forgetTwins();
    const starts = await Promise.all([...this.#subscriptions].map((subscription) => this.#start(socket, subscription)));
    if (socket.isLost || this.isOver) return;
    if (starts.every(Boolean)) for (const other of others) this.#retire(other);
    else if (others.some((other) => !other.isLost)) this.#lost(socket);
  }

  /** Starts a subscription on a socket. Gives whether there is no need to try again. */
  async #start(socket, subscription, renew = false) {
    try {
      const { headers } = await this.#prove('message', subscription.body, renew);
      if (subscription.isOver || socket.isLost) return true;
      const isAfterGap = subscription.places.size === 0;
      const id = String(++Connection.#count);
      socket.routes.set(id, subscription);
      subscription.startedAt(socket, id);
      const { started, refused, start } = this.#dialect;
      const answer = await socket.ask(start(id, subscription.body, headers), new RegExp(`^${started}$|${refused.source}`));
      if (answer.type !== started) {
        this.#forgetPlace(socket, subscription);
        throw refusal(errorsOf(answer));
      }
      subscription.acknowledged(isAfterGap);
      return true;
    } catch (error) {
      if (subscription.isOver || socket.isLost) return true;
      this.#leave(socket, subscription);
      return this.#refused(socket, subscription, error);
    }
  }

  /** What becomes of a subscription that cannot be started, or goes on no longer. */
  #refused(socket, subscription, error) {
    const wasRenewed = Date.now() - subscription.renewedAt <= LONGEST_PAUSE_MS;
    if (isUnauthorized(error) && this.#isRenewable && !wasRenewed) {
      subscription.renewedAt = Date.now();
      return this.#start(socket, subscription, true);
    }
    if (error?.retryable && subscription.isAcknowledged) {
      this.#retry('lost');
      return false;
    }
    subscription.fail(error);
    return true;
  }

  #hear(socket, message) {
    const subscription = socket.routes.get(message.id);
    if (!subscription) return;
    const isLeft = subscription.places.get(socket) !== message.id;
    const { stopped, refused, valuesOf } = this.#dialect;
    if (message.type === 'data') subscription.hear(socket, valuesOf(message));
    else if (isLeft) {
      if (stopped.test(message.type) || refused.test(message.type)) this.#left(socket, message.id);
    } else if (stopped.test(message.type)) {
      this.#forgetPlace(socket, subscription);
      if (subscription.places.size === 0) subscription.finish();
    } else if (refused.test(message.type)) {
      this.#forgetPlace(socket, subscription);
      if (subscription.places.size === 0) void this.#refused(socket, subscription, refusal(errorsOf(message)));
    }
  }

  /** Lets go of a socket that another has taken over from: what is on its way is to come yet. */
  #retire(socket) {
    this.#after(socket, OVERLAP_MS, () => {
      socket.isLeaving = true;
      for (const [id, subscription] of socket.routes) {
        if (subscription.places.get(socket) === id) subscription.places.delete(socket);
        socket.send(this.#dialect.stop(id));
      }
      this.#after(socket, LEAVE_WITHIN_MS, () => this.#discard(socket));
      this.#left(socket);
    });
  }

  #left(socket, id) {
    socket.routes.delete(id);
    if (!socket.isLeaving || socket.routes.size > 0) return;
    this.#discard(socket);
  }

  /** A socket has been lost, or serves no use. One that still serves stays, whatever is to become of it. */
  #lost(socket) {
    this.#discard(socket);
    if (socket !== this.#current) return;
    if (Date.now() - socket.openedAt > LONGEST_PAUSE_MS) this.#attempt = 0;
    this.#current = [...this.#sockets].find((other) => other.openedAt !== undefined && !other.isLeaving);
    this.#stop(this.#current);
    if (!this.#isConnecting) this.#retry('lost');
  }

  #discard(socket) {
    this.#stop(socket);
    this.#sockets.delete(socket);
    socket.close();
    for (const subscription of this.#subscriptions) subscription.places.delete(socket);
    if (this.#sockets.size <= 1) this.#after('forget', OVERLAP_MS, () => this.#forgetTwins());
  }

  #forgetTwins() {
    for (const subscription of this.#subscriptions) subscription.forgetTwins();
  }

  #failed(error, reason) {
    if (this.isOver) return;
    if (error?.retryable) return this.#retry(reason);
    for (const subscription of [...this.#subscriptions]) subscription.fail(error);
    this.close();
  }

  /** Tries again after a pause: half of it is chance, so that not all pages come back at once. */
  #retry(reason) {
    if (this.#subscriptions.size === 0 || this.#timers.has('retry')) return;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#attempt++, LONGEST_PAUSE_MS);
    this.#after('retry', (pause * (1 + Math.random())) / 2, () => void this.#connect(reason));
  }

  #drop(subscription) {
    this.#subscriptions.delete(subscription);
    for (const socket of [...subscription.places.keys()]) this.#leave(socket, subscription);
    if (this.#subscriptions.size === 0) this.#after('idle', IDLE_MS, () => this.close());
  }

  #leave(socket, subscription) {
    const id = this.#forgetPlace(socket, subscription);
    if (id !== undefined) socket.send(this.#dialect.stop(id));
  }

  #forgetPlace(socket, subscription) {
    const id = subscription.places.get(socket);
    subscription.places.delete(socket);
    socket.routes.delete(id);
    return id;
  }

  #after(name, ms, act) {
    this.#stop(name);
    if (this.isOver) return;
    const fire = () => {
      this.#timers.delete(name);
      act();
    };
    this.#timers.set(name, setTimeout(fire, ms));
  }

  #stop(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}

function over() {
  return new PoolpassError({ name: 'DisposedException', code: 'disposed', message: 'This auth was disposed.' });
}
