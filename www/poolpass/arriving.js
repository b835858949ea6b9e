// A subscription before the part that serves it is loaded.
import { aborted } from './error.js';
import { settled } from './settled.js';

/** A subscription while the part that serves it is being loaded. If that fails, it ends with that error. */
export function arriving(loading, signal) {
  const loaded = signal?.aborted ? Promise.reject(aborted(signal)) : settled(loading, signal);
  const ready = loaded.then(({ ready }) => ready);
  ready.catch(() => {}); // next() throws it too
  const subscription = loaded.catch(failed);
  const passed = (method) => async (value) => (await subscription)[method](value);
  return {
    ready,
    next: passed('next'),
    return: passed('return'),
    throw: passed('throw'),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A subscription that ends with an error before it begins. */
async function* failed(error) {
  throw error;
}
