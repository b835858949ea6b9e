// What serves all subscriptions of one way to prove who asks: one line, which is replaced before the token expires and
// after it is lost. Subscriptions go on meanwhile.
import { isUnauthorized } from './appsync_error.js';
import { DIALECTS } from './dialect.js';
import { unreachable } from './error.js';
import { Line } from './line.js';
import { Subscription } from './subscription.js';
import { Timers } from './timers.js';

/** So many subscriptions AppSync allows on one line. */
const MOST_SUBSCRIPTIONS = 100;
/** So long before the token expires: a little later than the kit itself renews it, so that there is another. */
const RENEW_BEFORE_MS = 55_000;
/** A line lasts so long at least, whatever its token says: the clock here may be wrong. */
const SHORTEST_LIFE_MS = 30_000;
/** AppSync ends a line after 24 hours. */
const LONGEST_LIFE_MS = 84_600_000;
/** So long the old line serves on beside the new one, for what is on its way. */
const OVERLAP_MS = 3_000;
const IDLE_MS = 5_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export class Connection {
  #dialect;
  #proof;
  #prove;
  #subscriptions = new Set();
  /** All that are open: one; more while one takes over. */
  #lines = new Set();
  /** The one that new subscriptions go to. */
  #current;
  #credential;
  #isRenewable = false;
  #isConnecting = false;
  /** How often somebody else has signed in, or nobody. */
  #turn = 0;
  #attempt = 0;
  #timers = new Timers();
  #owner = {
    heard: () => this.#timers.catchUp('renew'),
    // Where another line has taken over, or is about to, what becomes of a subscription there counts.
    stopped: (line, subscription) => line === this.#current && subscription.finish(),
    refused: (line, subscription, error) => line === this.#current && void this.#refused(line, subscription, error),
    lost: (line) => this.#lost(line),
  };
  isOver = false;

  constructor(prove, api, authMode, authToken) {
    this.#dialect = DIALECTS[api];
    this.#proof = { api, authMode, authToken };
    this.#prove = (purpose, body, renew) => prove({ ...this.#proof, purpose, body, renew });
  }

  /** Whether it serves another subscription that proves who asks in this way. */
  takes(api, authMode, authToken) {
    const proof = this.#proof;
    const isSame = proof.api === api && proof.authMode === authMode && proof.authToken === authToken;
    return isSame && !this.isOver && this.#subscriptions.size < MOST_SUBSCRIPTIONS;
  }

  subscribe(body, options) {
    const subscription = new Subscription(body, { ...options, onEnd: (subscription) => this.#drop(subscription) });
    if (subscription.isOver) return subscription;
    this.#subscriptions.add(subscription);
    this.#timers.stop('idle');
    if (this.#current) void this.#start(this.#current, subscription);
    else void this.#connect('lost');
    return subscription;
  }

  /** The network or the page is back: nothing needs to wait, and what died in its sleep shows. */
  wake() {
    for (const line of [...this.#lines]) line.check();
    this.#timers.hasten('retry');
    this.#timers.catchUp('renew');
  }

  /** Somebody else is signed in, or nobody: they get nothing of what was for the one before. */
  proveAnew() {
    if (this.#current && !this.#isRenewable) return; // it proves no user
    this.#turn += 1;
    for (const line of [...this.#lines]) this.#discard(line);
    this.#current = undefined;
    for (const subscription of this.#subscriptions) subscription.empty();
    if (this.#subscriptions.size > 0) void this.#connect('lost');
  }

  close() {
    this.isOver = true;
    this.#timers.stopAll();
    for (const line of this.#lines) line.close();
    this.#lines.clear();
    for (const subscription of [...this.#subscriptions]) subscription.finish();
  }

  /** Opens a line, moves all subscriptions to it, and lets go of the one there was, which serves on until then. */
  async #connect(reason) {
    if (this.#isConnecting || this.isOver) return;
    this.#isConnecting = true;
    this.#timers.stop('retry');
    const turn = this.#turn;
    try {
      const { line, proof } = await this.#opened(reason, () => this.isOver || turn !== this.#turn);
      if (line.isLost) throw unreachable('network');
      this.#isConnecting = false;
      this.#current = line;
      this.#credential = credentialOf(proof);
      this.#planRenewal(proof.expiresAt);
      void this.#takeOver(line); // at once: who subscribes from now on is started by themselves
    } catch (error) {
      this.#isConnecting = false;
      if (turn === this.#turn) this.#failed(error, reason);
      else void this.#connect('lost');
    }
  }

  /** A line that is open. One that is refused is opened again with another credential, if there is any. */
  async #opened(reason, isOutdated) {
    const open = async (proof) => {
      if (isOutdated()) throw unreachable('network');
      this.#isRenewable = proof.isRenewable;
      const isSame = this.#current && this.#credential === credentialOf(proof);
      if (reason === 'expiry' && isSame) throw unreachable('network'); // the tokens cannot be refreshed now
      const line = new Line(proof, this.#dialect, this.#owner);
      this.#lines.add(line);
      await line.open().catch((error) => {
        this.#discard(line);
        throw error;
      });
      return { line, proof };
    };
    const proof = await this.#prove('connect', '{}', false);
    return open(proof).catch(async (error) => {
      if (!proof.isRenewable || !isUnauthorized(error)) throw error;
      return open(await this.#another(proof, 'connect', '{}'));
    });
  }

  /** A proof by another credential than one that was refused: one that has come meanwhile, or a new one. */
  async #another(refused, purpose, body) {
    const proof = await this.#prove(purpose, body, false);
    return credentialOf(proof) === credentialOf(refused) ? this.#prove(purpose, body, true) : proof;
  }

  #planRenewal(expiresAt = Infinity) {
    const life = expiresAt - Date.now();
    const wait = Math.max(life - RENEW_BEFORE_MS, life / 2, SHORTEST_LIFE_MS);
    const isByAge = wait > LONGEST_LIFE_MS;
    this.#timers.set('renew', isByAge ? LONGEST_LIFE_MS : wait, () => void this.#connect(isByAge ? 'age' : 'expiry'));
  }

  async #takeOver(line) {
    const others = [...this.#lines].filter((other) => other !== line && !other.isLeaving);
    this.#timers.stop('forget');
    if (this.#lines.size <= 2) this.#forgetTwins();
    const starts = await Promise.all([...this.#subscriptions].map((subscription) => this.#start(line, subscription)));
    if (line.isLost || this.isOver) return;
    if (starts.every(Boolean)) for (const other of others) this.#retire(other);
    else if (others.some((other) => !other.isLost)) this.#lost(line);
  }

  /** Starts a subscription on a line. Gives whether the line does all for it that can be done. */
  async #start(line, subscription, refused) {
    const isInVain = () => subscription.isOver || line.isLost || line.isLeaving;
    this.#timers.stop(subscription);
    let proof;
    try {
      const { body } = subscription;
      proof = await (refused ? this.#another(refused, 'message', body) : this.#prove('message', body, false));
    } catch (error) {
      if (isInVain()) return true;
      if (error?.retryable) return this.#startLater(subscription);
      subscription.fail(error);
    }
    if (isInVain()) return true;
    try {
      subscription.proof = proof;
      await line.start(subscription, proof.headers);
      subscription.acknowledged();
      return true;
    } catch (error) {
      return isInVain() || this.#refused(line, subscription, error);
    }
  }

  /** What becomes of a subscription that cannot be started, or goes on no longer. */
  #refused(line, subscription, error) {
    const wasRenewed = Date.now() - subscription.renewedAt <= LONGEST_PAUSE_MS;
    if (isUnauthorized(error) && subscription.proof.isRenewable && !wasRenewed) {
      subscription.renewedAt = Date.now();
      return this.#start(line, subscription, subscription.proof);
    }
    if (error.retryable && subscription.isAcknowledged) return this.#startLater(subscription, error.code === 'timeout');
    subscription.fail(error);
    return true;
  }

  /** Tries again after a pause, on another line if this one does not answer. Gives whether none serves it meanwhile. */
  #startLater(subscription, isDead) {
    const start = () => {
      const line = this.#current; // if there is none the next one starts all
      if (line && !subscription.places.has(line)) void this.#start(line, subscription);
    };
    if (isDead) this.#retry('lost');
    else this.#timers.set(subscription, pause(subscription.attempt++), start);
    return subscription.places.size === 0;
  }

  /** Lets go of a line that another has taken over from: what is on its way is to come yet. */
  #retire(line) {
    if (!line.isLost && !line.isLeaving) this.#timers.set(line, OVERLAP_MS, () => line.retire());
  }

  /** A line has been lost, or is of no use. One that still serves stays, whatever is to become of it. */
  #lost(line) {
    this.#discard(line);
    if (line !== this.#current) return;
    if (Date.now() - line.openedAt > LONGEST_PAUSE_MS) this.#attempt = 0;
    this.#current = [...this.#lines].find((other) => other.openedAt !== undefined && !other.isLeaving);
    this.#timers.stop(this.#current);
    if (!this.#current) this.#interrupt(unreachable('network'));
    if (!this.#isConnecting) this.#retry('lost');
  }

  #discard(line) {
    this.#timers.stop(line);
    this.#lines.delete(line);
    line.close();
    for (const subscription of this.#subscriptions) subscription.places.delete(line);
    if (!this.isOver && this.#lines.size <= 1) this.#timers.set('forget', OVERLAP_MS, () => this.#forgetTwins());
  }

  #forgetTwins() {
    for (const subscription of this.#subscriptions) subscription.forgetTwins();
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
    this.#timers.set('retry', pause(this.#attempt++), () => void this.#connect(reason));
  }

  #drop(subscription) {
    this.#subscriptions.delete(subscription);
    this.#timers.stop(subscription);
    for (const line of [...subscription.places.keys()]) line.leave(subscription);
    if (!this.isOver && this.#subscriptions.size === 0) this.#timers.set('idle', IDLE_MS, () => this.close());
  }
}

/** What of a proof stays the same until it is renewed; signatures do not. */
function credentialOf({ headers }) {
  return headers['x-amz-security-token'] ?? headers.Authorization;
}

/** Half of a pause is chance, so that not all pages come back at once. */
function pause(attempt) {
  return (Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS) * (1 + Math.random())) / 2;
}
