// A clock that a test moves, in the place of the global one. Node's own mock mixes up timers that one test has set and
// the next clears, as closing sockets do.

/** Stops the time for the length of a test, or goes on from where it stood. */
export function clock(test) {
  const real = { setTimeout, clearTimeout, now: Date.now };
  const timers = new Map();
  let now = Date.UTC(2026, 0, 1);
  let offset = 0;
  let count = 0;
  globalThis.setTimeout = (act, ms = 0, ...values) => {
    const id = `${test.name} ${(count += 1)}`;
    timers.set(id, { at: now + (ms > 0x7fffffff ? 1 : Math.max(ms, 1)), act: () => act(...values) });
    return id;
  };
  globalThis.clearTimeout = (id) => void (timers.delete(id) || (typeof id === 'object' && real.clearTimeout(id)));
  Date.now = () => now + offset;
  test.after(() => {
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Date.now = real.now;
  });

  /** Lets so many milliseconds pass, and what is due in them happen. */
  function tick(ms) {
    const end = now + ms;
    for (;;) {
      const [id, next] = [...timers].reduce((first, entry) => (entry[1].at < (first[1]?.at ?? Infinity) ? entry : first), []);
      if (!next || next.at > end) break;
      timers.delete(id);
      now = Math.max(now, next.at);
      next.act();
    }
    now = end;
  }

  /** Lets the time pass as it does while a machine sleeps: nothing happens. */
  function sleep(ms) {
    now += ms;
  }

  /** Sets the clock on the wall, which timers do not go by. */
  function adjust(ms) {
    offset += ms;
  }

  /** How many timers wait. */
  const pending = () => timers.size;

  return { tick, sleep, adjust, pending };
}
