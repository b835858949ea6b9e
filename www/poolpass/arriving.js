// A subscription before the part that serves it is loaded.
import { aborted } from './error.js';

/** A subscription while the part that serves it is being loaded. If that fails, it ends with that error. */
export function arriving(loading, signal) {
  const cancelled = new Promise((_, reject) => {
    const giveUp = () => reject(aborted(signal));
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    loading.finally(() => signal?.removeEventListener('abort', giveUp)).catch(() => {});
  });
  const subscription = Promise.race([loading, cancelled]).catch(ended);
  const ready = subscription.then(({ ready }) => ready);
  ready.catch(() => {}); // next() throws it too
  return {
    ready,
    next: async () => (await subscription).next(),
    return: async (value) => (await subscription).return(value),
    throw: async (error) => (await subscription).throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A subscription that has ended with an error before it began. */
function ended(error) {
  const told = [error];
  return {
    ready: Promise.reject(error),
    next: async () => {
      if (told.length > 0) throw told.pop();
      return { value: undefined, done: true };
    },
    return: async (value) => ({ value, done: true }),
    throw: async (thrown) => {
      throw thrown;
    },
  };
}
