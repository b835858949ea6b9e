import { requestName } from './request-name.js';

/**
 * Reports every request to poolpass-local when its response begins: what it was and how it ended, and how many milliseconds it
 * took. It wraps `fetch`, since the browser's own list of requests knows neither operations nor statuses.
 */
export function watchRequests(endpoint, report) {
  const browserFetch = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const name = nameOf(endpoint, input, init);
    const startedAt = performance.now();
    const response = browserFetch(input, init);
    if (name) {
      const ended = (how) => report(`${name} ${how}`, performance.now() - startedAt);
      response.then(({ status }) => ended(status), (error) => ended(error.name === 'AbortError' ? 'canceled' : 'failed'));
    }
    return response;
  };
}

/** A request that can't be named is sent all the same. */
function nameOf(...request) {
  try {
    return requestName(...request);
  } catch {
    return undefined;
  }
}
