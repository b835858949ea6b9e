// aws-amplify v6 against poolpass-local.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import {
  confirmSignIn, confirmSignUp, fetchAuthSession, fetchUserAttributes, getCurrentUser, resendSignUpCode, signIn, signOut, signUp,
} from 'aws-amplify/auth';
import { openApp } from './amplify.mjs';
import { ROTATING, alice, countingRequests, dave, lastCode, newcomer, reset } from './emulator.mjs';
import { call, openPool, signedIn } from './identity_js.mjs';

let storage;

beforeEach(async () => {
  await reset();
  storage = openApp();
});

const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };
const WRONG_PASSWORD = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const credentials = ({ username, password }) => ({ username, password });

test('signs up, resends the code, confirms and signs in', async () => {
  const { username, password, email } = newcomer();
  const delivery = { destination: 'n***@e***', deliveryMedium: 'EMAIL', attributeName: 'email' };
  const { userId, ...signedUp } = await signUp({ username, password, options: { userAttributes: { email } } });
  assert.deepEqual(signedUp, {
    isSignUpComplete: false, nextStep: { signUpStep: 'CONFIRM_SIGN_UP', codeDeliveryDetails: delivery },
  });
  assert.deepEqual((await signIn({ username, password })).nextStep, { signInStep: 'CONFIRM_SIGN_UP' });
  assert.deepEqual(await resendSignUpCode({ username }), delivery);

  const confirmationCode = await lastCode(email);
  const wrong = String((Number(confirmationCode) + 1) % 1_000_000).padStart(6, '0');
  await assert.rejects(confirmSignUp({ username, confirmationCode: wrong }), {
    name: 'CodeMismatchException', message: 'Invalid verification code provided, please try again.',
  });
  assert.deepEqual(await confirmSignUp({ username, confirmationCode }), {
    isSignUpComplete: true, nextStep: { signUpStep: 'DONE' },
  });
  await signIn({ username, password });
  const { tokens } = await fetchAuthSession();
  assert.deepEqual([tokens.idToken.payload.sub, tokens.idToken.payload.email], [userId, email]);
});

for (const [authFlowType, expected] of [
  ['USER_SRP_AUTH', { InitiateAuth: 1, RespondToAuthChallenge: 1 }],
  ['USER_PASSWORD_AUTH', { InitiateAuth: 1 }],
]) {
  test(`signs in by ${authFlowType} and knows the user`, async () => {
    const requests = await countingRequests(async () => {
      assert.deepEqual(await signIn({ username: alice.email, password: alice.password, options: { authFlowType } }), DONE);
      const { username, userId, signInDetails } = await getCurrentUser();
      const { tokens, userSub } = await fetchAuthSession();
      assert.deepEqual(signInDetails, { loginId: alice.email, authFlowType });
      assert.deepEqual([username, userId], ['alice', userSub]);
      assert.equal(tokens.accessToken.payload.username, 'alice');
      assert.deepEqual(tokens.idToken.payload['cognito:groups'], ['editors']);
    });
    assert.deepEqual(requests, expected); // the session is read without a request
    const { sub, ...attributes } = await fetchUserAttributes();
    assert.equal(sub, (await getCurrentUser()).userId);
    assert.deepEqual(attributes, { email: alice.email, email_verified: 'true' });
  });

  test(`a wrong password is refused by ${authFlowType}`, async () => {
    const options = { authFlowType };
    await assert.rejects(signIn({ username: 'alice', password: 'Wrong-Horse7!', options }), WRONG_PASSWORD);
    await assert.rejects(signIn({ ...credentials(newcomer()), options }), WRONG_PASSWORD);
    assert.equal((await fetchAuthSession()).tokens, undefined);
    await assert.rejects(getCurrentUser(), { name: 'UserUnAuthenticatedException' });
  });
}

test('refreshes without rotation: new tokens, the same refresh token', async () => {
  await signIn(credentials(alice));
  const before = (await fetchAuthSession()).tokens;
  const refreshToken = storage.ending('.refreshToken');
  const requests = await countingRequests(async () => {
    const after = (await fetchAuthSession({ forceRefresh: true })).tokens;
    assert.notEqual(String(after.accessToken), String(before.accessToken));
    assert.notEqual(String(after.idToken), String(before.idToken));
    assert.equal(after.accessToken.payload.origin_jti, before.accessToken.payload.origin_jti);
    assert.equal(after.accessToken.payload.auth_time, before.accessToken.payload.auth_time);
  });
  assert.deepEqual(requests, { GetTokensFromRefreshToken: 1 });
  assert.equal(storage.ending('.refreshToken'), refreshToken);
});

