// What a schedule has shown so far, and what must never happen: the invariants of src/session/store/mod.rs.
// The reasoning, with its excuses, is that of book.rs.
import { numberIn } from './cognito.mjs';

/** What a call found that found no user: nobody is signed in, or a guest. */
export const NOBODY = 'nobody';

/** The longest that a sign-out may take with its own requests. */
const SIGN_OUT_MS = 8_000;

export class Book {
  violations = [];
  trace = [];
  #world;
  #plan;
  #calls = new Map();
  #count = 0;
  /** Grows with everything that may change who is signed in. */
  #epoch = 0;
  /** Sign-ins and sign-outs under way. */
  #changing = 0;
  /** The session that everybody has to find: its family, the tab where it began, and when. */
  #live;
  /** When the sign-out of each family resolved. */
  #ended = new Map();
  /** The refresh tokens that were exchanged. */
  #spent = new Map();
  #frozenSince = new Map();
  #dead = new Set();
  /** Sign-ins whose newest refresh token may be lost. */
  #doubtful = new Set();

  constructor(world, plan) {
    this.#world = world;
    this.#plan = plan;
  }

  get #now() {
    return this.#world.now;
  }

  get #storageFails() {
    return this.#plan.faults !== 'none';
  }

  note(line) {
    if (this.#plan.traces) this.trace.push(`${String(this.#now).padStart(9)} ${line()}`);
  }

  violate(text) {
    this.note(() => `VIOLATION ${text}`);
    this.violations.push(text);
  }

  start(tab, what, { isChange = false } = {}) {
    this.#count += 1;
    this.note(() => `tab ${tab}: ${what} … (call ${this.#count})`);
    if (isChange) {
      this.#epoch += 1;
      this.#changing += 1;
    }
    const call = { id: this.#count, tab, what, isChange, startedAt: this.#now, epoch: this.#epoch, wasFrozen: this.#frozenSince.has(tab) };
    if (isChange) Object.assign(call, { wasAlone: this.#changing === 1, before: this.#live });
    if (isChange) this.#live = undefined;
    this.#calls.set(call.id, call);
    return call;
  }

  get hasCalls() {
    return this.#calls.size > 0;
  }

  /** A call has ended. `found` is a sign-in, `NOBODY`, or undefined if the call could not find out. */
  finish(call, found, { error } = {}) {
    if (!this.#calls.delete(call.id)) return;
    this.note(() => `tab ${call.tab}: call ${call.id}, ${call.what}, ${error ? `failed: ${error.code}` : `gave ${found}`}`);
    const what = `${call.what} in tab ${call.tab}`;
    if (this.#ended.get(found) < this.#now && !call.wasFrozen) this.violate(`I1: ${what} gave sign-in ${found} after its sign-out`);
    const live = this.#live;
    if (!live || call.epoch !== this.#epoch || call.startedAt < live.since || found === undefined) return;
    const knows = call.tab === live.tab || (!this.#storageFails && call.startedAt > live.since + this.#plan.lag);
    if (!knows || found === live.family) return;
    if (found !== NOBODY) this.violate(`I3: ${what} gave sign-in ${found}, not ${live.family}`);
    else if (!this.#doubtful.has(live.family)) this.violate(`I2: ${what} found nobody, not sign-in ${live.family}`);
  }

  /** A sign-in has ended with this family as the current one; if undefined, it has changed nothing. */
  signedIn(call, family) {
    if (!this.#endOfChange(call)) return;
    this.note(() => `tab ${call.tab}: call ${call.id}, ${call.what}, ${family === undefined ? 'failed' : `is sign-in ${family}`}`);
    if (!this.#isAlone(call)) return;
    this.#live = family === undefined ? call.before : { family, tab: call.tab, since: this.#now };
    this.#epoch += 1;
  }

  /** A sign-out has resolved; it had found this family. `isPlain` if it makes no more than one request. */
  signedOut(call, family, { isPlain }) {
    if (!this.#endOfChange(call)) return;
    this.note(() => `tab ${call.tab}: call ${call.id}, ${call.what}, done; it was sign-in ${family}`);
    // In an asynchronous storage a sign-in may come between the look of the test and that of the sign-out.
    const isSure = this.#plan.storage !== 'asynchronous' || this.#isAlone(call);
    if (family !== undefined && isSure && !this.#ended.has(family)) this.#ended.set(family, this.#now);
    const took = this.#now - call.startedAt;
    if (isPlain && took > SIGN_OUT_MS && !call.wasFrozen) this.violate(`I6: a sign-out in tab ${call.tab} took ${took} ms`);
  }

  /** A sign-out has failed, which leaves open what became of the session. */
  failedSignOut(call, error) {
    this.#changing -= 1;
    this.finish(call, undefined, { error });
  }

  /** From now on nobody knows who is signed in, until the next sign-in. */
  forgetLive(why) {
    if (why) this.note(() => why);
    this.#epoch += 1;
    this.#live = undefined;
  }

  crash(tab) {
    this.note(() => `tab ${tab} crashes`);
    this.#dead.add(tab);
    for (const call of [...this.#calls.values()].filter((one) => one.tab === tab)) {
      this.#calls.delete(call.id);
      if (!call.isChange) continue;
      this.#changing -= 1;
      this.forgetLive();
    }
    // The tab's memory is gone, and with it what only the tab had.
    if (this.#storageFails || (this.#live?.tab === tab && this.#live.since + this.#plan.lag >= this.#now)) this.forgetLive();
    const stoppedAt = this.#frozenSince.get(tab) ?? this.#now;
    for (const spent of this.#spent.values()) {
      if (spent.tab === tab && (this.#storageFails || stoppedAt <= spent.until)) spent.isExcused = true;
    }
    this.#frozenSince.delete(tab);
  }

  freeze(tab) {
    this.note(() => `tab ${tab} freezes`);
    if (!this.#frozenSince.has(tab)) this.#frozenSince.set(tab, this.#now);
    for (const call of this.#calls.values()) if (call.tab === tab) call.wasFrozen = true;
  }

  thaw() {
    this.note(() => 'all tabs thaw');
    this.#frozenSince.clear();
  }

  /** A refresh token was exchanged for another, which is stored by `until`, or lost. */
  spend({ token, family }, tab, { until, isAnswerLost }) {
    const isLost = isAnswerLost || this.#dead.has(tab);
    // A storage that fails may leave the new token in the memory of a tab that is not the user's.
    if (isLost || (this.#storageFails && this.#live && this.#live.tab !== tab)) this.#doubtful.add(family);
    this.#spent.set(token, { family, tab, until, isExcused: isLost });
  }

  /** A refresh token was exchanged before; the request of a tab that died may arrive later than that of its follower. */
  sentAgain({ token, family }, tab) {
    if (this.#spent.get(token)?.isExcused || this.#dead.has(tab) || this.#storageFails) this.#doubtful.add(family);
    else this.violate(`I4: tab ${tab} sent ${token} again`);
  }

  isDoubtful(family) {
    return this.#doubtful.has(family) || [...this.#spent].some(([token, { isExcused }]) => isExcused && numberIn(token) === family);
  }

  /** The sign-in that has to be found in the end, and the tab where it began. */
  get expected() {
    return this.#live && !this.isDoubtful(this.#live.family) ? this.#live : undefined;
  }

  /** Everything has come to rest. `stored` are the families that the storage has something of, by key. */
  atRest(locks, stored) {
    for (const call of this.#calls.values()) this.violate(`I5: ${call.what} in tab ${call.tab} never settled`);
    for (const lock of locks) this.violate(`I5: the lock ${lock} is still held`);
    for (const [key, family] of stored) {
      if (this.#ended.has(family)) this.violate(`I1: ${key} still has something of sign-in ${family}, which has signed out`);
    }
  }

  #endOfChange(call) {
    const isUnderWay = this.#calls.delete(call.id);
    if (isUnderWay) this.#changing -= 1;
    return isUnderWay;
  }

  /** Whether nothing else may have changed who is signed in since the call started. */
  #isAlone(call) {
    return call.wasAlone && call.epoch === this.#epoch;
  }
}
