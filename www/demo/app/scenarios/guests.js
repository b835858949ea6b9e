// Guests, who keep their identity when they sign in, and users of an external provider, who have no user in the user pool.
import { card, element } from '../dom.js';
import { clockTime } from '../times.js';
import { noteTrials } from './notes.js';
import { outsideCard } from './outside.js';
import { trialGroup } from './trial.js';
import { whoAmI } from './who.js';

const GUEST = 'You are a guest. Show your AWS identity, sign in on the “Users” tab, and show it again: the identity stays the same and the role changes. A user who already has an identity keeps that one.';
const SIGNED_IN = 'To be a guest, sign out on the “Users” tab.';

export function guestsScenario({ auth, outside, settings, notice }) {
  const history = element('ol', { class: 'identities', 'aria-label': 'Identities, newest first' });
  const advice = element('p', { class: 'quiet' });
  let last;

  async function found({ identityId, role }) {
    const user = await auth.getCurrentUser().then(({ username }) => username, () => 'a guest');
    const what = last === undefined ? 'first identity' : identityId === last ? 'the same identity as before' : 'a different identity';
    last = identityId;
    const entry = element(
      'li',
      {},
      element('strong', {}, `${user}, as ${role}`),
      element('span', { class: 'about' }, `${clockTime(Date.now())}, ${what}`),
      element('code', {}, identityId),
    );
    history.prepend(entry);
  }

  const who = whoAmI(auth, settings, { name: 'Show my AWS identity', found });
  const notes = noteTrials(auth, settings);
  const trials = trialGroup('What you can do as a guest or a signed-in user', 'Guests can read the shared notes, but can’t write anything.', [
    notes.readShared,
    notes.writeOwn,
    notes.writeShared,
  ]);
  const out = outsideCard({ outside, settings, notice });
  return {
    name: 'guests',
    title: 'Guests & third parties',
    lead: 'AWS credentials for people who have no user in the user pool.',
    cards: [card('Guest, then user', advice, who.element, history), trials.element, ...out.cards],
    clear(user) {
      advice.textContent = user ? `You are signed in as ${user.username}. ${SIGNED_IN}` : GUEST;
      who.clear();
      trials.clear();
    },
    show: out.show,
    arrived: out.arrived,
  };
}
