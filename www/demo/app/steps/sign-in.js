// Begins a sign-in: with a password, a choice of factors, a custom challenge, or a passkey.
import { actionButton } from '../busy.js';
import { codeLine, HIDDEN, quoted } from '../code-line.js';
import { element, heading } from '../dom.js';
import { choiceField, passwordField, textField } from '../form/field.js';
import { taskForm } from '../form/form.js';
import { testUsers } from '../help/test-users.js';
import { hostedCard } from '../hosted/card.js';
import { noteOf } from '../note.js';
import { inputFor } from '../try-as.js';

const FLOWS = [
  ['USER_SRP_AUTH', 'SRP', 'The password never leaves this page. Two requests.'],
  ['USER_PASSWORD_AUTH', 'Send the password', 'Over TLS, for user migration. One request.'],
];
const CHOICE = ['USER_AUTH', 'Choose the factor', 'Password, code or passkey, as the pool and the user have them. Leave the password empty to be asked.'];
const CUSTOM = [
  ['CUSTOM_WITHOUT_SRP', 'Custom challenge', 'Of the pool’s Lambda functions, in place of the password.'],
  ['CUSTOM_WITH_SRP', 'Password, then custom challenge', 'The password by SRP first.'],
];

/** The input of `signIn`. Flows that need no password get none if none was typed. */
const inputOf = ({ username, password, flow }) => ({
  username,
  ...((password || FLOWS.some(([name]) => name === flow)) && { password }),
  options: { authFlowType: flow },
});

const lineOf = ({ username, password, options: { authFlowType, preferredChallenge } }) => {
  const options = [`authFlowType: ${quoted(authFlowType)}`, ...(preferredChallenge ? [`preferredChallenge: ${quoted(preferredChallenge)}`] : [])];
  return `await auth.signIn({ username: ${quoted(username)}${password === undefined ? '' : `, password: ${HIDDEN}`}, options: { ${options.join(', ')} } });`;
};

export function signInStep({ arrived, auth, emulator, notice, settings, signIn, tryIt }) {
  const title = heading('Sign in');
  const username = textField({ name: 'username', label: 'User name or e-mail', autocomplete: 'username' });
  const password = passwordField({ label: 'Password', autocomplete: 'current-password' });
  const flow = choiceField({
    name: 'flow',
    legend: 'Sign-in flow',
    options: [...FLOWS, CHOICE, ...(settings.has('custom') ? CUSTOM : [])],
  });
  const line = codeLine('the sign-in');
  const quietly = {
    element: element('details', { class: 'quiet-choice' }, element('summary', {}, 'Flow and code'), flow.element, line.element),
  };

  async function begin(input) {
    notice.say('');
    line.show(lineOf(input));
    const { nextStep } = await signIn.begin(input);
    // After confirming the sign-up the same password is needed again.
    if (nextStep.signInStep !== 'CONFIRM_SIGN_UP') password.input.value = '';
  }

  const form = taskForm({ label: 'Sign in', fields: [username, password, quietly], submitText: 'Sign in', submit: (values) => begin(inputOf(values)) });
  const showLine = () => line.show(lineOf(inputOf(Object.fromEntries(new FormData(form.element)))));
  for (const event of ['input', 'change']) form.element.addEventListener(event, showLine);

  const passkey = actionButton(
    'Sign in with a passkey',
    () => begin({ username: username.input.value, options: { authFlowType: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' } }),
    form.problem,
  );
  passkey.hidden = !settings.has('passkeys');

  const users = testUsers(emulator, {
    settings,
    tryIt,
    failed(error, user) {
      username.input.value = user.username;
      form.problem.show(error);
    },
    pick(user) {
      username.input.value = user.username;
      password.input.value = user.password ?? '';
      flow.choose(inputFor(user).options?.authFlowType ?? 'USER_SRP_AUTH');
      showLine();
      form.problem.clear();
      notice.say(user.password ? `Filled in the user name and password of ${user.username}.` : `Filled in the user name of ${user.username}, who has no password.`);
      form.element.querySelector('[type=submit]').focus();
    },
  });

  const hosted = hostedCard({ arrived, auth, notice, hasProviders: settings.has('providers') });
  const wanted = element('p', { class: 'wanted' });
  function showWanted() {
    const note = noteOf(location.hash);
    wanted.hidden = !note;
    wanted.textContent = note ? `Sign in to read note ${note}.` : '';
  }

  return {
    title: 'Sign in',
    heading: title,
    help: users.element,
    element: element(
      'div',
      { class: 'stack' },
      element(
        'section',
        { class: 'card' },
        title,
        element('p', { class: 'lead' }, 'This uses a Cognito emulator on your machine. No AWS account is involved.'),
        wanted,
        form.element,
        passkey,
        element('p', { class: 'elsewhere' }, 'Forgotten the password? ', element('a', { href: '#reset' }, 'Reset it')),
        element('p', { class: 'elsewhere' }, 'New here? ', element('a', { href: '#sign-up' }, 'Sign up')),
        element('p', { class: 'elsewhere' }, 'Already signed up? ', element('a', { href: '#confirm' }, 'Enter your code')),
        element('p', { class: 'elsewhere' }, 'A page that requires sign-in: ', element('a', { href: '#/notes/3?x=1' }, 'Note 3')),
      ),
      hosted.element,
    ),
    enter({ username: known, problem }) {
      if (known) username.input.value = known;
      if (problem) form.problem.show(problem);
      showWanted();
      showLine();
      users.load();
    },
    moved: showWanted,
    leave() {
      form.problem.clear();
      hosted.problem.clear();
    },
  };
}
