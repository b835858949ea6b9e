// Serves all subscriptions that prove who asks in the same way. One channel serves them; it is replaced before its token
// expires and after it is lost, and subscriptions go on meanwhile.
import { isUnauthorized } from './appsync_error.js';
import { Backoff, LONGEST_PAUSE_MS, pause } from './backoff.js';
import { Channel } from './channel.js';
import { SKEW_MS } from './deduplicator.js';
import { DIALECTS } from './dialect.js';
import { unreachable } from './network_error.js';
import { credentialOf, unproven } from './proof.js';
import { Subscription } from './subscription.js';
import { Timers } from './timers.js';

/** AppSync allows so many subscriptions on one channel. */
const MOST_SUBSCRIPTIONS = 100;
/** A credential comes within this time, or the attempt has failed: the app's own functions may never answer. */
const PROVE_WITHIN_MS = 15_000;
/** The handover begins so long before the token expires: a little later than the kit itself renews the token. */
const RENEW_BEFORE_MS = 55_000;
/** A channel lives at least so long, whatever its token says: the clock here may be wrong. */
const SHORTEST_LIFE_MS = 30_000;
/** AppSync ends a channel after 24 hours. */
const LONGEST_LIFE_MS = 84_600_000;
/** The old channel serves so long beside the new one. `deduplicator.js` needs three times SKEW_MS. */
const OVERLAP_MS = 3 * SKEW_MS;
const IDLE_MS = 5_000;

