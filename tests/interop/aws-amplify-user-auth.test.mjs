// aws-amplify: the flow USER_AUTH with each first factor but passkeys, and sign-in straight after sign-up, at poolpass-local.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { autoSignIn, confirmSignIn, confirmSignUp, fetchAuthSession, getCurrentUser, signIn, signOut, signUp } from 'aws-amplify/auth';
import { openApp } from './amplify.mjs';
import { advanceClock, countingRequests, lastCode, newcomer, reset } from './emulator.mjs';
import { SMS, cognitoOf, makePool, makeUser } from './pools.mjs';

beforeEach(reset);

// Amplify forgets a sign-up after three minutes. That timer must not keep this process alive.
const { setTimeout: wait } = globalThis;
globalThis.setTimeout = (work, ms, ...given) => {
  const timer = wait(work, ms, ...given);
  return ms >= 180_000 ? timer.unref() : timer;
};

// Amplify never answers an autoSignIn() that follows another one within 300 ms (debounce in its signUpHelpers).
let debounced = Promise.resolve();
async function autoSignInOnce() {
  await debounced;
  try {
    return await autoSignIn();
  } finally {
    debounced = new Promise((done) => setTimeout(done, 400));
  }
}

const ann = {
  username: 'ann', password: 'Correct-Horse7!', email: 'ann@example.com', email_verified: 'true', phone_number: '+15551234567', phone_number_verified: 'true',
};
const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };
const { username, password } = ann;
const authFlowType = 'USER_AUTH';
const wrongFor = (code) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const BY_EMAIL = {
  code: () => lastCode(ann.email),
  step: { signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE', codeDeliveryDetails: { deliveryMedium: 'EMAIL', destination: 'a***@e***' } },
};
const BY_SMS = {
  code: () => lastCode(ann.phone_number),
  step: { signInStep: 'CONFIRM_SIGN_IN_WITH_SMS_CODE', codeDeliveryDetails: { deliveryMedium: 'SMS', destination: '+*******4567' } },
};

/** An app whose users may begin with passwords and codes. */
async function openPool(settings = {}) {
  const Policies = { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] } };
  const made = await makePool({ Policies, SmsConfiguration: SMS, ...settings });
  openApp({ cognito: cognitoOf(made) });
  return made;
}

beforeEach(async () => {
  await makeUser(await openPool(), ann);
});

for (const preferredChallenge of ['PASSWORD', 'PASSWORD_SRP']) {
  test(`signs in by ${preferredChallenge}, which is preferred`, async () => {
    const options = { authFlowType, preferredChallenge };
    const requests = await countingRequests(async () => {
      assert.deepEqual(await signIn({ username, password, options }), DONE);
    });
    assert.deepEqual(requests, preferredChallenge === 'PASSWORD' ? { InitiateAuth: 1 } : { InitiateAuth: 1, RespondToAuthChallenge: 1 });
    assert.equal((await getCurrentUser()).username, username);
    assert.deepEqual((await getCurrentUser()).signInDetails, { loginId: username, authFlowType });
    await signOut();
    await assert.rejects(signIn({ username, password: 'Wrong-Horse7!', options }), { name: 'NotAuthorizedException', message: 'Incorrect username or password.' });
  });

  test(`signs in by ${preferredChallenge}, which is chosen`, async () => {
    const { nextStep } = await signIn({ username, options: { authFlowType } });
    assert.equal(nextStep.signInStep, 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION');
    assert.deepEqual([...nextStep.availableChallenges].sort(), ['EMAIL_OTP', 'PASSWORD', 'PASSWORD_SRP', 'SMS_OTP']);
    const chosen = await confirmSignIn({ challengeResponse: preferredChallenge });
    assert.deepEqual(chosen.nextStep, { signInStep: 'CONFIRM_SIGN_IN_WITH_PASSWORD' });
    assert.deepEqual(await confirmSignIn({ challengeResponse: password }), DONE);
    assert.equal((await fetchAuthSession()).tokens.accessToken.payload.username, username);
  });
}

for (const [preferredChallenge, { code, step }] of [['EMAIL_OTP', BY_EMAIL], ['SMS_OTP', BY_SMS]]) {
  test(`signs in by ${preferredChallenge}, preferred or chosen`, async () => {
    const preferred = await signIn({ username, options: { authFlowType, preferredChallenge } });
    assert.deepEqual(preferred.nextStep, step);
    await assert.rejects(confirmSignIn({ challengeResponse: wrongFor(await code()) }), { name: 'CodeMismatchException' });
    assert.deepEqual(await confirmSignIn({ challengeResponse: await code() }), DONE);
    await signOut();

    await signIn({ username, options: { authFlowType } });
    const chosen = await confirmSignIn({ challengeResponse: preferredChallenge });
    assert.deepEqual(chosen.nextStep, step);
    assert.deepEqual(await confirmSignIn({ challengeResponse: await code() }), DONE);
    assert.ok((await fetchAuthSession({ forceRefresh: true })).tokens);
  });

  test(`a code of ${preferredChallenge} is worth nothing after the session`, async () => {
    await signIn({ username, options: { authFlowType, preferredChallenge } });
    const challengeResponse = await code();
    await advanceClock(181);
    await assert.rejects(confirmSignIn({ challengeResponse }), { name: 'NotAuthorizedException' });
    assert.equal((await fetchAuthSession()).tokens, undefined);
  });
}

/** Signs somebody up and confirms the e-mail address. */
async function signUpAndConfirm({ username: name, password: secret, email }, options) {
  const { nextStep } = await signUp({ username: name, password: secret, options: { userAttributes: { email }, ...options } });
  assert.equal(nextStep.signUpStep, 'CONFIRM_SIGN_UP');
  return confirmSignUp({ username: name, confirmationCode: await lastCode(email) });
}

const TO_SIGN_IN = { isSignUpComplete: true, nextStep: { signUpStep: 'COMPLETE_AUTO_SIGN_IN' } };

for (const flow of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH']) {
  test(`who has just signed up is signed in by ${flow}`, async () => {
    await openPool({ AutoVerifiedAttributes: ['email'] });
    const somebody = newcomer();
    assert.deepEqual(await signUpAndConfirm(somebody, { autoSignIn: { authFlowType: flow } }), TO_SIGN_IN);
    assert.deepEqual(await autoSignInOnce(), DONE);
    assert.equal((await getCurrentUser()).username, somebody.username);
    await signOut();
    await assert.rejects(autoSignInOnce(), { name: 'AutoSignInException' });
  });
}

test('who has just signed up without a password goes on with another code, because this kit confirms without the Session', async () => {
  await openPool({ AutoVerifiedAttributes: ['email'] });
  const somebody = { ...newcomer(), password: undefined };
  assert.deepEqual(await signUpAndConfirm(somebody, { autoSignIn: { authFlowType } }), TO_SIGN_IN);
  const { nextStep } = await autoSignInOnce();
  assert.deepEqual(nextStep, { signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION', availableChallenges: ['EMAIL_OTP'] });
  await confirmSignIn({ challengeResponse: 'EMAIL_OTP' });
  assert.deepEqual(await confirmSignIn({ challengeResponse: await lastCode(somebody.email) }), DONE);
  assert.equal((await fetchAuthSession()).tokens.idToken.payload.email, somebody.email);
});

test('without autoSignIn a confirmation signs nobody in', async () => {
  await openPool({ AutoVerifiedAttributes: ['email'] });
  assert.deepEqual(await signUpAndConfirm(newcomer()), { isSignUpComplete: true, nextStep: { signUpStep: 'DONE' } });
  assert.equal((await fetchAuthSession()).tokens, undefined);
});
