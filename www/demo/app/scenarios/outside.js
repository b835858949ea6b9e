// Signing in with an external provider. Its ID token goes straight to the identity pool, without a user pool.
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
  const who = whoAmI(outside, settings, { name: 'Show the external user’s AWS identity' });
  const notes = noteTrials(outside, settings, (name) => `${name}, external user`);
  const trials = trialGroup('What the external user can do', 'The same as any user: read the shared notes, and write their own.', [
    notes.readShared,
    notes.writeOwn,
    notes.writeShared,
  ]);

  async function show() {
    const { idToken } = await outside.fetchProviderSession({ provider: OUTSIDE });
    claims.replaceChildren(
      idToken ? claimsTable('Claims of the provider’s ID token', idToken.payload) : element('p', { class: 'quiet' }, 'Nobody is signed in at the provider, so requests are made as a guest.'),
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
    notice.say('You are signed in at the provider.');
    await show();
  }

  async function forget() {
    clear();
    await outside.signOut({ redirect: false });
    notice.say('The provider’s token and the AWS credentials were removed.');
    await show();
  }

  const actions = element(
    'div',
    { class: 'actions' },
    actionButton('Sign in with the provider', () => outside.signInWithRedirect({ provider, options: { returnTo: here() } }), problem, 'primary'),
    actionButton('Sign in with the provider in a popup', inWindow, problem),
    actionButton('Remove the provider’s token', forget, problem),
  );
  const about = element('p', { class: 'lead' }, 'A stand-in for an OpenID Connect provider that the identity pool trusts.');
  return {
    cards: [card('An external provider', about, problem.element, actions, claims, who.element), trials.element],
    show: () => show().catch(problem.show),
    /** Shows the result of a redirect. */
    arrived(answer) {
      if (answer.error) return problem.show(answer.error);
      notice.say('You are signed in at the provider.');
      show().catch(problem.show);
    },
  };
}
