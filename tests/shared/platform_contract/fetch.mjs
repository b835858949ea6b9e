// A model of `fetch` (Fetch standard) in front of the servers of server.mjs, for a page whose own server is no program.

/** Replaces `fetch` for an origin. `answer` is that of server.mjs. Returns how to put it back. */
export function serve(origin, answer) {
  const { fetch } = globalThis;
  const cached = new Map();

  async function exchange(url, init) {
    const request = new Request(url, init);
    const cookie = request.credentials === 'omit' ? '' : 'contract=page';
    const headers = { get: (name) => (name === 'cookie' ? cookie : request.headers.get(name)) };
    const { method, redirect } = request;
    const isCacheable = method === 'GET';
    if (isCacheable && request.cache === 'default' && cached.has(url)) return cached.get(url).clone();
    const response = await answer({ url, method, headers, text: () => request.text() });
    const location = response.headers.get('location');
    if (location && redirect === 'error') throw new TypeError('Failed to fetch');
    if (location && redirect === 'follow') return exchange(new URL(location, url).href, init);
    if (isCacheable && response.headers.has('cache-control')) cached.set(url, response.clone());
    return response;
  }

  globalThis.fetch = (url, init) => {
    if (!String(url).startsWith(origin)) return fetch(url, init);
    const { signal } = init;
    const aborted = new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    return Promise.race([aborted, exchange(url, init)]);
  };
  return () => {
    globalThis.fetch = fetch;
  };
}
