// amazon-cognito-identity-js against poolpass-local.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { CognitoUserAttribute } from 'amazon-cognito-identity-js';
import { ROTATING, advanceClock, alice, bob, countingRequests, dave, lastCode, newcomer, reset } from './emulator.mjs';
import {
  answerCustomChallenge, authenticate, beginCustomAuth, call, completeNewPassword, globalSignOut, openPool, signedIn, tokensOf, userOf,
} from './identity_js.mjs';

beforeEach(reset);

const WRONG_PASSWORD = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

test('signs up, confirms by the mailed code, and signs in by SRP', async () => {
  const { username, password, email } = newcomer();
  const pool = openPool();
  const attributes = [new CognitoUserAttribute({ Name: 'email', Value: email })];
  const { user, userConfirmed, userSub, codeDeliveryDetails } = await call(pool, 'signUp', username, password, attributes, null);
  assert.equal(userConfirmed, false);
  assert.match(userSub, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.deepEqual(codeDeliveryDetails, { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'n***@e***' });

  await assert.rejects(authenticate(user, password), { name: 'UserNotConfirmedException', message: 'User is not confirmed.' });
  const code = await lastCode(email);
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  await assert.rejects(call(user, 'confirmRegistration', wrong, false), { name: 'CodeMismatchException' });
  assert.equal(await call(user, 'confirmRegistration', code, false), 'SUCCESS');

  const { session } = await authenticate(user, password);
  assert.equal(session.isValid(), true);
  const { sub, email: claimed, email_verified } = session.getIdToken().decodePayload();
  assert.deepEqual({ sub, claimed, email_verified }, { sub: userSub, claimed: email, email_verified: true });
});

test('a second code replaces the first', async () => {
  const { username, password, email } = newcomer();
  const pool = openPool();
  const attributes = [new CognitoUserAttribute({ Name: 'email', Value: email })];
  const { user } = await call(pool, 'signUp', username, password, attributes, null);
  const first = await lastCode(email);
  const { CodeDeliveryDetails } = await call(user, 'resendConfirmationCode');
  assert.equal(CodeDeliveryDetails.Destination, 'n***@e***');
  const second = await lastCode(email);
  if (second !== first) await assert.rejects(call(user, 'confirmRegistration', first, false), { name: 'CodeMismatchException' });
  assert.equal(await call(user, 'confirmRegistration', second, false), 'SUCCESS');
});

test('a taken name and a weak password are refused at sign-up', async () => {
  const pool = openPool();
  await assert.rejects(call(pool, 'signUp', alice.username, alice.password, [], null), { name: 'UsernameExistsException' });
  await assert.rejects(call(pool, 'signUp', newcomer().username, 'weak', [], null), {
    name: 'InvalidPasswordException', message: 'Password did not conform with policy: Password not long enough',
  });
});

test('signs in by SRP in two requests, under the user name or the e-mail address', async () => {
  for (const typed of [alice.username, alice.email]) {
    let session;
    const requests = await countingRequests(async () => {
      ({ session } = await signedIn({ username: typed, password: alice.password }));
    });
    assert.deepEqual(requests, { InitiateAuth: 1, RespondToAuthChallenge: 1 });
    const { username, client_id, scope, token_use } = session.getAccessToken().decodePayload();
    assert.deepEqual({ username, token_use, scope }, { username: 'alice', token_use: 'access', scope: 'aws.cognito.signin.user.admin' });
    assert.equal(session.getIdToken().decodePayload().aud, client_id);
  }
});

test('a wrong password and an unknown user get the same answer', async () => {
  await assert.rejects(authenticate(userOf(openPool(), alice.username), 'Wrong-Horse7!'), WRONG_PASSWORD);
  await assert.rejects(authenticate(userOf(openPool(), newcomer().username), alice.password), WRONG_PASSWORD);
});

test('a signed-in page is restored from its storage without a request', async () => {
  const pool = openPool();
  const { session } = await signedIn(alice, pool);
  const requests = await countingRequests(async () => {
    const restored = await call(pool.getCurrentUser(), 'getSession');
    assert.deepEqual(tokensOf(restored), tokensOf(session));
  });
  assert.deepEqual(requests, {});
});

test('reads the attributes', async () => {
  const { user, session } = await signedIn(alice);
  const attributes = await call(user, 'getUserAttributes');
  const { sub } = session.getIdToken().decodePayload();
  const read = Object.fromEntries(attributes.map((attribute) => [attribute.getName(), attribute.getValue()]));
  assert.deepEqual(read, { sub, email: alice.email, email_verified: 'true' });
});

test('refreshes: new tokens of the same sign-in, the refresh token stays', async () => {
  const { user, session } = await signedIn(alice);
  const requests = await countingRequests(async () => {
    const refreshed = await call(user, 'refreshSession', session.getRefreshToken());
    const [before, after] = [tokensOf(session), tokensOf(refreshed)];
    assert.notEqual(after.accessToken, before.accessToken);
    assert.notEqual(after.idToken, before.idToken);
    assert.equal(after.refreshToken, before.refreshToken);
    const [old, fresh] = [session, refreshed].map((each) => each.getAccessToken().decodePayload());
    assert.notEqual(fresh.jti, old.jti);
    for (const claim of ['sub', 'origin_jti', 'auth_time', 'event_id']) assert.equal(fresh[claim], old[claim], claim);
    assert.ok(fresh.origin_jti);
  });
  assert.deepEqual(requests, { InitiateAuth: 1 });
  assert.ok(await call(user, 'getUserAttributes'));
});

test('an expired access token is refused, and a refresh helps', async () => {
  const { user, session } = await signedIn(alice);
  await advanceClock(3601);
  await assert.rejects(call(user, 'getUserAttributes'), {
    name: 'NotAuthorizedException', message: 'Access Token has expired',
  });
  const refreshed = await call(user, 'refreshSession', session.getRefreshToken());
  assert.ok(refreshed.getClockDrift() < -3000); // the kit has seen by how much its clock is behind
  assert.ok(await call(user, 'getUserAttributes'));
});

// Takes six seconds: this kit repeats every refused refresh until its patience ends.
test('where refresh tokens rotate, its way of refreshing is refused', async () => {
  const { user, session } = await signedIn(alice, openPool({ clientId: ROTATING }));
  await assert.rejects(call(user, 'refreshSession', session.getRefreshToken()), {
    name: 'InvalidParameterException', message: 'REFRESH_TOKEN_AUTH flow not enabled for this client',
  });
});

test('a global sign-out ends every session of the user and nobody else’s', async () => {
  const [here, there, other] = await Promise.all([alice, alice, bob].map((person) => signedIn(person)));
  await globalSignOut(here.user);
  await assert.rejects(call(there.user, 'getUserAttributes'), {
    name: 'NotAuthorizedException', message: 'Access Token has been revoked',
  });
  await assert.rejects(refreshOnce(there), { name: 'NotAuthorizedException', message: 'Refresh Token has been revoked' });
  assert.ok(await call(other.user, 'getUserAttributes'));
});

test('a sign-out revokes this session’s tokens and leaves the user’s other session', async () => {
  const here = await signedIn(alice);
  const there = await signedIn(alice);
  const requests = await countingRequests(() => call(here.user, 'signOut'));
  assert.deepEqual(requests, { RevokeToken: 1 });
  assert.equal(here.user.pool.getCurrentUser(), null);
  await assert.rejects(refreshOnce(here), { name: 'NotAuthorizedException', message: 'Refresh Token has been revoked' });
  here.user.setSignInUserSession(here.session);
  await assert.rejects(call(here.user, 'getUserAttributes'), { message: 'Access Token has been revoked' });
  assert.ok(await call(there.user, 'getUserAttributes'));
});

test('a temporary password leads to a new one', async () => {
  const user = userOf(openPool(), dave.username);
  const challenge = await authenticate(user, dave.password);
  assert.deepEqual(challenge, {
    challenge: 'NEW_PASSWORD_REQUIRED',
    userAttributes: { email: dave.email, email_verified: 'true' },
    requiredAttributes: [],
  });
  await assert.rejects(completeNewPassword(user, 'weak'), { name: 'InvalidPasswordException' });
  const { session } = await completeNewPassword(user, 'Brand-New-2!');
  assert.equal(session.getAccessToken().decodePayload().username, 'dave');
  await assert.rejects(authenticate(userOf(openPool(), dave.username), dave.password), WRONG_PASSWORD);
  assert.ok((await signedIn({ ...dave, password: 'Brand-New-2!' })).session.isValid());
});

/** The kit's refresh request, without its repetitions. */
function refreshOnce({ user, session }) {
  const AuthParameters = { REFRESH_TOKEN: session.getRefreshToken().getToken() };
  const input = { ClientId: user.pool.getClientId(), AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters };
  return user.client.promisifyRequest('InitiateAuth', input);
}

for (const [name, password, requests] of [
  ['without a password', undefined, { InitiateAuth: 1, RespondToAuthChallenge: 2 }],
  ['after the password', alice.password, { InitiateAuth: 1, RespondToAuthChallenge: 3 }],
]) {
  test(`custom authentication ${name}: the built-in function sends a code`, async () => {
    const user = userOf(openPool(), alice.username);
    const asked = await countingRequests(async () => {
      const { challenge, parameters } = await beginCustomAuth(user, password);
      assert.deepEqual([challenge, parameters.destination], ['CUSTOM_CHALLENGE', 'a***@e***']);
      assert.equal((await answerCustomChallenge(user, 'wrong')).challenge, 'CUSTOM_CHALLENGE');
      const { session } = await answerCustomChallenge(user, await lastCode(alice.email));
      assert.equal(session.getIdToken().decodePayload()['cognito:username'], 'alice');
    });
    assert.deepEqual(asked, requests);
  });
}

test('custom authentication ends after three wrong answers, and after a wrong password', async () => {
  const user = userOf(openPool(), alice.username);
  await beginCustomAuth(user);
  await answerCustomChallenge(user, 'wrong');
  await answerCustomChallenge(user, 'wrong');
  await assert.rejects(answerCustomChallenge(user, 'wrong'), WRONG_PASSWORD);
  await assert.rejects(beginCustomAuth(userOf(openPool(), alice.username), 'Wrong-Horse7!'), WRONG_PASSWORD);
});
