// Coming back from a sign-in page: the answer is taken out of the URL at once, before the wasm is there and before any
// other script can read it. The form of our states is that of src/oauth/callback.rs.
const OURS = ['code', 'error', 'error_description', 'error_uri', 'iss', 'state'];
const OPENER_PATIENCE_MS = 2000;

let waiting;
/** What has come of this page's arrival, by the client's marks: a second client of the same app gets the same. */
const answers = new Map();

/** Takes an answer out of this page's URL. A popup's is handed to the page that opened it. */
export function catchArrival() {
  const { location, history } = globalThis;
  const state = new URLSearchParams(location?.search).get('state');
  if (!history || !/^pp1[rp]/.test(state)) return;
  const url = location.href;
  const rest = location.search.slice(1).split('&').filter((pair) => !OURS.includes(pair.split('=')[0]));
  history.replaceState(history.state, '', location.pathname + (rest.length ? `?${rest.join('&')}` : '') + location.hash);
  if (state[3] === 'p') handOver(state, url);
  else waiting = { state, url };
}

/** The answer to this page's arrival, worked out once; to an empty URL if there was none. */
export function answerHere(marks, work) {
  let url = '';
  if (waiting && marks.includes(waiting.state.slice(0, 12))) {
    url = waiting.url;
    waiting = undefined;
  } else if (answers.has(marks)) {
    return answers.get(marks);
  }
  const answer = work(url);
  answers.set(marks, answer);
  return answer;
}

/** Shows the page that was left for the sign-in again, and tells the app's router. */
export function restore(place) {
  const { location, history } = globalThis;
  if (place === location.pathname + location.search + location.hash) return;
  history.replaceState(history.state, '', place);
  globalThis.dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
}

/** The channel between a popup and its opener. It works across Cross-Origin-Opener-Policy, where `opener` does not. */
export function popupChannel(state) {
  return new BroadcastChannel(`poolpass.v1.${state}`);
}

function handOver(state, url) {
  const channel = popupChannel(state);
  const closeChannel = setTimeout(() => channel.close(), OPENER_PATIENCE_MS);
  channel.onmessage = () => {
    clearTimeout(closeChannel);
    channel.close();
    globalThis.close();
  };
  channel.postMessage(url);
}
