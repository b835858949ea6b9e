// The result of a sign-in on the hosted page.
import { card, element } from '../dom.js';

export function arrivalCard() {
  const facts = element('dl', { class: 'facts' });
  const whole = card('Back from the hosted page', facts);
  whole.hidden = true;
  const fact = (name, text) => element('div', {}, element('dt', {}, name), element('dd', {}, element('code', {}, text)));
  return {
    element: whole,
    /** Shows a result of `handleRedirect` or `signInWithPopup`. */
    show({ customState, returnTo }) {
      facts.replaceChildren(fact('App state', JSON.stringify(customState) ?? 'none'), fact('Return to', returnTo ?? 'none'));
      whole.hidden = false;
    },
    clear() {
      facts.replaceChildren();
      whole.hidden = true;
    },
  };
}
