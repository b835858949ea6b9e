// Passkeys: register, list, delete.
import { quoted } from '../code-line.js';
import { poolThatHas, usePool } from '../pools.js';
import { moment } from '../times.js';
import { accountAction, missing, part } from './action.js';
import { removable } from './removable.js';

const LEAD = 'Sign in with the lock of this device, or with a security key.';

export function passkeysPart({ auth, notice, settings }) {
  if (!settings.has('passkeys')) {
    const pool = poolThatHas('passkeys');
    return { element: part('Passkeys', LEAD, missing('passkeys', pool, () => usePool(pool.userPoolId, '#account'))), clear() {} };
  }

  const list = removable({
    empty: 'You have no passkeys here.',
    describe: ({ friendlyCredentialName, createdAt }) => [friendlyCredentialName || 'Passkey', `registered ${moment(createdAt)}`],
    word: 'Delete',
    async remove({ credentialId }) {
      list.line.show(`await auth.deleteWebAuthnCredential({ credentialId: ${quoted(credentialId)} });`);
      await auth.deleteWebAuthnCredential({ credentialId });
      notice.say('The passkey is deleted.');
      await load();
    },
  });

  async function load() {
    const { credentials } = await auth.listWebAuthnCredentials();
    list.show(credentials);
  }

  const show = accountAction({ name: 'List the passkeys', code: () => 'const { credentials } = await auth.listWebAuthnCredentials();', run: load });
  const register = accountAction({
    name: 'Register a passkey',
    code: () => 'await auth.associateWebAuthnCredential();',
    async run() {
      await auth.associateWebAuthnCredential();
      notice.say('The passkey is registered. You can sign in with it.');
      await load();
    },
  });

  return {
    element: part('Passkeys', LEAD, list.element, show.element, register.element),
    load,
    clear() {
      list.clear();
      for (const action of [show, register]) action.clear();
    },
  };
}
