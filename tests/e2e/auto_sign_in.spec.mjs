// The sign-in that follows a sign-up, and a step that goes to another tab, in pages of the package.
import { call, heard, kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const POOL = 'eu-west-1_PoolPass2';
const CLIENT = 'poolpasslocalfactorsapp001';
const SETTINGS = { clientId: CLIENT, config: { userPool: { userPoolId: POOL, userPoolClientId: CLIENT } } };
const PASSWORD = 'Purple-Elephant3#';
const COMPLETE = { nextStep: { signUpStep: 'COMPLETE_AUTO_SIGN_IN' } };

const wrong = (code) => (code === '000000' ? '111111' : '000000');

/** Signs up, and returns the code that was sent. */
async function signUp(page, emulator, username, autoSignIn, more = { password: PASSWORD }) {
  const options = { userAttributes: { email: `${username}@example.com` }, autoSignIn };
  expect(await call(page, 'signUp', { username, options, ...more })).toMatchObject({ nextStep: { signUpStep: 'CONFIRM_SIGN_UP' } });
  return (await emulator.codes(username))[0];
}

test('after a wrong code and the right one, the session signs in with one request', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context, SETTINGS);
  const code = await signUp(page, emulator, 'nora', { authFlowType: 'USER_AUTH' });
  expect(await call(page, 'confirmSignUp', { username: 'nora', confirmationCode: wrong(code) })).toMatchObject({ name: 'CodeMismatchException' });
  expect(await call(page, 'confirmSignUp', { username: 'nora', confirmationCode: code })).toMatchObject({ isSignUpComplete: true, ...COMPLETE });
  await emulator.forgetRequests();
  expect(await call(page, 'autoSignIn')).toMatchObject({ isSignedIn: true, nextStep: { signInStep: 'DONE' } });
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1 });
  expect(await heard(page)).toEqual(['signedIn']);
  expect(await call(page, 'autoSignIn')).toMatchObject({ name: 'AutoSignInException', code: 'sign_in', reason: 'no_sign_in' });
});

test('a user without a password is signed in by the session', async ({ context, emulator }) => {
  const page = await kitPage(context, SETTINGS);
  const code = await signUp(page, emulator, 'olga', true, {});
  expect(await call(page, 'confirmSignUp', { username: 'olga', confirmationCode: code })).toMatchObject(COMPLETE);
  expect(await call(page, 'autoSignIn')).toMatchObject({ isSignedIn: true });
  expect(await call(page, 'getCurrentUser')).toMatchObject({ username: 'olga' });
});

test('the password signs in from memory, and nothing of it is stored', async ({ context, emulator }) => {
  const page = await kitPage(context, SETTINGS);
  const code = await signUp(page, emulator, 'paul', true);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(PASSWORD);
  await call(page, 'confirmSignUp', { username: 'paul', confirmationCode: code });
  await emulator.forgetRequests();
  expect(await call(page, 'autoSignIn')).toMatchObject({ isSignedIn: true });
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1, RespondToAuthChallenge: 1 });
});

test('after a reload the session is still there, and the password is not', async ({ context, emulator }) => {
  const page = await kitPage(context, SETTINGS);
  const code = await signUp(page, emulator, 'quinn', true);
  const kept = await page.evaluate(() => Object.entries(sessionStorage));
  await page.close();
  const prepare = `for (const [key, value] of ${JSON.stringify(kept)}) sessionStorage.setItem(key, value);`;
  const reloaded = await kitPage(context, { ...SETTINGS, prepare });
  expect(await call(reloaded, 'confirmSignUp', { username: 'quinn', confirmationCode: code })).toMatchObject(COMPLETE);
  await emulator.forgetRequests();
  expect(await call(reloaded, 'autoSignIn')).toMatchObject({ isSignedIn: true });
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1 });
});

test('without the option, or after the sign-up of another user, nothing follows', async ({ context, emulator }) => {
  const page = await kitPage(context, SETTINGS);
  const code = await signUp(page, emulator, 'rita', undefined);
  expect(await call(page, 'confirmSignUp', { username: 'rita', confirmationCode: code })).toEqual({
    isSignUpComplete: true,
    nextStep: { signUpStep: 'DONE' },
  });
  expect(await call(page, 'autoSignIn')).toMatchObject({ name: 'AutoSignInException' });
});

test('another tab takes a step over by its text, and the first one starts anew', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context, SETTINGS);
  expect(await call(page, 'signIn', { username: 'grace', password: 'Correct-Horse7!' })).toMatchObject({
    isSignedIn: false,
    nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE', codeDeliveryDetails: { deliveryMedium: 'EMAIL', destination: 'g***@e***' } },
  });
  const serialized = await call(page, 'serializeSignIn');
  expect(serialized).not.toContain('Correct-Horse7!');
  const other = await kitPage(context, SETTINGS);
  expect(await call(other, 'pendingSignIn')).toBeNull();
  expect(await call(other, 'resumeSignIn', { serialized: 'nonsense' })).toMatchObject({ name: 'SignInException', reason: 'no_sign_in' });
  expect(await call(other, 'resumeSignIn', { serialized })).toMatchObject({ nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE' } });
  const [code] = await emulator.codes('grace');
  expect(await call(other, 'confirmSignIn', { challengeResponse: code })).toMatchObject({ isSignedIn: true });
  expect(await call(page, 'confirmSignIn', { challengeResponse: code })).toMatchObject({ reason: 'session_used', recoverySuggestion: 'Start the sign-in again.' });
  expect(await call(page, 'pendingSignIn')).toBeNull();
});

test('an answer pressed twice is sent once, and a throttled one can be given again', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context, SETTINGS);
  await call(page, 'signIn', { username: 'grace', password: 'Correct-Horse7!' });
  const [code] = await emulator.codes('grace');
  await emulator.fault({ operation: 'RespondToAuthChallenge', kind: 'error', status: 400, type: 'TooManyRequestsException', message: 'Rate exceeded' });
  expect(await call(page, 'confirmSignIn', { challengeResponse: code })).toMatchObject({ name: 'TooManyRequestsException', retryable: true });
  await emulator.forgetRequests();
  const both = await page.evaluate((challengeResponse) => Promise.all([1, 2].map(() => auth.confirmSignIn({ challengeResponse }))), code);
  expect(both.map(({ isSignedIn }) => isSignedIn)).toEqual([true, true]);
  expect(await emulator.counts()).toEqual({ RespondToAuthChallenge: 1 });
});
