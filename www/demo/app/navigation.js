// One step at a time, each with an address (#sign-up), so that links and the Back button work.
import { noteOf } from './note.js';

const OPEN_STEPS = ['sign-in', 'sign-up', 'confirm'];

/** Where a sign-in elsewhere leads back to: this page without the address of a step, which is over by then. */
export function placeToReturn() {
  const { pathname, search, hash } = location;
  return pathname + search + (noteOf(hash) ? hash : '');
}

/**
 * Shows steps in their places. The function that comes back goes to a step by name. While `isCovered()`, the steps change behind what
 * covers them: address, title and focus are not theirs.
 */
export function navigation(steps, places, isCovered) {
  let current;
  let isSignedIn = false;

  function show(name, details) {
    const first = current === undefined;
    current?.leave?.();
    current = steps[name];
    // What was said while starting up is still news.
    if (!first || details.notice) places.notice.say(details.notice);
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
    return OPEN_STEPS.includes(asked) ? asked : 'sign-in';
  }

  /** A note's address stays while somebody signs in to read it. */
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

  /** What covered the steps is gone. */
  go.uncovered = () => {
    document.title = `${current.title} · Poolpass demo`;
  };
  /** To the step of the page's address. */
  go.home = (details) => go(addressed(), details);
  go.signedIn = (details) => {
    isSignedIn = true;
    go('session', details);
  };
  /** Back to the sign-in, unless nobody was signed in here: then another tab's news disturbs nothing. */
  go.signedOut = (details) => {
    if (!isSignedIn) return;
    isSignedIn = false;
    go('sign-in', details);
  };

  // Links to a step, Back and Forward, and the kit when it shows the page that was left for a sign-in.
  addEventListener('popstate', () => {
    if (isCovered()) return;
    const name = addressed();
    if (steps[name] === current) current.moved?.();
    else show(name, {});
  });
  return go;
}
