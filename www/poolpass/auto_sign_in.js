// Signing up, confirming it, and the sign-in after that by Cognito's session, or by the password. `perform` runs an operation of the
// wasm. What is to come is kept for this tab; a password only in memory.
import { members, misuse, PoolpassError } from './shared.js';

/** How long a password is kept, in milliseconds: as long as the step of a sign-in. */
const PASSWORD_MS = 900_000;

/** What is to come, by the prefix of the storage's keys: also for tabs that store nothing. */
const kept = new Map();

export async function signUp(perform, input, door) {
  const { autoSignIn, ...options } = input.options ?? {};
  const wanted = wish(autoSignIn);
  const { session, ...output } = await perform({ ...input, options });
  if (!wanted) {
    forget(door);
    return output;
  }
  keep(door, { username: input.username, session, wanted }, input.password);
  return output.isSignUpComplete ? announced(output, door) : output;
}

export async function confirmSignUp(perform, input, door) {
  const coming = find(door);
  if (coming?.username !== input.username) return output(await perform(input));
  const withSession = (session) => perform({ ...input, options: { ...input.options, session } });
  const confirmed = await withSession(coming.session).catch((error) => {
    // The sign-up was long ago. The code is still good.
    if (!['session_expired', 'session_used'].includes(error.reason)) throw error;
    return withSession();
  });
  keep(door, { ...coming, session: confirmed.session }, coming.password);
  return announced(output(confirmed), door);
}

export async function autoSignIn(perform, input, door) {
  for (const name of Object.keys(input)) throw misuse(`The input has an option that is unknown or of the wrong type: ${name}`);
  const { username, session, wanted, password } = find(door) ?? {};
  forget(door);
  if (!isReady({ session, wanted, password })) throw notStarted();
  const options = { ...wanted };
  if (!usesPassword({ wanted, password })) return perform({ username, options: { ...options, authFlowType: 'USER_AUTH', session } }, 'signIn');
  return perform({ username, password, options }, 'signIn');
}

/** The options of the sign-in to come, if one is wanted: what `autoSignIn` is. */
function wish(autoSignIn) {
  if ([undefined, null, false].includes(autoSignIn)) return undefined;
  return autoSignIn === true ? {} : members(autoSignIn, 'autoSignIn');
}

const output = ({ session, ...output }) => output;

const usesPassword = ({ wanted, password }) => Boolean(password) && wanted?.authFlowType !== 'USER_AUTH';

const isReady = (coming) => Boolean(coming?.session) || usesPassword(coming ?? {});

/** After a reload a sign-in by password is no longer possible. */
const announced = (output, door) =>
  isReady(find(door)) ? { ...output, nextStep: { signUpStep: 'COMPLETE_AUTO_SIGN_IN' } } : output;

const keyOf = ({ prefix }) => `${prefix}autoSignIn`;

function keep(door, { password: _, ...coming }, password) {
  const entry = { ...coming, password };
  kept.set(keyOf(door), entry);
  // A user who never enters the code leaves no password behind. Node.js does not stay alive for that.
  if (password) setTimeout(() => delete entry.password, PASSWORD_MS).unref?.();
  try {
    if (door.storage !== 'memory') sessionStorage.setItem(keyOf(door), JSON.stringify(coming));
  } catch {
    // A reload loses it.
  }
}

function find(door) {
  if (kept.has(keyOf(door))) return kept.get(keyOf(door));
  try {
    const { username, session, wanted } = JSON.parse(sessionStorage.getItem(keyOf(door)));
    return { username, session, wanted: members(wanted) };
  } catch {
    return undefined;
  }
}

function forget(door) {
  kept.delete(keyOf(door));
  try {
    sessionStorage.removeItem(keyOf(door));
  } catch {
    // It can't be used again.
  }
}

function notStarted() {
  return new PoolpassError({
    name: 'AutoSignInException',
    code: 'sign_in',
    reason: 'no_sign_in',
    message: 'There is no sign-up in this tab that a sign-in can follow.',
    recoverySuggestion: 'Call signUp with the option autoSignIn, and confirmSignUp. Or sign in with signIn.',
  });
}
