// Signing in with a password.
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
    legend: 'How to prove the password',
    options: [
      ['USER_SRP_AUTH', 'SRP', 'It never leaves this page. Two requests.'],
      ['USER_PASSWORD_AUTH', 'Send it', 'Over TLS, for user migration. One request.'],
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
      return go('confirm', { username: values.username, notice: 'This sign-up is not confirmed yet: enter the code you were sent, or ask for a new one.' });
    }
    if (nextStep.signInStep === 'RESET_PASSWORD') {
      return notice.say('The pool wants a new password for this user, which this demo cannot set yet.');
    }
    password.input.value = '';
  }

  const form = taskForm({ label: 'Sign in', fields: [username, password, flow], submitText: 'Sign in', submit });
  const users = testUsers(emulator, (user) => {
    username.input.value = user.username;
    password.input.value = user.password;
    form.problem.clear();
    notice.say(`Filled in ${user.username} and the password.`);
    form.element.querySelector('[type=submit]').focus();
  });

  const hosted = hostedCard({ arrived, auth, notice });
  const wanted = element('p', { class: 'wanted' });
  function showWanted() {
    const note = noteOf(location.hash);
    wanted.hidden = !note;
    wanted.textContent = `Note ${note} can be read once you are signed in.`;
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
        element('p', { class: 'lead' }, 'Against a Cognito on your own machine. No AWS account is touched.'),
        wanted,
        form.element,
        element('p', { class: 'elsewhere' }, 'New here? ', element('a', { href: '#sign-up' }, 'Sign up')),
        element('p', { class: 'elsewhere' }, 'Signed up already? ', element('a', { href: '#confirm' }, 'Enter your code')),
        element('p', { class: 'elsewhere' }, 'A page for members only: ', element('a', { href: '#/notes/3?x=1' }, 'Note 3')),
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
