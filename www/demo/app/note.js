// A page of its own within this one, for signed-in people: #/notes/3?x=1. A sign-in elsewhere leads back to it.
import { card, element } from './dom.js';

/** The name of the note that an address is of. */
export const noteOf = (hash) => /^#\/notes\/(\w+)/.exec(hash)?.[1];

export function noteCard() {
  const name = element('strong', {});
  const address = element('code', {});
  const whole = card(
    'The page you asked for',
    element('p', {}, 'This is ', name, '. Its address has outlived the sign-in:'),
    element('p', { class: 'address' }, address),
  );
  return {
    element: whole,
    /** The note of an address, if it is of one. */
    show(hash) {
      whole.hidden = !noteOf(hash);
      name.textContent = `note ${noteOf(hash)}`;
      address.textContent = hash;
    },
  };
}
