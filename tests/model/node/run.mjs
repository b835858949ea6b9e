// Running a schedule over the built package.
import { Book, NOBODY } from './book.mjs';
import { Cognito, LIFE, familyInText, familyOfToken, numberIn } from './cognito.mjs';
import { SharedLocks } from './locks.mjs';
import { Network } from './network.mjs';
import { Random } from './random.mjs';
import { SharedStorage } from './storage.mjs';
import { Tab } from './tab.mjs';
import { World } from './world.mjs';

/** The codes of errors that leave open who is signed in, and may pass. */
const PASSING = ['network', 'timeout', 'lock_timeout', 'storage_read', 'storage_write'];
/** Those of errors that mean that nobody is signed in. */
const SIGNED_OUT = ['signed_out', 'no_credentials'];
/** Cognito's errors that end a session. */
const REFUSALS = ['NotAuthorizedException', 'RefreshTokenReuseException'];

/** Runs a plan. `change` may alter the world first. Returns the violations and, if `traces`, what happened. */
export async function run(plan, { traces = false, change = () => {} } = {}) {
  const stage = new Stage({ ...plan, traces });
  change(stage);
  for (let opened = 0; opened < plan.tabs; opened += 1) stage.tabs.push(await stage.open());
  for (const step of plan.steps) {
    await stage.world.pass(step.pause);
    await stage[step.name](stage.tabs[step.tab], step);
    await stage.world.pass(0);
    stage.breakOrMend();
  }
  await stage.comeToRest();
  const { violations, trace } = stage.book;
  return { violations, trace };
}

class Stage {
  tabs = [];
  #opened = 0;

  constructor(plan) {
    this.plan = plan;
    this.random = new Random(plan.seed + 1);
    this.world = new World(new Random(plan.seed + 2));
    this.storage = new SharedStorage(this.world, plan.lag);
    this.locks = new SharedLocks(this.world);
    this.cognito = new Cognito(plan.rules);
    this.book = new Book(this.world, plan);
    this.network = new Network(this, new Random(plan.seed + 3));
    if (plan.faults === 'passing') this.storage.fails = () => this.random.chance(4);
  }

  async open() {
    return new Tab(this.#opened++, this).open();
  }

  // The actions.

  fetch(tab) {
    this.#look(tab, 'fetch', async () => inSession(await tab.auth.fetchAuthSession()));
  }

  forceRefresh(tab) {
    this.#look(tab, 'refresh', async () => inSession(await tab.auth.fetchAuthSession({ forceRefresh: true })));
  }

  currentUser(tab) {
    this.#look(tab, 'current user', async () => numberIn((await tab.auth.getCurrentUser()).username));
  }

  credentials(tab) {
    this.#look(tab, 'credentials', async () => numberIn((await tab.auth.getCredentials()).secretAccessKey) ?? NOBODY);
  }

  signIn(tab, { user }) {
    const call = this.book.start(tab.number, `sign-in of ${user}`, { isChange: true });
    const password = `password ${call.id}`;
    const signIn = () => tab.auth.signIn({ username: user, password, options: { authFlowType: 'USER_PASSWORD_AUTH' } });
    this.#in(tab, signIn).then(
      () => this.book.signedIn(call, this.cognito.familyOf(password)),
      (error) => {
        this.#judge(call, error);
        this.book.signedIn(call, undefined);
      },
    );
  }

  signOut(tab) {
    this.#signOut(tab, {});
  }

  signOutEverywhere(tab) {
    this.#signOut(tab, { global: true });
  }

  async crash(tab) {
    const { number } = tab;
    const place = this.tabs.indexOf(tab);
    for (const part of [this.world, this.storage, this.locks, this.book]) part.crash(number);
    this.tabs[place] = await this.open();
  }

  freeze(tab) {
    this.world.frozen.add(tab.number);
    this.book.freeze(tab.number);
  }

  thaw() {
    this.world.frozen.clear();
    this.book.thaw();
  }

