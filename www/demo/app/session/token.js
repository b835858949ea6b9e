// One token: its claims, and the token itself behind a fold.
import { card, element } from '../dom.js';
import { claimsTable } from './claims.js';

export function tokenCard(name, purpose) {
  const claims = element('div');
  const raw = element('code', {});
  const copied = element('span', { role: 'status' });
  const copy = element('button', { type: 'button' }, 'Copy');
  const fold = element('details', {}, element('summary', {}, 'The token itself'), element('pre', { class: 'raw', tabindex: '0' }, raw), copy, copied);

  copy.addEventListener('click', async () => {
    copied.textContent = '';
    const done = await navigator.clipboard.writeText(raw.textContent).then(() => true, () => false);
    copied.textContent = done ? 'Copied.' : 'The browser does not allow copying: select the text.';
  });

  const whole = card(name, element('p', { class: 'lead' }, purpose), claims, fold);
  whole.hidden = true;
  return {
    element: whole,
    /** Shows a token in place of the last; none hides the card. */
    show(token) {
      whole.hidden = !token;
      claims.replaceChildren(...(token ? [claimsTable(`Claims of the ${name}`, token.payload)] : []));
      raw.textContent = token ? token.toString() : '';
      copied.textContent = '';
    },
  };
}