test('refreshes with rotation: another refresh token each time, and an old one is refused', async () => {
  storage = openApp({ clientId: ROTATING });
  await signIn(credentials(alice));
  const origin = (await fetchAuthSession()).tokens.accessToken.payload.origin_jti;
  const refreshTokens = [storage.ending('.refreshToken')];
  for (let round = 0; round < 3; round += 1) {
    const { tokens } = await fetchAuthSession({ forceRefresh: true });
    assert.equal(tokens.accessToken.payload.origin_jti, origin);
    refreshTokens.push(storage.ending('.refreshToken'));
  }
  assert.equal(new Set(refreshTokens).size, 4);
  assert.ok(await fetchUserAttributes());

  const key = storage.keys().find((name) => name.endsWith('.refreshToken'));
  storage.setItem(key, refreshTokens[0]);
  await assert.rejects(fetchAuthSession({ forceRefresh: true }), { name: 'RefreshTokenReuseException' });
});

test('a sign-out revokes the tokens at Cognito and clears the storage', async () => {
  await signIn(credentials(alice));
  const entries = storage.keys().map((key) => [key, storage.getItem(key)]);
  assert.deepEqual(await countingRequests(signOut), { RevokeToken: 1 });
  assert.deepEqual(storage.keys(), []);
  assert.equal((await fetchAuthSession()).tokens, undefined);

  for (const entry of entries) storage.setItem(...entry); // somebody kept a copy
  await assert.rejects(fetchUserAttributes(), { name: 'NotAuthorizedException', message: 'Access Token has been revoked' });
  // This kit's way of saying NotAuthorizedException.
  assert.equal((await fetchAuthSession({ forceRefresh: true })).tokens, undefined);
  assert.deepEqual(storage.keys(), []);
});

test('a global sign-out ends the user’s other sessions too', async () => {
  const elsewhere = await signedIn(alice, openPool());
  await signIn(credentials(alice));
  assert.deepEqual(await countingRequests(() => signOut({ global: true })), { GlobalSignOut: 1 });
  assert.deepEqual(storage.keys(), []);
  await assert.rejects(call(elsewhere.user, 'getUserAttributes'), { message: 'Access Token has been revoked' });
  assert.deepEqual(await signIn(credentials(alice)), DONE);
});

for (const authFlowType of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH']) {
  test(`a temporary password leads to a new one by ${authFlowType}`, async () => {
    const { isSignedIn, nextStep } = await signIn({ ...credentials(dave), options: { authFlowType } });
    assert.deepEqual({ isSignedIn, nextStep }, {
      isSignedIn: false, nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED', missingAttributes: [] },
    });
    await assert.rejects(confirmSignIn({ challengeResponse: 'weak' }), { name: 'InvalidPasswordException' });
    assert.deepEqual(await confirmSignIn({ challengeResponse: 'Brand-New-2!' }), DONE);
    assert.equal((await getCurrentUser()).username, 'dave');
    await signOut();
    assert.deepEqual(await signIn({ username: 'dave', password: 'Brand-New-2!' }), DONE);
  });
}

for (const [authFlowType, password] of [['CUSTOM_WITHOUT_SRP', undefined], ['CUSTOM_WITH_SRP', alice.password]]) {
  test(`signs in by ${authFlowType} with the code of the built-in function`, async () => {
    const { isSignedIn, nextStep } = await signIn({ username: alice.username, password, options: { authFlowType } });
    assert.equal(isSignedIn, false);
    assert.equal(nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE');
    assert.equal(nextStep.additionalInfo.destination, 'a***@e***');
    const again = await confirmSignIn({ challengeResponse: 'wrong' });
    assert.equal(again.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE');
    assert.deepEqual(await confirmSignIn({ challengeResponse: await lastCode(alice.email) }), DONE);
    assert.equal((await getCurrentUser()).username, 'alice');
  });
}

test('CUSTOM_WITH_SRP checks the password first', async () => {
  const options = { authFlowType: 'CUSTOM_WITH_SRP' };
  await assert.rejects(signIn({ username: alice.username, password: 'Wrong-Horse7!', options }), WRONG_PASSWORD);
});
