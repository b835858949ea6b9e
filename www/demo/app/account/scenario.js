// The tab “Account & security”: one part for each thing that users manage themselves.
import { element, outsideLink } from '../dom.js';
import { actionButton } from '../busy.js';
import { problemBox } from '../problem.js';
import { authenticatorPart } from './authenticator.js';
import { deletionPart } from './deletion.js';
import { devicesPart } from './devices.js';
import { mfaPart } from './mfa.js';
import { passkeysPart } from './passkeys.js';
import { passwordPart } from './password.js';
import { profilePart } from './profile.js';
import { sessionsPart } from './sessions.js';

export function accountScenario({ auth, emulator, notice, settings, goTo }) {
  let current;
  let isLoaded = false;
  const user = () => current?.username ?? '';
  const tools = { auth, emulator, notice, settings, user };
  const mfa = mfaPart(tools);
  const parts = [
    profilePart(tools),
    passwordPart(tools),
    mfa,
    authenticatorPart({ ...tools, changed: mfa.load }),
    passkeysPart(tools),
    devicesPart(tools),
    sessionsPart(tools),
    deletionPart(tools),
  ];
  const problem = problemBox();
  const account = element('div', { class: 'stack' }, problem.element, ...parts.map((each) => each.element));
  // Its forms are in the page only while they are shown: password managers and screen readers take hidden ones for others.
  const place = element('div', { class: 'account' });
  const signIn = actionButton('Go to the sign-in', async () => goTo('users'), problem, 'primary');
  const nobody = element('section', { class: 'card' }, element('p', {}, 'Nobody is signed in, so there is no account to show.'), signIn);

  /** One after the other, as a user would press the buttons. Those that fail do not keep the others from being shown. */
  async function load() {
    isLoaded = true;
    for (const each of parts) {
      try {
        await each.load?.();
      } catch (error) {
        // If the user is signed out here, the event leads on.
        if (error.name === 'UserUnAuthenticatedException') return;
        problem.show(error);
      }
    }
  }

  return {
    name: 'account',
    title: 'Account & security',
    lead: `What users manage themselves, and the line of code for each. User pool: ${settings.poolTitle}.`,
    cards: [nobody, place, element('p', { class: 'quiet' }, 'All codes are in ', outsideLink(emulator.page, 'the inbox of poolpass-local'), '.')],
    show() {
      place.replaceChildren(...(current ? [account] : []));
      nobody.hidden = Boolean(current);
      if (current && !isLoaded) load();
    },
    leave: () => place.replaceChildren(),
    /** Another user signed in, or the user signed out. */
    clear(next) {
      current = next;
      isLoaded = false;
      problem.clear();
      for (const each of parts) each.clear();
    },
  };
}
