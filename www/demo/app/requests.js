/**
 * Tells of every request to Cognito's own address: when it ended and how long it took, in milliseconds. What the page itself asks of
 * poolpass-local (users, inbox) has other addresses and is left out.
 */
export function watchRequests(endpoint, tell) {
  new PerformanceObserver((seen) => {
    for (const entry of seen.getEntries()) {
      if (entry.name === `${endpoint}/`) tell(performance.timeOrigin + entry.responseEnd, entry.duration);
    }
  }).observe({ type: 'resource', buffered: true });
}
