// Confirms a sign-up with the code that Cognito sent.
import { actionButton } from '../busy.js';
import { element, heading } from '../dom.js';
import { textField } from '../form/field.js';
import { taskForm } from '../form/form.js';
import { inboxHelp } from '../help/inbox.js';

export function confirmStep({ auth, emulator, go, notice }) {
  const title = heading('Confirm your sign-up');
  const username = textField({ name: 'username', label: 'User name', autocomplete: 'username' });
  const code = textField({ name: 'code', label: 'Code', autocomplete: 'one-time-code', inputmode: 'numeric', class: 'code' });

  async function submit(values) {
    await auth.confirmSignUp({ username: values.username, confirmationCode: values.code });
    code.input.value = '';
    go('sign-in', { username: values.username, notice: 'Your sign-up is confirmed. You can sign in now.' });
  }

  const form = taskForm({ label: 'Confirm your sign-up', fields: [username, code], submitText: 'Confirm', submit });
  const resend = actionButton(
    'Send a new code',
    async () => {
      const { destination } = await auth.resendSignUpCode({ username: username.input.value });
      notice.keep(`A new code was sent to ${destination ?? 'you'}. Earlier codes no longer work.`);
    },
    form.problem,
  );
  const inbox = inboxHelp(emulator, {
    addressee: () => username.input.value.trim(),
    use(found) {
      code.input.value = found;
      notice.say('The code was filled in.');
      form.element.querySelector('[type=submit]').focus();
    },
  });

  return {
    title: 'Confirm your sign-up',
    heading: title,
    help: inbox.element,
    element: element(
      'section',
      { class: 'card' },
      title,
      element('p', { class: 'lead' }, 'Enter the six-digit code that you received.'),
      form.element,
      resend,
      element('p', { class: 'elsewhere' }, 'Already confirmed? ', element('a', { href: '#sign-in' }, 'Sign in')),
    ),
    enter({ username: known }) {
      if (known) username.input.value = known;
      inbox.clear();
    },
    leave: form.problem.clear,
  };
}
