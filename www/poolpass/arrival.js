// Coming back from a sign-in page: the answer is taken out of the URL at once, before the wasm is there and before any
// other script can read it. The form of our states is that of src/oauth/callback.rs. Anybody can link to this page with
// such a state, so nothing here throws.
const OURS = ['code', 'error', 'error_description', 'error_uri', 'iss', 'state'];
const OPENER_PATIENCE_MS = 2000;
const TAKEN = 'taken';

let waiting;
/** What has come of this page's arrival, by the client's state prefixes: a second client of the same app gets the same. */
const answers = new Map();

/** Takes an answer out of this page's URL. A popup's is handed to the page that opened it. */
export function catchArrival() {
  const { location, history } = globalThis;
  const state = stateOf(location?.search);
  if (!history || !/^pp1[rp]/.test(state)) return;
  const url = location.href;
  const rest = location.search.slice(1).split('&').filter((pair) => !OURS.includes(pair.split('=')[0]));
  show(url.split(/[?#]/)[0] + (rest.length ? `?${rest.join('&')}` : '') + location.hash);
  if (state[3] === 'p') handOver(state, url);
  else waiting = { state, url };
}

/** Whether a response has been taken out of this page's URL: one that waits, or one that has been answered. */
export const hasArrival = () => waiting !== undefined || answers.size > 0;

/** The answer to this page's arrival, worked out once; to an empty URL if there was none. */
export function answerHere(statePrefixes, work) {
  let url = '';
  if (waiting && statePrefixes.includes(waiting.state.slice(0, 12))) {
    url = waiting.url;
    waiting = undefined;
  } else if (answers.has(statePrefixes)) {
    return answers.get(statePrefixes);
  }
  const answer = work(url);
  answers.set(statePrefixes, answer);
  return answer;
}

/** Shows the page that was left for the sign-in again, and tells the app's router. */
export function restore(place) {
  if (show(place)) globalThis.dispatchEvent(new PopStateEvent('popstate', { state: globalThis.history.state }));
}

/**
 * The channel between a popup and its opener, if the browser gives one. It works across Cross-Origin-Opener-Policy, where
 * `opener` does not. `hear` gets the texts of the other side: the popup sends its URL, and the opener confirms it.
 */
export function popupChannel(state, hear) {
  try {
    const channel = new BroadcastChannel(`poolpass.v1.${state}`);
    channel.onmessage = ({ data }) => {
      if (typeof data === 'string') hear(data);
    };
    return channel;
  } catch {
    return undefined;
  }
}

/** Confirms a popup's answer. `false` if the message is not one. */
export function takeFrom(channel, state, message) {
  const isAnswer = message !== TAKEN && stateOf(message.split('#')[0].replace(/^[^?]*/, '')) === state;
  if (isAnswer) channel.postMessage(TAKEN);
  return isAnswer;
}

function stateOf(query) {
  return new URLSearchParams(query).get('state');
}

/**
 * Shows another address of this origin; whether it does. Browsers refuse it where it is another origin's, and when it is
 * called too often.
 */
function show(address) {
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

function handOver(state, url) {
  const channel = popupChannel(state, (message) => {
    if (message !== TAKEN) return;
    clearTimeout(closeChannel);
    channel.close();
    globalThis.close();
  });
  const closeChannel = setTimeout(() => channel?.close(), OPENER_PATIENCE_MS);
  channel?.postMessage(url);
}
