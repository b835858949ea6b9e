// A tab: the package, with globals that go by the schedule's time and end with the tab.
import { CLIENT, IDENTITY_POOL, POOL } from './cognito.mjs';
import { loadWith } from './package.mjs';

const SETTINGS = {
  userPool: { userPoolId: POOL, userPoolClientId: CLIENT },
  identityPool: { identityPoolId: IDENTITY_POOL, allowGuestAccess: true },
  handleRedirect: false,
};

/** How long a message to the other tabs may take. */
const MESSAGE_MS = 5;

export class Tab {
  /** How far its clock is ahead. */
  clockError = 0;
  /** What the app calls: what `createAuth` gives. */
  auth;
  #stage;
  #channels = [];

  constructor(number, stage) {
    this.number = number;
    this.#stage = stage;
  }

  async open() {
    const { plan, storage } = this.#stage;
    const { createAuth } = await loadWith(this.#globals());
    const objects = {
      local: () => undefined,
      synchronous: () => storage.of(this.number),
      asynchronous: () => storage.asynchronous(this.number, plan.operation),
    };
    this.auth = await createAuth({ ...SETTINGS, storage: objects[plan.storage]() });
    return this;
  }

  /** Hears a message of another tab. */
  hear(name, data) {
    const heard = () => this.#channels.filter((channel) => channel.name === name).forEach((channel) => channel.onmessage?.({ data }));
    this.#after(this.#stage.random.below(MESSAGE_MS + 1), 'messages', heard);
  }

  #after(ms, source, act) {
    return this.#stage.world.after(ms, { tab: this.number, source }, act);
  }

  #globals() {
    const { plan, world, storage, locks, network, tabs, random } = this.#stage;
    const tab = this;
    const setTimeout = (act, ms = 0) => this.#after(ms, 'timers', act);
    return {
      setTimeout,
      clearTimeout: (timer) => world.cancel(timer),
      fetch: (url, init) => network.fetch(tab.number, init),
      location: { href: 'https://app.example/', search: '' },
      navigator: plan.hasLocks ? { locks: locks.of(tab.number) } : {},
      localStorage: plan.storage === 'local' ? storage.of(tab.number) : undefined,
      addEventListener: (type, listener) => type === 'storage' && storage.listen(tab.number, listener),
      removeEventListener: () => {},
      crypto: { getRandomValues: (bytes) => bytes.forEach((_, at) => (bytes[at] = random.below(256))) },
      Date: class extends Date {
        static now = () => world.time + tab.clockError;
      },
      AbortSignal: {
        timeout: (ms) => {
          const signal = new Signal();
          setTimeout(() => signal.fire(), ms);
          return signal;
        },
        // The calls of these schedules have no signals of their own: the deadline is the only one.
        any: ([deadline]) => deadline,
      },
      BroadcastChannel: class {
        constructor(name) {
          this.name = name;
          tab.#channels.push(this);
        }

        postMessage(data) {
          for (const other of tabs.filter((one) => one !== tab)) other.hear(this.name, data);
        }
      },
    };
  }
}

class Signal {
  aborted = false;
  #listeners = [];

  addEventListener(_, listener) {
    this.#listeners.push(listener);
  }

  fire() {
    this.aborted = true;
    this.reason = new DOMException('The time is over.', 'TimeoutError');
    this.#listeners.forEach((listener) => listener(this.reason));
  }
}
