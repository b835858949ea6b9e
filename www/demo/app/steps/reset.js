// Resets a forgotten password, in two actions: a code, and the new password with it.
import { actionButton } from '../busy.js';
import { codeLine, HIDDEN, quoted } from '../code-line.js';
import { element, heading } from '../dom.js';
import { passwordField, textField } from '../form/field.js';
import { taskForm } from '../form/form.js';
import { inboxHelp } from '../help/inbox.js';

export function resetStep({ auth, emulator, go, notice }) {
  const title = heading('Reset your password');
  const username = textField({ name: 'username', label: 'User name', autocomplete: 'username' });
  const code = textField({ name: 'code', label: 'Code', autocomplete: 'one-time-code', inputmode: 'numeric', class: 'code' });
  const password = passwordField({
    label: 'New password',
    autocomplete: 'new-password',
    hint: 'At least eight characters, with an uppercase letter, a lowercase letter, a digit, and a symbol.',
  });
  const line = codeLine('the reset');
  const name = () => quoted(username.input.value.trim());

  async function submit(values) {
    line.show(`await auth.confirmResetPassword({ username: ${name()}, confirmationCode: ${quoted(values.code)}, newPassword: ${HIDDEN} });`);
    await auth.confirmResetPassword({ username: values.username, confirmationCode: values.code, newPassword: values.password });
    code.input.value = '';
    password.input.value = '';
    go('sign-in', { username: values.username, notice: 'Your password is reset. Sign in with the new one.' });
  }

  const form = taskForm({ label: 'Reset your password', fields: [username, code, password], submitText: 'Set the new password', submit });
  const request = actionButton(
    'Send a new code',
    async () => {
      line.show(`await auth.resetPassword({ username: ${name()} });`);
      const { nextStep } = await auth.resetPassword({ username: username.input.value });
      notice.keep(`A code was sent to ${nextStep.codeDeliveryDetails.destination ?? 'you'}.`);
      inbox.read();
    },
    form.problem,
  );
  const inbox = inboxHelp(emulator, {
    addressee: () => username.input.value.trim(),
    use(found) {
      code.input.value = found;
      notice.say('The code was filled in.');
      password.input.focus();
    },
  });

  return {
    title: 'Reset your password',
    heading: title,
    help: inbox.element,
    element: element(
      'section',
      { class: 'card' },
      title,
      element('p', { class: 'lead' }, 'Request a code, then choose a new password.'),
      form.element,
      request,
      line.element,
      element('p', { class: 'elsewhere' }, 'Remembered it? ', element('a', { href: '#sign-in' }, 'Sign in')),
    ),
    enter({ username: known }) {
      if (known) username.input.value = known;
      line.show(`await auth.resetPassword({ username: ${name()} });`);
      inbox.clear();
    },
    leave() {
      form.problem.clear();
      password.input.value = '';
    },
  };
}
