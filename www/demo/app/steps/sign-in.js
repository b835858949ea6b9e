// Signs in with a password.
import { element, heading } from '../dom.js';
import { choiceField, passwordField, textField } from '../form/field.js';
import { taskForm } from '../form/form.js';
import { testUsers } from '../help/test-users.js';
import { hostedCard } from '../hosted/card.js';
import { noteOf } from '../note.js';

export function signInStep({ arrived, auth, emulator, go, notice }) {
  const title = heading('Sign in');
  const username = textField({ name: 'username', label: 'User name or e-mail', autocomplete: 'username' });
  const password = passwordField({ label: 'Password', autocomplete: 'current-password' });
  const flow = choiceField({
    name: 'flow',
    legend: 'Sign-in flow',
    options: [
      ['USER_SRP_AUTH', 'SRP', 'The password never leaves this page. Two requests.'],
      ['USER_PASSWORD_AUTH', 'Send the password', 'Over TLS, for user migration. One request.'],
    ],
  });

  async function submit(values) {
    notice.say('');
    const { nextStep } = await auth.signIn({
      username: values.username,
      password: values.password,
      options: { authFlowType: values.flow },
    });
    if (nextStep.signInStep === 'CONFIRM_SIGN_UP') {
      return go('confirm', { username: values.username, warning: 'This sign-up is not confirmed yet. Enter the code that you received, or request a new one.' });
    }
    if (nextStep.signInStep === 'RESET_PASSWORD') {
      return notice.keep('This user must reset the password, which this demo does not support yet.');
    }
    password.input.value = '';
  }

  const form = taskForm({ label: 'Sign in', fields: [username, password, flow], submitText: 'Sign in', submit });
  const users = testUsers(emulator, (user) => {
    username.input.value = user.username;
    password.input.value = user.password;
    form.problem.clear();
    notice.say(`Filled in the user name and password of ${user.username}.`);
    form.element.querySelector('[type=submit]').focus();
  });

  const hosted = hostedCard({ arrived, auth, notice });
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
      users.load();
    },
    moved: showWanted,
    leave() {
      form.problem.clear();
      hosted.problem.clear();
    },
  };
}
