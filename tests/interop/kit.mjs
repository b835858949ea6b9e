// Our kit in Node.js, with the identity pool of the emulator's seed.
import { WEB, endpoint, userPoolId } from './emulator.mjs';
import { packageFolder } from './package_folder.mjs';

export const { createAuth } = await import(new URL('index.js', packageFolder));

export const identityPoolId = 'eu-west-1:00000000-0000-4000-8000-000000000001';

/** A page of an app on our kit, until the test ends (or the file, with `{ after }`): a guest's, or a user's of the seed. */
export async function openKit(t, { user, ...settings } = {}) {
  const kit = await createAuth({
    userPool: { userPoolId, userPoolClientId: WEB },
    identityPool: { identityPoolId, allowGuestAccess: true },
    endpoint,
    storage: 'memory',
    ...settings,
  });
  t.after(() => kit.dispose());
  if (user) await kit.signIn({ username: user.username, password: user.password });
  return kit;
}
