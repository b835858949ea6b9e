// Waiting that a signal can end.
import { aborted } from './error.js';

/** Settles with the promise, or at once when the signal fires. */
export function settled(promise, signal) {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(aborted(signal));
    signal?.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal?.removeEventListener('abort', giveUp);
    });
  });
}
