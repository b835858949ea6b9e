// The users that poolpass-local starts with.
import { card, element } from '../dom.js';

/** `pick` receives the chosen user. */
export function testUsers(emulator, pick) {
  const list = element('ul', { class: 'users' });
  const line = element('p', { class: 'quiet' }, 'Select a user to fill in the user name and password.');

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
      } catch {
        line.textContent = 'poolpass-local isn’t responding, so its users can’t be listed.';
      }
    },
  };
}
