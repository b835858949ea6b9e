// aws-amplify: second factors, their set-up and the user's preferences, at poolpass-local.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { confirmSignIn, fetchMFAPreference, setUpTOTP, signIn, signOut, updateMFAPreference, verifyTOTPSetup } from 'aws-amplify/auth';
import { openApp } from './amplify.mjs';
import { freshCode } from './authenticator.mjs';
import { lastCode, reset } from './emulator.mjs';
import { attributesOf, cognitoOf, makePool, makeUser, setMfa } from './pools.mjs';

beforeEach(reset);

const ann = { username: 'ann', password: 'Correct-Horse7!', email: 'ann@example.com', phone_number: '+15551234567' };
const { username, password } = ann;
const ALL = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'];
const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };
const BY_EMAIL = { signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE', codeDeliveryDetails: { deliveryMedium: 'EMAIL', destination: 'a***@e***' } };
const BY_SMS = { signInStep: 'CONFIRM_SIGN_IN_WITH_SMS_CODE', codeDeliveryDetails: { deliveryMedium: 'SMS', destination: '+*******4567' } };

/** An app of a pool with second factors, in which ann is a user. */
async function openPool(mfa, factors, attributes = ann, settings = {}) {
  const made = await makePool(settings, { mfa, factors });
  await makeUser(made, attributes);
  openApp({ cognito: cognitoOf(made) });
  return made;
}

const begin = async () => (await signIn({ username, password })).nextStep;
const answer = (challengeResponse) => confirmSignIn({ challengeResponse });

/** Sets up an authenticator app for who is signed in: its secret. */
async function setUpApp(used) {
  const { sharedSecret, getSetupUri } = await setUpTOTP();
  const uri = getSetupUri('interop', username);
  assert.deepEqual([uri.protocol, uri.searchParams.get('secret')], ['otpauth:', sharedSecret]);
  await assert.rejects(verifyTOTPSetup({ code: '000000' }), { name: 'EnableSoftwareTokenMFAException' });
  await verifyTOTPSetup({ code: await freshCode(sharedSecret, used) });
  return sharedSecret;
}

test('an app is set up, preferred, asked for and turned off', async () => {
  await openPool('OPTIONAL', ['SOFTWARE_TOKEN_MFA']);
  assert.deepEqual(await begin(), DONE.nextStep);
  assert.deepEqual(await fetchMFAPreference(), { preferred: undefined, enabled: undefined });
  const used = [];
  const secret = await setUpApp(used);
  await updateMFAPreference({ totp: 'PREFERRED' });
  assert.deepEqual(await fetchMFAPreference(), { preferred: 'TOTP', enabled: ['TOTP'] });
  await signOut();

  assert.deepEqual(await begin(), { signInStep: 'CONFIRM_SIGN_IN_WITH_TOTP_CODE' });
  await assert.rejects(answer('000000'), { name: 'CodeMismatchException' });
  assert.deepEqual(await answer(await freshCode(secret, used)), DONE);
  await updateMFAPreference({ totp: 'DISABLED' });
  await signOut();
  assert.deepEqual(await begin(), DONE.nextStep);
});

for (const [name, preference, step, address] of [
  ['e-mail', { email: 'PREFERRED' }, BY_EMAIL, ann.email],
  ['SMS', { sms: 'PREFERRED' }, BY_SMS, ann.phone_number],
]) {
  test(`a code by ${name} is asked for, and a wrong one refused`, async () => {
    await openPool('OPTIONAL', ALL);
    await begin();
    await updateMFAPreference(preference);
    const { preferred } = await fetchMFAPreference();
    assert.equal(preferred, name === 'SMS' ? 'SMS' : 'EMAIL');
    await signOut();
    assert.deepEqual(await begin(), step);
    const code = await lastCode(address);
    await assert.rejects(answer(code === '000000' ? '000001' : '000000'), { name: 'CodeMismatchException' });
    assert.deepEqual(await answer(code), DONE);
  });
}

test('somebody with several factors and no preference chooses one', async () => {
  const made = await openPool('OPTIONAL', ALL);
  await begin();
  const used = [];
  const secret = await setUpApp(used);
  await updateMFAPreference({ sms: 'ENABLED', totp: 'ENABLED', email: 'ENABLED' });
  const { preferred, enabled } = await fetchMFAPreference();
  assert.deepEqual([preferred, [...enabled].sort()], [undefined, ['EMAIL', 'SMS', 'TOTP']]);
  await signOut();

  for (const [kind, step, code] of [
    ['EMAIL', BY_EMAIL, () => lastCode(ann.email)],
    ['SMS', BY_SMS, () => lastCode(ann.phone_number)],
    ['TOTP', { signInStep: 'CONFIRM_SIGN_IN_WITH_TOTP_CODE' }, () => freshCode(secret, used)],
  ]) {
    const { signInStep, allowedMFATypes } = await begin();
    assert.equal(signInStep, 'CONTINUE_SIGN_IN_WITH_MFA_SELECTION');
    assert.deepEqual([...allowedMFATypes].sort(), ['EMAIL', 'SMS', 'TOTP']);
    assert.deepEqual((await answer(kind)).nextStep, step);
    assert.deepEqual(await answer(await code()), DONE);
    await signOut();
  }
  await setMfa(made, username, { EmailMfaSettings: { Enabled: true, PreferredMfa: true } });
  assert.deepEqual(await begin(), BY_EMAIL);
});

test('where a second factor is required, an app is set up on the way in', async () => {
  await openPool('ON', ['SOFTWARE_TOKEN_MFA']);
  const { signInStep, totpSetupDetails } = await begin();
  assert.equal(signInStep, 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP');
  const used = [];
  const secret = totpSetupDetails.sharedSecret;
  assert.deepEqual(await answer(await freshCode(secret, used)), DONE);
  await signOut();
  assert.deepEqual(await begin(), { signInStep: 'CONFIRM_SIGN_IN_WITH_TOTP_CODE' });
  assert.deepEqual(await answer(await freshCode(secret, used)), DONE);
});

test('who has no address chooses what to set up, and can set up e-mail', async () => {
  const AccountRecoverySetting = { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] }; // an address that recovers is no second factor
  const made = await openPool('ON', ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'], { username, password }, { AccountRecoverySetting });
  const { signInStep, allowedMFATypes } = await begin();
  assert.equal(signInStep, 'CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION');
  assert.deepEqual([...allowedMFATypes].sort(), ['EMAIL', 'TOTP']);
  assert.deepEqual((await answer('EMAIL')).nextStep, { signInStep: 'CONTINUE_SIGN_IN_WITH_EMAIL_SETUP' });
  assert.deepEqual((await answer(ann.email)).nextStep, BY_EMAIL);
  assert.deepEqual(await answer(await lastCode(ann.email)), DONE);
  const { email, email_verified } = await attributesOf(made, username);
  assert.deepEqual([email, email_verified], [ann.email, 'true']);
});
