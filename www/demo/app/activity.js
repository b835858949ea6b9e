// The list of what the kit did: its events, from this tab or another, and its requests.
import { card, element } from './dom.js';
import { clockTime } from './times.js';

const KEPT = 12;

/** A path without the query, which may carry a signature; of Cognito's own addresses the end. */
function nameOf(path) {
  const [plain] = path.split('?');
  return plain.startsWith('/oauth2/') || plain.includes('/.well-known/') ? plain.split('/').pop() : plain;
}

export function activityLog() {
  const empty = element('p', { class: 'quiet' }, 'Nothing yet. Events of the kit and requests to Cognito show up here.');
  const list = element('ol', { class: 'activity', 'aria-label': 'Newest first', hidden: true });

  function add(atMs, kind, ...content) {
    const entry = element('li', { class: kind, 'data-at': atMs }, element('time', {}, clockTime(atMs)), element('div', {}, ...content));
    // The browser tells of a request some time after it has ended.
    const older = [...list.children].find((other) => Number(other.dataset.at) <= atMs);
    list.insertBefore(entry, older ?? null);
    while (list.children.length > KEPT) list.lastElementChild.remove();
    list.hidden = false;
    empty.hidden = true;
  }

  return {
    element: card('Activity', empty, list),

    /** An event as the kit hands it out. */
    event({ event, data, origin }) {
      const from = origin === 'remote' ? 'another tab' : 'this tab';
      const about = data?.error?.message ?? data?.username ?? JSON.stringify(data?.customState);
      add(
        Date.now(),
        'event',
        element('code', {}, event),
        element('span', { class: 'origin', 'data-origin': origin }, from),
        about && element('span', { class: 'about' }, about),
      );
    },

    /** A request that has ended. Those of Cognito's JSON API, of STS and of DynamoDB all have the path `/`. */
    request(atMs, tookMs, path) {
      const what = path === '/' ? 'request' : nameOf(path);
      add(atMs, 'request', `${what}, ${Math.max(1, Math.round(tookMs))} ms`);
    },
  };
}