  clearStorage() {
    this.storage.clear();
    this.book.forgetLive('the storage is cleared');
  }

  expire() {
    // A lease is judged by the clock.
    if (!this.plan.hasLocks && this.book.hasCalls) return;
    this.world.jump(LIFE);
    this.book.note(() => 'an hour passes');
  }

  setClock(tab, { error }) {
    tab.clockError = error;
    this.book.note(() => `tab ${tab.number}: its clock is ${error} ms ahead`);
  }

  revokeElsewhere(_, { user }) {
    this.cognito.revokeUser(user);
    this.book.forgetLive(`${user} signs out on another device`);
  }

  /** Now and then a storage breaks for a while. */
  breakOrMend() {
    if (this.plan.faults !== 'lasting' || !this.random.chance(20)) return;
    this.storage.fault = this.random.pick([undefined, undefined, 'writes', 'reads', 'all']);
    this.book.note(() => `of the storage fail: ${this.storage.fault ?? 'none'}`);
  }

  /** Lets everything end, and looks at what is left. */
  async comeToRest() {
    this.thaw();
    this.storage.fault = undefined;
    this.storage.fails = () => false;
    if (!(await this.world.rest())) this.book.violate('I5: something goes on for ever');
    const stored = this.storage.entries().map(([key, text]) => [key, familyInText(text)]);
    this.book.atRest(this.locks.held(), stored);
    await this.#findTheLiveSession();
  }

  /** The session that is expected is found in every tab, and in a new one. */
  async #findTheLiveSession() {
    const { plan } = this;
    const { expected } = this.book;
    if (!expected || this.cognito.families[expected.family].isRevoked) return;
    this.tabs.push(await this.open());
    for (const tab of this.tabs.filter(({ number }) => plan.faults === 'none' || number === expected.tab)) {
      tab.clockError = 0;
      let found;
      for (let times = 0; found === undefined && times < 10; times += 1) {
        this.#look(tab, 'last fetch', async () => (found = inSession(await tab.auth.fetchAuthSession())));
        await this.world.rest();
      }
      if (found !== expected.family && !this.book.isDoubtful(expected.family)) {
        this.book.violate(`I2: in the end tab ${tab.number} found ${found}, not sign-in ${expected.family}`);
      }
    }
  }

  /** A call that tells who is signed in. */
  #look(tab, what, act) {
    const call = this.book.start(tab.number, what);
    this.#in(tab, act).then(
      (found) => this.book.finish(call, found),
      (error) => this.book.finish(call, this.#judge(call, error), { error }),
    );
  }

  #signOut(tab, input) {
    const call = this.book.start(tab.number, input.global ? 'sign-out everywhere' : 'sign-out', { isChange: true });
    const found = this.#in(tab, tab.auth.getCurrentUser).then(({ username }) => numberIn(username), () => undefined);
    const out = found.then(async (family) => {
      await tab.auth.signOut(input);
      this.book.signedOut(call, family, { isPlain: !input.global });
    });
    out.catch((error) => {
      this.#judge(call, error);
      this.book.failedSignOut(call, error);
    });
  }

  /** Calls the app of a tab as soon as it can run. */
  #in({ number }, act) {
    return new Promise((resolve) => this.world.after(0, { tab: number, source: 'app' }, () => resolve(act())));
  }

  /** What an error says about who is signed in. Errors that are no answer to anything here are violations. */
  #judge(call, error) {
    if (SIGNED_OUT.includes(error.code) || (error.code === 'service' && REFUSALS.includes(error.name))) return NOBODY;
    if (!PASSING.includes(error.code)) this.book.violate(`${call.what} in tab ${call.tab} failed: ${error.code ?? error.stack}`);
    return undefined;
  }
}

/** The sign-in of a session. */
const inSession = ({ tokens }) => (tokens ? familyOfToken(tokens.accessToken.toString()) : NOBODY);
