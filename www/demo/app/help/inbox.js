// Reads the code from poolpass-local's inbox, which holds the messages that Cognito would send.
import { whileBusy } from '../busy.js';
import { card, element, outsideLink } from '../dom.js';
import { noticeIn } from '../notice.js';
import { clockTime } from '../times.js';

const SHOWN = 3;

const NO_CODE = 'There is no code for this user yet. To get one, select “Send a new code”.';

/** `addressee` returns whose messages to show. `use` receives the chosen code. `empty` is said if there is none. `title` tells one inbox from another. */
export function inboxHelp(emulator, { addressee, use, empty = NO_CODE, title = 'Get the code from the inbox' }) {
  const status = element('p', { class: 'quiet', role: 'status' });
  const notice = noticeIn(status);
  const list = element('ul', { class: 'mails' });
  const look = element('button', { type: 'button' }, 'Check the inbox');

  function entry(message, index) {
    const button = element('button', { type: 'button' }, 'Use this code');
    button.addEventListener('click', () => use(message.code));
    return element(
      'li',
      {},
      element('p', { class: 'about' }, `${clockTime(message.sentAtMs)}, to ${message.to}`),
      element('p', { class: 'digits' }, message.code),
      index === 0 ? button : element('p', { class: 'quiet' }, 'Replaced by a newer code'),
    );
  }

  /** Lists the messages, and returns what to say if there are none. */
  async function read() {
    list.replaceChildren();
    if (!addressee()) return 'Enter the user name first.';
    try {
      const mails = (await emulator.messagesTo(addressee())).filter((message) => message.code);
      list.replaceChildren(...mails.slice(0, SHOWN).map(entry));
      return mails.length > 0 ? '' : empty;
    } catch {
      return 'poolpass-local isn’t responding.';
    }
  }

  const show = () =>
    whileBusy(look, async () => {
      notice.say('');
      notice.keep(await read());
    });
  look.addEventListener('click', show);

  return {
    element: card(
      title,
      element('p', {}, 'Nothing is sent. poolpass-local keeps your messages instead.'),
      look,
      status,
      list,
      element('p', { class: 'quiet' }, 'To see all messages, open ', outsideLink(emulator.page, 'the inbox page'), '.'),
    ),
    read: show,
    clear() {
      notice.say('');
      list.replaceChildren();
    },
  };
}
