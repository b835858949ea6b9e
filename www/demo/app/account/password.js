// The password: change it, choose a first one, reset a forgotten one.
import { HIDDEN, quoted } from '../code-line.js';
import { element } from '../dom.js';
import { passwordField, textField } from '../form/field.js';
import { inboxHelp } from '../help/inbox.js';
import { accountAction, part } from './action.js';

export function passwordPart({ auth, emulator, notice, user }) {
  const change = accountAction({
    name: 'Change the password',
    fields: [
      passwordField({ name: 'old', label: 'Current password', autocomplete: 'current-password', hint: 'Leave it empty if you have none yet.' }),
      passwordField({ label: 'New password', autocomplete: 'new-password' }),
    ],
    code: ({ old }) => `await auth.updatePassword({ ${old ? `oldPassword: ${HIDDEN}, ` : ''}newPassword: ${HIDDEN} });`,
    async run({ old, password }) {
      await auth.updatePassword({ ...(old && { oldPassword: old }), newPassword: password });
      change.clear();
      notice.say('The password is changed.');
    },
  });

  const code = textField({ name: 'code', label: 'Code', autocomplete: 'one-time-code', inputmode: 'numeric', class: 'code' });
  const inbox = inboxHelp(emulator, {
    addressee: user,
    title: 'Codes for the reset',
    empty: 'There is no code yet. Request one first.',
    use(found) {
      code.input.value = found;
      confirm.showLine();
      notice.say('The code was filled in.');
      code.input.focus();
    },
  });
  const request = accountAction({
    name: 'Request a code',
    code: () => `await auth.resetPassword({ username: ${quoted(user())} });`,
    async run() {
      const { nextStep } = await auth.resetPassword({ username: user() });
      notice.keep(`A code was sent to ${nextStep.codeDeliveryDetails.destination ?? 'you'}.`);
      inbox.read();
    },
  });
  const confirm = accountAction({
    name: 'Set the new password',
    fields: [code, passwordField({ label: 'New password after the reset', autocomplete: 'new-password' })],
    code: ({ code: given }) => `await auth.confirmResetPassword({ username: ${quoted(user())}, confirmationCode: ${quoted(given)}, newPassword: ${HIDDEN} });`,
    async run({ code: given, password }) {
      await auth.confirmResetPassword({ username: user(), confirmationCode: given, newPassword: password });
      confirm.clear();
      notice.say('The password is reset.');
    },
  });

  return {
    element: part('Password', 'Change it, or reset a forgotten one with a code.', change.element, element('h3', {}, 'Forgotten password'), request.element, confirm.element, inbox.element),
    clear() {
      inbox.clear();
      for (const action of [change, request, confirm]) action.clear();
    },
  };
}
