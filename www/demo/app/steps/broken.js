import { element } from '../dom.js';

/** Shown when the page can't start. */
export function brokenStep(error) {
  return element(
    'section',
    { class: 'card' },
    element('h1', {}, 'This page could not start'),
    element(
      'div',
      { class: 'problem', role: 'alert' },
      element('p', { class: 'what' }, error.message),
      element('p', {}, error.recoverySuggestion ?? 'Serve it with “cargo xtask demo”, which provides everything that it needs.'),
      element('p', { class: 'name' }, element('code', {}, error.name)),
    ),
  );
}
