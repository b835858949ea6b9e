// Signing in at the hosted page: here, in a window, or at a provider behind it.
import { actionButton } from '../busy.js';
import { card, element, newId } from '../dom.js';
import { textField } from '../form/field.js';
import { placeToReturn } from '../navigation.js';
import { problemBox } from '../problem.js';

/** The providers of the user pool, as the kit names them. */
const PROVIDERS = [
  ['Google', 'Google'],
  ['Facebook', 'Facebook'],
  ['Amazon', 'Amazon'],
  ['Apple', 'Apple'],
  [{ custom: 'ExampleSAML' }, 'ExampleSAML'],
];

/** `arrived` is called with what a window has brought. */
export function hostedCard({ auth, notice, arrived }) {
  const problem = problemBox();
  const state = textField({
    name: 'state',
    label: 'App state',
    value: 'Grüße, 你好',
    hint: 'Anything of the app’s. It stays in this browser and comes back with the answer.',
    autocomplete: 'off',
  });
  const wish = (way, { options, ...more } = {}) => ({
    customState: { way, words: state.input.value },
    options: { returnTo: placeToReturn(), ...options },
    ...more,
  });

  const leaving = (text, more) => actionButton(text, () => auth.signInWithRedirect(wish(text, more)), problem);

  let window;
  const giveUp = element('button', { type: 'button', hidden: true }, 'Give up the window');
  giveUp.addEventListener('click', () => window.abort());
  async function signInInWindow() {
    window = new AbortController();
    giveUp.hidden = false;
    notice.say('Go on in the window that has opened.');
    try {
      arrived(await auth.signInWithPopup(wish('In a window', { signal: window.signal })));
    } catch (error) {
      notice.say('');
      throw error;
    } finally {
      giveUp.hidden = true;
    }
  }

  const elsewhere = newId('elsewhere');
  const whole = card(
    'Or at the hosted page',
    element('p', { class: 'lead' }, 'Cognito’s own sign-in pages. This page is left, and comes back with a code; the tokens are verified.'),
    problem.element,
    element(
      'div',
      { class: 'ways' },
      leaving('Sign in with the hosted page'),
      actionButton('Sign in in a window', signInInWindow, problem),
      leaving('Sign up there', { options: { page: 'signUp' } }),
      leaving('Forgot your password?', { options: { page: 'forgotPassword' } }),
    ),
    giveUp,
    element('h3', { id: elsewhere }, 'With an account at'),
    element('div', { class: 'providers', role: 'group', 'aria-labelledby': elsewhere }, ...PROVIDERS.map(([provider, name]) => leaving(name, { provider }))),
    state.element,
  );
  return { element: whole, problem };
}
