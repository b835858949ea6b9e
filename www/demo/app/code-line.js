// The line of code that an action of the page runs, to copy.
import { whileBusy } from './busy.js';
import { element } from './dom.js';
import { noticeIn } from './notice.js';

/** A text as JavaScript writes it. */
export const quoted = (text) => `'${String(text).replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;

/** A secret in a line of code. */
export const HIDDEN = "'…'";

/** @param name the action, for screen readers */
export function codeLine(name, text = '') {
  const code = element('code', {}, text);
  const status = element('span', { role: 'status', class: 'quiet' });
  const notice = noticeIn(status);
  const copy = element('button', { type: 'button', class: 'copy' }, 'Copy', element('span', { class: 'unseen' }, ` the code of ${name}`));
  copy.addEventListener('click', () =>
    whileBusy(copy, async () => {
      const isCopied = await navigator.clipboard.writeText(code.textContent).then(() => true, () => false);
      if (isCopied) notice.say('Copied.');
      else notice.keep('The browser blocked copying. Select the text instead.');
    }),
  );
  const line = element('pre', { tabindex: '0', role: 'group', 'aria-label': `Code of ${name}` }, code);
  return {
    element: element('div', { class: 'code-line' }, line, copy, status),
    show(next) {
      if (code.textContent === next) return;
      code.textContent = next;
      notice.say('');
    },
  };
}
