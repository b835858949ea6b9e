// The users that poolpass-local starts with, by pool: a press fills the form in, or signs in at once.
import { whileBusy } from '../busy.js';
import { card, element } from '../dom.js';
import { POOLS } from '../pools.js';

const ADVICE = 'Select a user to fill in the user name and password, or sign in at once.';

/** `pick` receives the chosen user of this pool, `tryIt` a user of any pool. */
export function testUsers(emulator, { settings, pick, tryIt, failed }) {
  const list = element('ul', { class: 'users' });
  const others = element('div', { class: 'other-pools' });
  const line = element('p', { class: 'quiet' }, ADVICE);

  function tryButton(user) {
    const button = element('button', { type: 'button', class: 'try' }, 'Try', element('span', { class: 'unseen' }, ` as ${user.username}`));
    button.addEventListener('click', () => whileBusy(button, () => tryIt(user).catch((error) => failed(error, user))));
    return button;
  }

  const noteOf = (user) => element('span', { class: 'about' }, user.note || user.status.toLowerCase());

  function entry(user) {
    const button = element('button', { type: 'button', class: 'pick' }, element('strong', {}, user.username), noteOf(user));
    button.addEventListener('click', () => pick(user));
    return element('li', {}, button, tryButton(user));
  }

  const distantEntry = (user) => element('li', {}, element('p', { class: 'pick' }, element('strong', {}, user.username), ' ', noteOf(user)), tryButton(user));

  function otherPool({ userPoolId, title, about }, users) {
    const own = users.filter((user) => user.userPoolId === userPoolId);
    return element('details', {}, element('summary', {}, title), element('p', { class: 'quiet' }, about), element('ul', { class: 'users' }, ...own.map(distantEntry)));
  }

  return {
    element: card('Test users', line, list, others),
    async load() {
      try {
        const users = await emulator.users();
        const known = POOLS.filter(({ userPoolId }) => userPoolId !== settings.userPoolId && users.some((user) => user.userPoolId === userPoolId));
        list.replaceChildren(...users.filter(({ userPoolId }) => userPoolId === settings.userPoolId).map(entry));
        others.replaceChildren(...known.map((pool) => otherPool(pool, users)));
        line.textContent = ADVICE;
      } catch {
        line.textContent = 'poolpass-local isn’t responding, so its users can’t be listed.';
      }
    },
  };
}
