// Signing in on the hosted page: in this window, in a popup, or with an external provider.
import { actionButton } from '../busy.js';
import { card, element, newId } from '../dom.js';
import { textField } from '../form/field.js';
import { placeToReturn } from '../navigation.js';
import { problemBox } from '../problem.js';

/** The user pool's providers, by the kit's names. */
const PROVIDERS = [
  ['Google', 'Google'],
  ['Facebook', 'Facebook'],
  ['Amazon', 'Amazon'],
  ['Apple', 'Apple'],
  [{ custom: 'ExampleSAML' }, 'ExampleSAML'],
];

/** Calls `arrived` with the result of a popup. */
export function hostedCard({ auth, notice, arrived, hasProviders }) {
  const problem = problemBox();
  const state = textField({
    name: 'state',
    label: 'App state',
    value: 'Grüße, 你好',
    hint: 'Any value that your app needs after the sign-in. It stays in this browser.',
    autocomplete: 'off',
  });
  const optionsOf = (way, { options, ...more } = {}) => ({
    customState: { way, words: state.input.value },
    options: { returnTo: placeToReturn(), ...options },
    ...more,
  });

  const leaving = (text, more) => actionButton(text, () => auth.signInWithRedirect(optionsOf(text, more)), problem);

  let popup;
  const cancel = element('button', { type: 'button', hidden: true }, 'Cancel the popup');
  cancel.addEventListener('click', () => popup.abort());
  async function signInWithPopup() {
    popup = new AbortController();
    cancel.hidden = false;
    notice.hold('Continue in the popup.');
    try {
      arrived(await auth.signInWithPopup(optionsOf('Popup', { signal: popup.signal })));
    } catch (error) {
      notice.say('');
      throw error;
    } finally {
      cancel.hidden = true;
    }
  }

  const elsewhere = newId('elsewhere');
  const whole = card(
    'Or use the hosted page',
    element('p', { class: 'lead' }, 'Cognito’s own sign-in pages. You leave this page and return with a code. The kit exchanges it for tokens and verifies them.'),
    problem.element,
    element(
      'div',
      { class: 'ways' },
      leaving('Sign in with the hosted page'),
      actionButton('Sign in with a popup', signInWithPopup, problem),
      leaving('Sign up on the hosted page', { options: { page: 'signUp' } }),
      leaving('Forgot your password?', { options: { page: 'forgotPassword' } }),
    ),
    cancel,
    hasProviders && element('h3', { id: elsewhere }, 'Continue with'),
    hasProviders && element('div', { class: 'providers', role: 'group', 'aria-labelledby': elsewhere }, ...PROVIDERS.map(([provider, name]) => leaving(name, { provider }))),
    state.element,
  );
  return { element: whole, problem };
}
