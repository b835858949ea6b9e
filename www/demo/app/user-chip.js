// Who is signed in, on every tab, and others to become in one press.
import { whileBusy } from './busy.js';
import { element } from './dom.js';
import { POOLS } from './pools.js';

/** In the pool that the page starts with. */
const PEOPLE = ['alice', 'bob'];

/** `tryIt` signs in as a test user. */
export function userChip({ auth, emulator, tryIt, notice }) {
  const group = element('div', { class: 'chip', role: 'group', 'aria-label': 'Signed-in user' });
  let shown;

  function chipButton(name, become) {
    const button = element('button', { type: 'button' }, element('span', { class: 'unseen' }, 'Switch to '), name);
    button.addEventListener('click', () =>
      whileBusy(button, async () => {
        if (name !== shown) await become().catch((error) => notice.keep(error.message));
      }),
    );
    return button;
  }

  async function become(username) {
    const users = await emulator.users();
    const user = users.find((each) => each.username === username && each.userPoolId === POOLS[0].userPoolId);
    if (!user) throw new Error(`poolpass-local has no user ${username}.`);
    await tryIt(user);
  }

  const guest = chipButton('guest', () => auth.signOut({ redirect: false }));
  const people = PEOPLE.map((name) => chipButton(name, () => become(name)));
  const other = element('span', { class: 'other', hidden: true });
  group.append(guest, ...people, other);

  return {
    element: group,
    /** Shows the user, or that there is none. */
    show(user) {
      shown = user?.username ?? 'guest';
      for (const button of [guest, ...people]) button.setAttribute('aria-pressed', String(button.lastChild.textContent === shown));
      other.hidden = shown === 'guest' || PEOPLE.includes(shown);
      other.textContent = other.hidden ? '' : shown;
      other.title = other.textContent;
    },
  };
}
