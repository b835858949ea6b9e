// A storage that tabs share. Each tab sees its own writes at once and the others' after a lag, all in the same order, as
// localStorage in a browser with a process for each tab.

/** What a broken storage refuses. Removing fails in no browser. */
const REFUSED = { all: ['getItem', 'setItem'], reads: ['getItem'], writes: ['setItem'] };

export class SharedStorage {
  /** Which operations fail: `all`, `reads`, `writes`, or none. */
  fault;
  /** Whether a single operation fails. */
  fails = () => false;
  #world;
  #lag;
  #settled = new Map();
  /** Changes that not every tab has seen yet, oldest first. */
  #recent = [];
  #listeners = new Map();

  constructor(world, lag) {
    this.#world = world;
    this.#lag = lag;
  }

  /** What a tab sees under a key. */
  read(tab, key) {
    this.#settle();
    const own = this.#recent.findLast((change) => change.key === key && change.tab === tab);
    return (own ? own.text : this.#settled.get(key)) ?? null;
  }

  /** `null` removes the key. */
  write(tab, key, text) {
    this.#settle();
    this.#recent.push({ tab, key, text, at: this.#world.now + this.#lag });
    for (const [other, listeners] of this.#listeners) {
      if (other === tab) continue;
      const tell = () => listeners.forEach((listener) => listener({ key, newValue: text }));
      this.#world.after(this.#lag, { tab: other, source: 'storage events' }, tell);
    }
  }

  listen(tab, listener) {
    this.#listeners.set(tab, [...(this.#listeners.get(tab) ?? []), listener]);
  }

  crash(tab) {
    this.#listeners.delete(tab);
  }

  /** Everything that is stored, as all tabs will see it. */
  entries() {
    const all = new Map(this.#settled);
    for (const { key, text } of this.#recent) all.set(key, text);
    return [...all].filter(([, text]) => text !== null);
  }

  clear() {
    for (const [key] of this.entries()) this.write(undefined, key, null);
  }

  /** The storage as a tab uses it: `localStorage`, or an object of the app. */
  of(tab) {
    const operate = (name, act) => {
      if (REFUSED[this.fault]?.includes(name) || (name !== 'removeItem' && this.fails())) throw new Error('The storage fails.');
      return act();
    };
    return {
      getItem: (key) => operate('getItem', () => this.read(tab, key)),
      setItem: (key, text) => operate('setItem', () => this.write(tab, key, text)),
      removeItem: (key) => operate('removeItem', () => this.write(tab, key, null)),
    };
  }

  /** As an app's object whose methods return promises. Operations take a time and keep their order. */
  asynchronous(tab, ms) {
    const later = (method) => (...values) =>
      new Promise((resolve, reject) => {
        this.#world.after(ms, { tab, source: 'storage' }, () => {
          try {
            resolve(method(...values));
          } catch (error) {
            reject(error);
          }
        });
      });
    return Object.fromEntries(Object.entries(this.of(tab)).map(([name, method]) => [name, later(method)]));
  }

  #settle() {
    const count = this.#recent.findIndex(({ at }) => at > this.#world.now);
    for (const { key, text } of this.#recent.splice(0, count < 0 ? this.#recent.length : count)) this.#settled.set(key, text);
  }
}
