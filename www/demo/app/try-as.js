// Signing in as a test user in one press, in whatever pool the user is.
import { inTab } from './kept.js';
import { usePool } from './pools.js';

const KEY = 'try-as';

/** Users whose sign-in begins without a password begin with a choice of factors. */
const CHOOSERS = ['judy', 'liam'];

/** The input of `signIn` for a test user. */
export function inputFor({ username, password }) {
  const isChooser = CHOOSERS.includes(username) || !password;
  return { username, ...(isChooser ? { options: { authFlowType: 'USER_AUTH' } } : { password }) };
}

/** Returns a function that signs in as a user of `emulator.users()`. */
export function tryAs({ settings, signIn }) {
  return async (user) => {
    if (user.userPoolId === settings.userPoolId) return signIn.begin(inputFor(user));
    inTab.write(KEY, user.username);
    usePool(user.userPoolId);
  };
}

/** The user to sign in as after the page was loaded with another pool, if any: once. */
export function wantedUser() {
  const username = inTab.read(KEY);
  inTab.forget(KEY);
  return username;
}
