// One token: its claims, and the token itself, folded away.
import { card, element } from '../dom.js';
import { noticeIn } from '../notice.js';
import { claimsTable } from './claims.js';

export function tokenCard(name, purpose) {
  const claims = element('div');
  const raw = element('code', {});
  const status = element('span', { role: 'status' });
  const notice = noticeIn(status);
  const copy = element('button', { type: 'button' }, 'Copy');
  const fold = element('details', {}, element('summary', {}, 'Show the token'), element('pre', { class: 'raw', tabindex: '0' }, raw), copy, status);

  copy.addEventListener('click', async () => {
    notice.say('');
    const isCopied = await navigator.clipboard.writeText(raw.textContent).then(() => true, () => false);
    if (isCopied) notice.say('Copied.');
    else notice.keep('The browser blocked copying. Select the text instead.');
  });

  const whole = card(name, element('p', { class: 'lead' }, purpose), claims, fold);
  whole.hidden = true;
  return {
    element: whole,
    /** Shows a token in place of the last one, or hides the card. */
    show(token) {
      whole.hidden = !token;
      claims.replaceChildren(...(token ? [claimsTable(`Claims of the ${name}`, token.payload)] : []));
      raw.textContent = token ? token.toString() : '';
      notice.say('');
    },
  };
}
