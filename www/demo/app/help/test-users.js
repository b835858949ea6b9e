// The users that poolpass-local starts with, to sign in as.
import { card, element } from '../dom.js';

/** `pick` is called with the user that was chosen. */
export function testUsers(emulator, pick) {
  const list = element('ul', { class: 'users' });
  const line = element('p', { class: 'quiet' }, 'Press one to fill in the name and password.');

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
        line.textContent = 'poolpass-local does not answer, so its users cannot be listed.';
      }
    },
  };
}
