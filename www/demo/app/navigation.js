// One step at a time. Each has an address (#sign-up), so that links and the Back button work.
import { noteOf } from './note.js';

const OPEN_STEPS = ['sign-in', 'sign-up', 'confirm', 'reset', 'challenge'];

/** The address of a step of a sign-in: only while there is one. */
export const CHALLENGE = '#challenge';

/** Where to return after a sign-in on another page: this page, without the address of a step that is over by then. */
export function placeToReturn() {
  const { pathname, search, hash } = location;
  return pathname + search + (noteOf(hash) ? hash : '');
}

/**
 * Shows steps in their places, and returns a function that goes to a step by name. `details` may hold a `notice` or a `warning` to
 * show. While `isCovered()`, another tab of the page is shown: steps still change, but leave the address, title and focus alone.
 */
export function navigation(steps, places, isCovered) {
  let current;
  let isSignedIn = false;

  function show(name, details) {
    const first = current === undefined;
    current?.leave?.();
    current = steps[name];
    current.prepare?.(details);
    if (details.warning) places.notice.keep(details.warning);
    // A notice from the start of the page is still news.
    else if (!first || details.notice) places.notice.say(details.notice);
    places.step.replaceChildren(current.element);
    places.help.replaceChildren(...(current.help ? [current.help] : []));
    if (!isCovered()) document.title = `${current.title} · Poolpass demo`;
    if (!first && !isCovered()) {
      scrollTo({ top: 0 });
      current.heading.focus({ preventScroll: true });
    }
    current.enter?.(details);
  }

  function addressed() {
    const asked = location.hash.slice(1);
    if (isSignedIn) return 'session';
    if (asked === 'challenge' && !steps.challenge.isOpen()) return 'sign-in';
    return OPEN_STEPS.includes(asked) ? asked : 'sign-in';
  }

  /** The address of a note stays while its reader signs in. */
  function addressOf(name) {
    if (noteOf(location.hash) && ['sign-in', 'session'].includes(name)) return location.hash;
    return OPEN_STEPS.includes(name) ? `#${name}` : location.pathname;
  }

  function go(name, details = {}) {
    const address = addressOf(name);
    if (!isCovered() && address !== (location.hash || location.pathname)) {
      history[current ? 'pushState' : 'replaceState'](null, '', address);
    }
    show(name, details);
  }

  /** The steps are shown again. */
  go.uncovered = () => {
    document.title = `${current.title} · Poolpass demo`;
  };
  /** To the step of the page's address. */
  go.home = (details) => go(addressed(), details);
  go.signedIn = (details) => {
    isSignedIn = true;
    go('session', details);
  };
  /** Back to the sign-in. If nobody was signed in here, an event from another tab changes nothing. */
  go.signedOut = (details) => {
    if (!isSignedIn) return;
    isSignedIn = false;
    go('sign-in', details);
  };

  // Links to a step, Back and Forward, and the kit when it restores the address after a sign-in.
  addEventListener('popstate', () => {
    if (isCovered()) return;
    const name = addressed();
    if (steps[name] === current) current.moved?.();
    else show(name, {});
  });
  return go;
}
