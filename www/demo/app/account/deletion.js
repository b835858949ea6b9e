// Deleting the user, after the user name was typed.
import { accountAction, part } from './action.js';
import { textField } from '../form/field.js';

export function deletionPart({ auth, notice, user }) {
  const remove = accountAction({
    name: 'Delete this user',
    kind: 'danger',
    fields: [textField({ name: 'username', label: 'Type your user name to confirm', autocomplete: 'off' })],
    code: () => 'await auth.deleteUser();',
    async run({ username }) {
      if (username.trim() !== user()) return notice.keep('That is not your user name, so nothing was deleted.');
      await auth.deleteUser();
    },
  });
  return { element: part('Delete the user', 'Everything about you in the user pool is deleted at once.', remove.element), clear: remove.clear };
}
