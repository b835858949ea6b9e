// The time of a schedule, and everything that happens in it, one event after the other.

/** More events than any schedule has: something goes on for ever. */
const TOO_MANY = 20_000;

export class World {
  /** Milliseconds since the start. Timers and networks go by it. */
  now = 0;
  frozen = new Set();
  #dead = new Set();
  #clock = Date.UTC(2026, 0, 1);
  #events = [];
  #random;
  #count = 0;

  constructor(random) {
    this.#random = random;
  }

  /** The time of day. */
  get time() {
    return this.#clock + this.now;
  }

  /** Moves the clock on while nothing happens, as when a device sleeps. */
  jump(ms) {
    this.#clock += ms;
  }

  /** Has something happen after a time. In a tab it waits while the tab is frozen; after a crash it never happens. */
  after(ms, { tab, source }, act) {
    const event = { at: this.now + Math.max(ms, 0), tab, source, act };
    if (!this.#dead.has(tab)) this.#events.push(event);
    return event;
  }

  cancel(event) {
    this.#events = this.#events.filter((other) => other !== event);
  }

  crash(tab) {
    this.#dead.add(tab);
    this.#events = this.#events.filter((event) => event.tab !== tab);
    this.frozen.delete(tab);
  }

  /** Lets so much time pass. */
  async pass(ms) {
    const end = this.now + ms;
    for (let event; (event = this.#next(end)); ) await this.#happen(event);
    this.now = Math.max(this.now, end);
  }

  /** Lets time pass until nothing is left to happen; whether it comes to that. */
  async rest() {
    for (let event; this.#count < TOO_MANY && (event = this.#next(Infinity)); ) await this.#happen(event);
    return this.#count < TOO_MANY;
  }

  async #happen(event) {
    this.#count += 1;
    this.cancel(event);
    this.now = Math.max(this.now, event.at);
    event.act();
    await drained();
  }

  /** Any of the earliest events; those of one tab and source keep their order. */
  #next(end) {
    let first = [];
    for (const event of this.#events) {
      if (event.at > end || this.frozen.has(event.tab) || event.at > first[0]?.at) continue;
      if (event.at < first[0]?.at) first = [];
      first.push(event);
    }
    if (first.length < 2) return first[0];
    const { tab, source } = this.#random.pick(first);
    return first.find((event) => event.tab === tab && event.source === source);
  }
}

/** Resolves when no promise callback is left to run. Node.js runs a tick's callbacks after those of promises. */
export const drained = () => new Promise((resolve) => process.nextTick(resolve));
