// What came back with a sign-in at the hosted page.
import { card, element } from '../dom.js';

export function arrivalCard() {
  const facts = element('dl', { class: 'facts' });
  const whole = card('Back from the hosted page', facts);
  whole.hidden = true;
  const fact = (name, text) => element('div', {}, element('dt', {}, name), element('dd', {}, element('code', {}, text)));
  return {
    element: whole,
    /** An answer of `handleRedirect` or `signInWithPopup`. */
    show({ customState, returnTo }) {
      facts.replaceChildren(fact('App state', JSON.stringify(customState)), fact('Page that was left', returnTo ?? 'none'));
      whole.hidden = false;
    },
    clear() {
      facts.replaceChildren();
      whole.hidden = true;
    },
  };
}
