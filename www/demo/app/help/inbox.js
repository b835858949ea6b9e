// Reading the code from poolpass-local's inbox, where the mail would be that Cognito would have sent.
import { whileBusy } from '../busy.js';
import { card, element, outsideLink } from '../dom.js';
import { clockTime } from '../times.js';

const SHOWN = 3;

/** `addressee` tells whose mail to look for; `use` is called with the code that was chosen. */
export function inboxHelp(emulator, { addressee, use }) {
  const said = element('p', { class: 'quiet', role: 'status' });
  const list = element('ul', { class: 'mails' });
  const look = element('button', { type: 'button' }, 'Look in the inbox');

  function entry(message, index) {
    const button = element('button', { type: 'button' }, 'Use this code');
    button.addEventListener('click', () => use(message.code));
    return element(
      'li',
      {},
      element('p', { class: 'about' }, `${clockTime(message.sentAtMs)}, to ${message.to}`),
      element('p', { class: 'digits' }, message.code),
      index === 0 ? button : element('p', { class: 'quiet' }, 'replaced by a newer one'),
    );
  }

  async function read() {
    list.replaceChildren();
    if (!addressee()) return 'Enter the user name first.';
    try {
      const mails = (await emulator.messagesTo(addressee())).filter((message) => message.code);
      list.replaceChildren(...mails.slice(0, SHOWN).map(entry));
      return mails.length > 0 ? '' : 'No code for this user yet. “Send a new code” asks for one.';
    } catch {
      return 'poolpass-local does not answer.';
    }
  }

  look.addEventListener('click', () =>
    whileBusy(look, async () => {
      said.textContent = '';
      said.textContent = await read();
    }),
  );

  return {
    element: card(
      'Read it from the inbox',
      element('p', {}, 'No mail is really sent. poolpass-local keeps it for you.'),
      look,
      said,
      list,
      element('p', { class: 'quiet' }, 'All mails are on ', outsideLink(emulator.page, 'the inbox page'), '.'),
    ),
    clear() {
      said.textContent = '';
      list.replaceChildren();
    },
  };
}
