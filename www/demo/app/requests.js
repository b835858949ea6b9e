/** Where the APIs and services begin that the kit asks. */
const PLACES = ['/api/', '/event', '/graphql', '/oauth2/', '/poolpass-notes'];

/**
 * Tells of every request of the kit: when it ended, how long it took in milliseconds, and its path. What the page itself asks of
 * poolpass-local (users, inbox) has other addresses and is left out.
 */
export function watchRequests(endpoint, tell) {
  new PerformanceObserver((seen) => {
    for (const { name, responseEnd, duration } of seen.getEntries()) {
      const path = name.startsWith(`${endpoint}/`) ? name.slice(endpoint.length) : '';
      if (path === '/' || PLACES.some((place) => path.startsWith(place)) || path.includes('/.well-known/')) {
        tell(performance.timeOrigin + responseEnd, duration, path);
      }
    }
  }).observe({ type: 'resource', buffered: true });
}
