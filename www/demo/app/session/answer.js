// The service's own data about the user.
import { card, element } from '../dom.js';
import { claimsTable } from './claims.js';

/** A card for a response, hidden until there is one. */
export function answerCard(title, caption) {
  const place = element('div');
  const whole = card(title, place);
  whole.hidden = true;
  return {
    element: whole,
    show(members) {
      place.replaceChildren(claimsTable(caption, members));
      whole.hidden = false;
      whole.scrollIntoView({ block: 'nearest' });
    },
    clear() {
      place.replaceChildren();
      whole.hidden = true;
    },
  };
}
