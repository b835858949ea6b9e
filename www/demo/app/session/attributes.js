// The user's attributes, as the pool has them now.
import { card, element } from '../dom.js';
import { claimsTable } from './claims.js';

export function attributesCard() {
  const place = element('div');
  const whole = card('What GetUser answers', place);
  whole.hidden = true;
  return {
    element: whole,
    show(attributes) {
      place.replaceChildren(claimsTable('The user’s attributes', attributes));
      whole.hidden = false;
      whole.scrollIntoView({ block: 'nearest' });
    },
    clear() {
      place.replaceChildren();
      whole.hidden = true;
    },
  };
}
