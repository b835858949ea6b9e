// Timers with names that go by the wall clock: JavaScript's own stand still while the machine sleeps.

/** So often a timer looks at the clock. */
export const STEP_MS = 30_000;

export class Timers {
  #timers = new Map();

  has(name) {
    return this.#timers.has(name);
  }

  /** Does something once, so many milliseconds from now. Takes the place of the timer of that name. */
  set(name, ms, act) {
    this.stop(name);
    const timer = { dueAt: Date.now() + ms, ms, act };
    this.#timers.set(name, timer);
    this.#look(name, timer);
  }

  /** Does what is due: a hidden page's timers are late. */
  catchUp(name) {
    if (Date.now() >= this.#timers.get(name)?.dueAt) this.hasten(name);
  }

  /** Does now what was to be done later. */
  hasten(name) {
    const timer = this.#timers.get(name);
    this.stop(name);
    timer?.act();
  }

  /** Does in so many milliseconds what was to be done later than that. */
  advance(name, ms) {
    const timer = this.#timers.get(name);
    if (!timer || timer.dueAt <= Date.now() + ms) return;
    if (ms > 0) this.set(name, ms, timer.act);
    else this.hasten(name);
  }

  stop(name) {
    clearTimeout(this.#timers.get(name)?.waiting);
    this.#timers.delete(name);
  }

  stopAll() {
    for (const name of [...this.#timers.keys()]) this.stop(name);
  }

  #look(name, timer) {
    const now = Date.now();
    timer.dueAt = Math.min(timer.dueAt, now + timer.ms); // the clock may have been set back
    const wait = Math.min(timer.dueAt - now, STEP_MS);
    timer.waiting = setTimeout(() => (Date.now() >= timer.dueAt ? this.hasten(name) : this.#look(name, timer)), wait);
  }
}
