// Waiting for a callback of the app's, such as `logins` or `authToken`.
import { aborted, disposed, PoolpassError } from './shared.js';

/** As long as a service may take. */
const ANSWER_WITHIN_MS = 15_000;

/**
 * Calls a callback of the app's and waits for its result, for 15 seconds at most. A result that comes later is ignored.
 *
 * `signal` is the caller's; `disposal` fires when the auth is disposed. If one of them has fired, nothing is called.
 *
 * @throws PoolpassError with code `aborted`, `disposed`, or `timeout`, which names the callback; otherwise the callback's own error.
 */
export async function resultOf(name, callback, { signal, disposal }) {
  if (disposal.aborted) throw disposed();
  if (signal?.aborted) throw aborted(signal);
  const waiting = new AbortController(); // its end takes the listeners away
  const late = { timer: undefined };
  const interrupted = new Promise((_, reject) => {
    const listening = { once: true, signal: waiting.signal };
    disposal.addEventListener('abort', () => reject(disposed()), listening);
    signal?.addEventListener('abort', () => reject(aborted(signal)), listening);
    late.timer = setTimeout(() => reject(noAnswer(name)), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([callback(), interrupted]);
  } finally {
    clearTimeout(late.timer);
    waiting.abort();
  }
}

function noAnswer(name) {
  return new PoolpassError({
    name: 'CallbackTimeoutException',
    code: 'timeout',
    message: `The callback ${name} has not answered within 15 seconds.`,
    retryable: true,
    recoverySuggestion: `Make sure that the promise ${name} returns always settles.`,
  });
}
