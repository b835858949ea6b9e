// The list of what the kit did: its events, from this tab or another, and its requests.
import { card, element } from './dom.js';
import { clockTime } from './times.js';

const KEPT = 12;

export function activityLog() {
  const empty = element('p', { class: 'quiet' }, 'Nothing yet. The kit’s events and requests appear here.');
  const list = element('ol', { class: 'activity', 'aria-label': 'Activity, newest first', hidden: true });

  function add(kind, ...content) {
    list.prepend(element('li', { class: kind }, element('time', {}, clockTime(Date.now())), element('div', {}, ...content)));
    while (list.children.length > KEPT) list.lastElementChild.remove();
    list.hidden = false;
    empty.hidden = true;
  }

  return {
    element: card('Activity', empty, list),

    /** Adds an event as the kit emits it. */
    event({ event, data, origin }) {
      const from = origin === 'remote' ? 'another tab' : 'this tab';
      const about = data?.error?.message ?? data?.username ?? JSON.stringify(data?.customState);
      add(
        'event',
        element('code', {}, event),
        element('span', { class: 'origin', 'data-origin': origin }, from),
        about && element('span', { class: 'about' }, about),
      );
    },

    /** Adds a request that has ended, such as "InitiateAuth 200". */
    request(what, tookMs) {
      add('request', `${what}, ${Math.max(1, Math.round(tookMs))}\u00a0ms`);
    },
  };
}
