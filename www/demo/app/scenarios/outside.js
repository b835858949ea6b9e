// Signing in at a provider directly. Its ID token goes to the identity pool; there is no user pool in between.
import { actionButton } from '../busy.js';
import { card, element } from '../dom.js';
import { problemBox } from '../problem.js';
import { claimsTable } from '../session/claims.js';
import { OUTSIDE } from '../settings.js';
import { noteTrials } from './notes.js';
import { trialGroup } from './trial.js';
import { whoAmI } from './who.js';

const provider = { oidc: OUTSIDE };
const here = () => `${location.pathname}${location.search}#guests`;

export function outsideCard({ outside, settings, notice }) {
  const problem = problemBox();
  const claims = element('div');
  const who = whoAmI(outside, settings, { name: 'Who is that to AWS?' });
  const notes = noteTrials(outside, settings, (name) => `${name}, from outside`);
  const trials = trialGroup('What somebody from outside may do', 'The same as every user: read what is shared, write notes of the own.', [
    notes.readShared,
    notes.writeOwn,
    notes.writeShared,
  ]);

  async function show() {
    const { idToken } = await outside.fetchProviderSession({ provider: OUTSIDE });
    claims.replaceChildren(
      idToken ? claimsTable('Claims of the provider’s ID token', idToken.payload) : element('p', { class: 'quiet' }, 'Nobody has come from there: what is asked here is asked as a guest.'),
    );
  }

  function clear() {
    problem.clear();
    who.clear();
    trials.clear();
  }

  async function inWindow() {
    clear();
    await outside.signInWithPopup({ provider });
    notice.say('Somebody has come from the provider.');
    await show();
  }

  async function forget() {
    clear();
    await outside.signOut({ redirect: false });
    notice.say('The provider’s token and the credentials are forgotten.');
    await show();
  }

  const actions = element(
    'div',
    { class: 'actions' },
    actionButton('Sign in at the provider', () => outside.signInWithRedirect({ provider, options: { returnTo: here() } }), problem, 'primary'),
    actionButton('Sign in there in a window', inWindow, problem),
    actionButton('Forget', forget, problem),
  );
  const about = element('p', { class: 'lead' }, 'An OpenID Connect provider that the identity pool trusts, played by a stand-in.');
  return {
    cards: [card('A third party', about, problem.element, actions, claims, who.element), trials.element],
    show: () => show().catch(problem.show),
    /** What came back with the redirect. */
    arrived(answer) {
      if (answer.error) return problem.show(answer.error);
      notice.say('Somebody has come from the provider.');
      show().catch(problem.show);
    },
  };
}
