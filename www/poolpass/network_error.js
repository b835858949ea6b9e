// The error of a request that has no answer.
import { PoolpassError } from './shared.js';

/** The error for no answer, or none in time. It names the host of the URL alone: the rest may contain secrets. */
export function unreachable(code, cause, url) {
  const host = url && new URL(url).host;
  const message =
    code === 'timeout'
      ? `${host ?? 'The service'} did not answer in time.`
      : `A network error has occurred.${host ? ` There was no answer from ${host}.` : ''}`;
  return new PoolpassError({ name: 'NetworkError', code, message, retryable: true }, cause);
}
