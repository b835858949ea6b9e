// Guests, who keep their identity when they sign in; and people of another provider, whom the user pool never sees.
import { card, element } from '../dom.js';
import { clockTime } from '../times.js';
import { noteTrials } from './notes.js';
import { outsideCard } from './outside.js';
import { trialGroup } from './trial.js';
import { whoAmI } from './who.js';

export function guestsScenario({ auth, outside, settings, notice }) {
  const history = element('ol', { class: 'identities', 'aria-label': 'Identities, newest first' });
  const empty = element('p', { class: 'quiet' }, 'Be a guest first, then sign in under “Users” and come back: the identity stays, and the role changes. A user who has an identity already goes on with that.');
  let last;

  async function found({ identityId, role }) {
    const user = await auth.getCurrentUser().then(({ username }) => username, () => 'a guest');
    const what = last === undefined ? 'the first' : identityId === last ? 'the same identity as before' : 'another identity';
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

  const who = whoAmI(auth, settings, { name: 'Who am I to AWS?', found });
  const notes = noteTrials(auth, settings);
  const trials = trialGroup('What you may do, as a guest or signed in', 'A guest reads the shared notes, and writes nothing.', [
    notes.readShared,
    notes.writeOwn,
    notes.writeShared,
  ]);
  const out = outsideCard({ outside, settings, notice });
  return {
    name: 'guests',
    title: 'Guests & third parties',
    lead: 'Credentials without a user of the user pool.',
    cards: [card('Guest, then user', empty, who.element, history), trials.element, ...out.cards],
    clear() {
      who.clear();
      trials.clear();
    },
    show: out.show,
    arrived: out.arrived,
  };
}
