// A page within this one for signed-in users: #/notes/3?x=1. A sign-in on the hosted page leads back to it.
import { card, element } from './dom.js';

/** The name of the note at an address. */
export const noteOf = (hash) => /^#\/notes\/(\w+)/.exec(hash)?.[1];

export function noteCard() {
  const name = element('strong', {});
  const address = element('code', {});
  const whole = card(
    'The page you requested',
    element('p', {}, 'This is ', name, '. Its address was kept during the sign-in:'),
    element('p', { class: 'address' }, address),
  );
  return {
    element: whole,
    /** Shows the note at an address, if there is one. */
    show(hash) {
      const note = noteOf(hash);
      whole.hidden = !note;
      name.textContent = note ? `note ${note}` : '';
      address.textContent = hash;
    },
  };
}
