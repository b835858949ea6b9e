// The users that poolpass-local starts with.
import { card, element } from '../dom.js';

const ADVICE = 'Select a user to fill in the user name and password.';

/** `pick` receives the chosen user. */
export function testUsers(emulator, pick) {
  const list = element('ul', { class: 'users' });
  const line = element('p', { class: 'quiet' }, ADVICE);

  function entry(user) {
    const button = element(
      'button',
      { type: 'button' },
      element('strong', {}, user.username),
      element('span', { class: 'about' }, user.note || user.status.toLowerCase()),
    );
    button.addEventListener('click', () => pick(user));
    return element('li', {}, button);
  }

  return {
    element: card('Test users', line, list),
    async load() {
      try {
        list.replaceChildren(...(await emulator.users()).map(entry));
        line.textContent = ADVICE;
      } catch {
        line.textContent = 'poolpass-local isn’t responding, so its users can’t be listed.';
      }
    },
  };
}
