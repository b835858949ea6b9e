// When to try again: pauses that grow, and a least distance between attempts.

const FIRST_PAUSE_MS = 1_000;
export const LONGEST_PAUSE_MS = 60_000;
/** The least time from one attempt to the next, whatever events the page gets. */
const LEAST_DISTANCE_MS = 1_000;
/** After a success the next attempt needs no distance. A connection that is lost again and again loses this privilege. */
const QUICK_ATTEMPTS = 2;

export class Backoff {
  #attempts = 0;
  #beganAt = -Infinity;
  #isOpen = false;

  /** An attempt begins now. */
  begin() {
    this.#beganAt = Date.now();
    this.#isOpen = false;
  }

  /** The attempt was successful. */
  opened() {
    this.#isOpen = true;
  }

  /** The pause after an attempt that failed. Each call makes the next pause longer. */
  next() {
    return pause(this.#attempts++);
  }

  /** An attempt was good for long enough: the next pause is a short one. */
  reset() {
    this.#attempts = 0;
  }

  /** How long the next attempt has to wait for the least distance; 0 or less if it need not. */
  get distanceLeft() {
    if (this.#isOpen && this.#attempts <= QUICK_ATTEMPTS) return 0;
    const passed = Date.now() - this.#beganAt;
    return passed < 0 ? 0 : LEAST_DISTANCE_MS - passed; // the clock may have been set back
  }
}

/** The pause after so many attempts. Half of it is random, so that not all pages come back at once. */
export function pause(attempt) {
  return (Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS) * (1 + Math.random())) / 2;
}
