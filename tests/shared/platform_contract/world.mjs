// The outside world of a page, for the contract of platforms: what a case breaks, and is whole again for the next one.

/** An `Access` of mod.rs and the method of a storage that makes it. */
const METHODS = { read: 'getItem', write: 'setItem', remove: 'removeItem' };

/** Replaces a property until `restore`. */
class Replaced {
  #former = [];

  by(object, name, property) {
    this.#former.push([object, name, Object.getOwnPropertyDescriptor(object, name)]);
    Object.defineProperty(object, name, { configurable: true, ...property });
  }

  restore() {
    for (const [object, name, former] of this.#former.reverse()) {
      if (former) Object.defineProperty(object, name, former);
      else delete object[name];
    }
    this.#former = [];
  }
}

const thrower = () => {
  throw new DOMException('broken', 'SecurityError');
};

export class World {
  #replaced = new Replaced();
  #texts = new Map();
  #isSlow = false;
  /** The app's storage, which all tabs share. */
  storage = {
    getItem: (key) => this.#give(() => this.#texts.get(key) ?? null),
    setItem: (key, text) => this.#give(() => void this.#texts.set(key, text)),
    removeItem: (key) => this.#give(() => void this.#texts.delete(key)),
  };

  /** `server` is its origin. */
  constructor(server) {
    this.server = server;
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of Object.keys(storage)) if (key.startsWith('contract')) storage.removeItem(key);
    }
    // Sent with a request that sends cookies.
    if (globalThis.document) document.cookie = 'contract=page';
  }

  #give(act) {
    return this.#isSlow ? new Promise((resolve) => setTimeout(resolve, 3)).then(act) : act();
  }

  /** Chromium refuses to connect to port 9, and Node too. */
  url(path) {
    return path === '/gone' ? 'http://localhost:9/' : this.server + path;
  }

  fail(access) {
    const name = METHODS[access];
    // An own property would be a key of the storage.
    this.#replaced.by(Object.getPrototypeOf(localStorage), name, { value: thrower });
    this.#replaced.by(this.storage, name, { value: () => this.#give(thrower), writable: true });
  }

  delayStorage() {
    this.#isSlow = true;
  }

  takeAway(part) {
    const none = { get: () => undefined };
    const parts = {
      crypto: () => {
        // The wasm may have looked `crypto` up before.
        const prototype = Object.getPrototypeOf(crypto);
        this.#replaced.by(prototype, 'getRandomValues', { value: thrower });
        this.#replaced.by(prototype, 'subtle', none);
      },
      locks: () => this.#replaced.by(navigator, 'locks', none),
      flowStorages: () => ['localStorage', 'sessionStorage'].forEach((name) => this.#replaced.by(globalThis, name, { get: thrower })),
    };
    parts[part]();
  }

  restore() {
    this.#replaced.restore();
  }
}
