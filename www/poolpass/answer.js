// What comes of this page's arrival (arrival.js).
import { arrival, show } from './shared.js';

/**
 * The answer to this page's arrival, worked out once; to an empty URL if there was none. A second client of the same app gets the
 * same answer.
 */
export function answerHere(statePrefixes, work) {
  const { waiting, answers } = arrival;
  let url = '';
  if (waiting && statePrefixes.includes(waiting.state.slice(0, 12))) {
    url = waiting.url;
    arrival.waiting = undefined;
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
