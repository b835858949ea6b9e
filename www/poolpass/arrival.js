// Coming back from a sign-in page: the answer is taken out of the URL at once, before the wasm is there and before any
// other script can read it. The form of our states is that of src/oauth/callback.rs. Anybody can link to this page with
// such a state, so nothing here throws.
const OURS = ['code', 'error', 'error_description', 'error_uri', 'iss', 'state'];

/**
 * This page's arrival, which answer.js handles: `waiting` has its state and URL, and `answers` what has come of it, by the client's
 * state prefixes.
 */
export const arrival = { waiting: undefined, answers: new Map() };

/** Takes an answer out of this page's URL. A popup's is handed to the page that opened it, for which no wasm is needed. */
export function catchArrival(importRest) {
  const { location, history } = globalThis;
  const state = new URLSearchParams(location?.search).get('state');
  if (!history || !/^pp1[rp]/.test(state)) return;
  const url = location.href;
  const rest = location.search.slice(1).split('&').filter((pair) => !OURS.includes(pair.split('=')[0]));
  show(url.split(/[?#]/)[0] + (rest.length ? `?${rest.join('&')}` : '') + location.hash);
  if (state[3] === 'r') arrival.waiting = { state, url };
  // If it cannot be loaded, the opener learns what it learns of a window that was closed.
  else importRest().then(({ handOver }) => handOver(state, url), () => {});
}

/** Whether a response has been taken out of this page's URL: one that waits, or one that has been answered. */
export const hasArrival = () => arrival.waiting !== undefined || arrival.answers.size > 0;

/**
 * Shows another address of this origin; whether it does. Browsers refuse it where it is another origin's, and when it is
 * called too often.
 */
export function show(address) {
  const { location, history } = globalThis;
  try {
    // Not relative to the base URL of the document, which may be another site's.
    const { href } = new URL(address, location.href);
    if (href === location.href) return false;
    history.replaceState(history.state, '', href);
    return true;
  } catch {
    return false; // the address is not worth the sign-in
  }
}