export class Connection {
  #dialect;
  #auth;
  #proves;
  #subscriptions = new Set();
  /** All channels: usually one, more during a handover. */
  #channels = new Set();
  /** The channel that new subscriptions go to. */
  #current;
  /** The attempt to open a channel that is under way. Another user's sign-in abandons it. */
  #attempt;
  #backoff = new Backoff();
  #reauthentication = new Backoff();
  #timers = new Timers();
  #owner = {
    heard: () => this.#timers.catchUp('renew'),
    // Where another channel has taken over, or is about to, the end of a subscription counts there.
    stopped: (channel, subscription) => channel === this.#current && subscription.finish(),
    refused: (channel, subscription, error) => channel === this.#current && void this.#refused(channel, subscription, error),
    lost: (channel) => this.#lost(channel),
  };
  isOver = false;

  constructor(proves, api, authMode, authToken) {
    this.#dialect = DIALECTS[api];
    this.#auth = { api, authMode, authToken };
    this.#proves = proves;
  }

  /**
   * - `idle`: no channel is open, and no subscription needs one.
   * - `connecting`: no channel serves; one is being opened.
   * - `waiting`: no channel serves; a timer will open one.
   * - `open`: one channel serves.
   * - `handing over`: one channel serves, and another one takes over, or is being opened, or will be.
   * - `closed`: for ever.
   */
  get #state() {
    if (this.isOver) return 'closed';
    const isRetrying = this.#timers.has('retry');
    if (this.#current) return this.#attempt || isRetrying || this.#channels.size > 1 ? 'handing over' : 'open';
    if (this.#attempt) return 'connecting';
    return isRetrying ? 'waiting' : 'idle';
  }

  /** Whether it can serve another subscription that proves who asks in this way. */
  takes(api, authMode, authToken) {
    const own = this.#auth;
    const isSame = own.api === api && own.authMode === authMode && own.authToken === authToken;
    return isSame && !this.isOver && this.#subscriptions.size < MOST_SUBSCRIPTIONS;
  }

  subscribe(body, options) {
    const subscription = new Subscription(body, { ...options, onEnd: (subscription) => this.#drop(subscription) });
    if (subscription.isOver) return subscription;
    this.#subscriptions.add(subscription);
    this.#timers.stop('idle');
    if (this.#current) void this.#start(this.#current, subscription);
    else if (this.#state === 'idle') void this.#connect('lost'); // else it is started with the others
    return subscription;
  }

  /** The network or the page is back: dead channels are found out, and nothing waits for longer than it has to. */
  wake() {
    for (const channel of [...this.#channels]) channel.check();
    this.#timers.advance('retry', this.#backoff.distanceLeft);
    this.#timers.catchUp('renew');
  }

  /** Another user is signed in, or none. They must not receive the previous user's messages. */
  reauthenticate() {
    if (this.#current && !this.#current.proof.isRenewable) return; // the credential belongs to no user
    this.#attempt = undefined;
    this.#settle();
    for (const channel of [...this.#channels]) this.#discard(channel);
    this.#current = undefined;
    this.#timers.stop('retry');
    for (const subscription of this.#subscriptions) subscription.empty();
    if (this.#subscriptions.size === 0) return;
    const wait = this.#reauthentication.distanceLeft;
    if (wait > 0) return this.#timers.set('retry', wait, () => this.reauthenticate());
    this.#reauthentication.begin();
    void this.#connect('lost');
  }

  close() {
    this.isOver = true;
    this.#attempt = undefined;
    this.#timers.stopAll();
    for (const channel of this.#channels) channel.close();
    this.#channels.clear();
    for (const subscription of [...this.#subscriptions]) subscription.finish();
  }

  /** Opens a channel, which then takes all subscriptions over from the one that serves them. */
  async #connect(reason) {
    if (this.#attempt || this.isOver) return;
    const attempt = (this.#attempt = {});
    this.#timers.stop('retry');
    this.#backoff.begin();
    try {
      const channel = await this.#opened(reason, attempt);
      if (channel.isLost) throw unreachable('network');
      this.#attempt = undefined;
      this.#backoff.opened();
      this.#current = channel;
      this.#planRenewal(channel.proof.expiresAt);
      void this.#takeOver(channel); // at once: later subscriptions start themselves
    } catch (error) {
      if (attempt !== this.#attempt) return; // it was abandoned
      this.#attempt = undefined;
      this.#failed(error, reason);
    }
  }

  /** An open channel. If the service refuses the credential, another one is tried. */
  async #opened(reason, attempt) {
    const open = async (proof) => {
      const isSame = this.#current && credentialOf(this.#current.proof) === credentialOf(proof);
      if (reason === 'expiry' && isSame) throw unreachable('network'); // the tokens cannot be refreshed now
      const channel = new Channel(proof, this.#dialect, this.#owner);
      this.#channels.add(channel);
      await channel.open().catch((error) => {
        this.#discard(channel);
        throw error;
      });
      return channel;
    };
    const isAbandoned = () => attempt !== this.#attempt;
    const proof = await this.#prove('connect', '{}');
    if (isAbandoned()) throw unreachable('network');
    return open(proof).catch(async (error) => {
      if (isAbandoned() || !proof.isRenewable || !isUnauthorized(error)) throw error;
      const another = await this.#prove('connect', '{}', proof);
      if (isAbandoned() || !another) throw error;
      return open(another);
    });
  }

  /** Proves who asks; with another credential than the one that was refused. */
  #prove(purpose, body, refused) {
    const call = {};
    const proving = this.#proves({ ...this.#auth, purpose, body, refused });
    const late = new Promise((_, reject) => {
      const limit = () => this.#timers.set(call, PROVE_WITHIN_MS, () => reject(unproven(PROVE_WITHIN_MS)));
      queueMicrotask(() => !this.isOver && limit()); // a function that answers at once is never late
    });
    return Promise.race([proving, late]).finally(() => this.#timers.stop(call));
  }

  #planRenewal(expiresAt = Infinity) {
    const life = expiresAt - Date.now();
    const wait = Math.max(life - RENEW_BEFORE_MS, life / 2, SHORTEST_LIFE_MS);
    const isByAge = wait > LONGEST_LIFE_MS;
    this.#timers.set('renew', isByAge ? LONGEST_LIFE_MS : wait, () => void this.#connect(isByAge ? 'age' : 'expiry'));
  }

  async #takeOver(channel) {
    const others = [...this.#channels].filter((other) => other !== channel && !other.isLeaving);
    this.#timers.stop('settle');
    const starts = await Promise.all([...this.#subscriptions].map((subscription) => this.#start(channel, subscription)));
    if (channel.isLost || this.isOver) return;
    if (starts.every(Boolean)) for (const other of others) this.#retire(other);
    else if (others.some((other) => !other.isLost)) this.#lost(channel);
  }

  /** Starts a subscription on a channel. Returns whether the channel does for it what can be done. */
  async #start(channel, subscription, refusal) {
    const isInVain = () => subscription.isOver || channel.isLost || channel.isLeaving;
    this.#timers.stop(subscription);
    let proof;
    try {
      proof = await this.#prove('message', subscription.body, refusal && subscription.proof);
      if (!proof) throw refusal;
    } catch (error) {
      if (isInVain()) return true;
      if (error?.retryable) return this.#startLater(subscription);
      subscription.fail(error);
    }
    if (isInVain()) return true;
    try {
      subscription.proof = proof;
      await channel.start(subscription, proof.headers);
      subscription.acknowledged(channel);
      if (subscription.places.size > 1) this.#overlapAnew();
      return true;
    } catch (error) {
      return isInVain() || this.#refused(channel, subscription, error);
    }
  }

  /** A subscription could not be started, or was cut off: starts it again, or ends it. */
  #refused(channel, subscription, error) {
    const wasRenewed = Date.now() - subscription.renewedAt <= LONGEST_PAUSE_MS;
    if (isUnauthorized(error) && subscription.proof.isRenewable && !wasRenewed) {
      subscription.renewedAt = Date.now();
      return this.#start(channel, subscription, error);
    }
    if (error.retryable && subscription.isAcknowledged) return this.#startLater(subscription, error.code === 'timeout');
    subscription.fail(error);
    return true;
  }

  /** Tries again after a pause, on another channel if this one does not answer. Returns whether none serves it meanwhile. */
  #startLater(subscription, isDead) {
    const start = () => {
      const channel = this.#current; // if there is none, the next one starts all
      if (channel && !subscription.places.has(channel)) void this.#start(channel, subscription);
    };
    if (isDead) this.#retry('lost');
    else this.#timers.set(subscription, pause(subscription.attempt++), start);
    return subscription.places.size === 0;
  }

  /** Leaves a channel when another has served beside it for long enough; it waits a minute for subscriptions to move. */
  #retire(channel, since = Date.now()) {
    if (channel.isLost || channel.isLeaving) return;
    const isReplaced = () => this.#isReplaced(channel) || Date.now() - since > LONGEST_PAUSE_MS;
    const whenReplaced = (ms, act) => this.#timers.set(channel, ms, () => (isReplaced() ? act() : this.#retire(channel, since)));
    channel.phase = 'serving';
    whenReplaced(OVERLAP_MS - SKEW_MS, () => {
      channel.phase = 'expiring';
      whenReplaced(SKEW_MS, () => channel.retire());
    });
  }

  /** Whether all subscriptions of a channel have been acknowledged by the one that takes over. */
  #isReplaced(channel) {
    const served = [...this.#subscriptions].filter(({ places }) => places.has(channel));
    return served.every(({ places, acknowledgedBy }) => places.has(this.#current) && acknowledgedBy === this.#current);
  }

  /** A subscription was acknowledged late: old channels serve beside the new one for as long as from the beginning. */
  #overlapAnew() {
    for (const channel of this.#channels) if (this.#timers.has(channel)) this.#retire(channel);
  }

  /** A channel has been lost, or is of no use. One that still serves stays, even if it was to be left. */
  #lost(channel) {
    this.#discard(channel);
    if (channel !== this.#current) return;
    if (Date.now() - channel.openedAt > LONGEST_PAUSE_MS) this.#backoff.reset();
    this.#current = [...this.#channels].find((other) => other.openedAt !== undefined && !other.isLeaving);
    if (this.#current) {
      this.#timers.stop(this.#current);
      this.#current.phase = 'serving';
    } else this.#interrupt(unreachable('network'));
    if (!this.#attempt) this.#retry('lost');
  }

  #discard(channel) {
    this.#timers.stop(channel);
    this.#channels.delete(channel);
    channel.close();
    for (const subscription of this.#subscriptions) subscription.ended(channel, false);
    if (!this.isOver && this.#channels.size <= 1) this.#timers.set('settle', OVERLAP_MS, () => this.#settle());
  }

  #settle() {
    for (const subscription of this.#subscriptions) subscription.settle();
  }

  #failed(error, reason) {
    if (this.isOver) return;
    if (error?.retryable) {
      if (!this.#current) this.#interrupt(error);
      return this.#retry(reason);
    }
    for (const subscription of [...this.#subscriptions]) subscription.fail(error);
    this.close();
  }

  #interrupt(error) {
    for (const subscription of [...this.#subscriptions]) subscription.interrupted(error);
  }

  #retry(reason) {
    if (this.isOver || this.#subscriptions.size === 0 || this.#timers.has('retry')) return;
    this.#timers.set('retry', this.#backoff.next(), () => void this.#connect(reason));
  }

  #drop(subscription) {
    this.#subscriptions.delete(subscription);
    this.#timers.stop(subscription);
    for (const channel of [...subscription.places.keys()]) channel.leave(subscription);
    if (!this.isOver && this.#subscriptions.size === 0) this.#timers.set('idle', IDLE_MS, () => this.close());
  }
}
