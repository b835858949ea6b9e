// amazon-cognito-identity-js: the second factors that it knows, at poolpass-local.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { freshCode } from './authenticator.mjs';
import { advanceClock, lastCode, reset } from './emulator.mjs';
import { ask, authenticate, call, openPool, sendCode, signedIn, userOf } from './identity_js.mjs';
import { makePool, makeUser, setMfa } from './pools.mjs';

beforeEach(reset);

const ann = { username: 'ann', password: 'Correct-Horse7!', email: 'ann@example.com', phone_number: '+15551234567' };
const ON = { Enabled: true };
const WRONG_CODE = { name: 'CodeMismatchException', message: 'Invalid code or auth state for the user.' };
const wrongFor = (code) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** A pool with second factors, in which ann is a user. */
async function poolOf(mfa, factors, attributes = ann) {
  const made = await makePool({}, { mfa, factors });
  await makeUser(made, attributes);
  return made;
}

/** What GetUser says; the options of this method follow its callback. */
const freshData = (user) =>
  new Promise((resolve, reject) => {
    user.getUserData((error, data) => (error ? reject(error) : resolve(data)), { bypassCache: true });
  });

/** Signs ann in by SRP, in a browser of her own. */
async function begin(made) {
  const user = userOf(openPool(made), ann.username);
  return { user, ...(await authenticate(user, ann.password)) };
}

test('an app that was set up and preferred is asked for, and its code signs in once', async () => {
  const made = await poolOf('OPTIONAL', ['SOFTWARE_TOKEN_MFA']);
  const { user } = await signedIn(ann, openPool(made));
  const used = [];
  const { secret } = await ask(user, 'associateSoftwareToken');
  assert.match(secret, /^[A-Z2-7]{52}$/);
  await assert.rejects(ask(user, 'verifySoftwareToken', wrongFor(await freshCode(secret)), 'phone'), { name: 'EnableSoftwareTokenMFAException' });
  const { session: verified } = await ask(user, 'verifySoftwareToken', await freshCode(secret, used), 'phone');
  assert.equal(verified.Status, 'SUCCESS');
  assert.equal(await call(user, 'setUserMfaPreference', null, { PreferredMfa: true, ...ON }), 'SUCCESS');
  const { PreferredMfaSetting, UserMFASettingList } = await freshData(user);
  assert.deepEqual([PreferredMfaSetting, UserMFASettingList], ['SOFTWARE_TOKEN_MFA', ['SOFTWARE_TOKEN_MFA']]);

  const asked = await begin(made);
  assert.deepEqual([asked.challenge, asked.parameters.FRIENDLY_DEVICE_NAME], ['SOFTWARE_TOKEN_MFA', 'phone']);
  await assert.rejects(sendCode(asked.user, '000000', 'SOFTWARE_TOKEN_MFA'), { name: 'CodeMismatchException' });
  const code = await freshCode(secret, used);
  assert.ok((await sendCode(asked.user, code, 'SOFTWARE_TOKEN_MFA')).session.isValid());
  const again = await begin(made);
  await assert.rejects(sendCode(again.user, code, 'SOFTWARE_TOKEN_MFA'), { name: 'ExpiredCodeException' });

  await call(user, 'setUserMfaPreference', null, { PreferredMfa: false, Enabled: false });
  assert.ok((await begin(made)).session);
});

test('where a second factor is required, the app is set up on the way in', async () => {
  const made = await poolOf('ON', ['SOFTWARE_TOKEN_MFA']);
  const { user, challenge, parameters } = await begin(made);
  assert.equal(challenge, 'MFA_SETUP');
  assert.deepEqual(JSON.parse(parameters.MFAS_CAN_SETUP), ['SOFTWARE_TOKEN_MFA']);
  const used = [];
  const { secret } = await ask(user, 'associateSoftwareToken');
  const { session } = await ask(user, 'verifySoftwareToken', await freshCode(secret, used), 'phone');
  assert.equal(session.getAccessToken().decodePayload().username, ann.username);

  const asked = await begin(made);
  assert.equal(asked.challenge, 'SOFTWARE_TOKEN_MFA');
  assert.ok((await sendCode(asked.user, await freshCode(secret, used), 'SOFTWARE_TOKEN_MFA')).session.isValid());
});

test('a code by SMS is asked for and expires with the session', async () => {
  const made = await poolOf('OPTIONAL', ['SMS_MFA']);
  const { user } = await signedIn(ann, openPool(made));
  assert.equal(await call(user, 'setUserMfaPreference', { PreferredMfa: true, ...ON }, null), 'SUCCESS');

  const asked = await begin(made);
  assert.equal(asked.challenge, 'SMS_MFA');
  assert.deepEqual([asked.parameters.CODE_DELIVERY_DELIVERY_MEDIUM, asked.parameters.CODE_DELIVERY_DESTINATION], ['SMS', '+*******4567']);
  const code = await lastCode(ann.phone_number);
  await assert.rejects(sendCode(asked.user, wrongFor(code)), WRONG_CODE);
  assert.ok((await sendCode(asked.user, code)).session.isValid());
  await assert.rejects(sendCode(asked.user, code), { name: 'NotAuthorizedException' });

  const late = await begin(made);
  const expired = await lastCode(ann.phone_number);
  await advanceClock(181);
  await assert.rejects(sendCode(late.user, expired), { name: 'NotAuthorizedException', message: 'Invalid session for the user, session is expired.' });
});

test('SMS is turned on and off by the calls of former times', async () => {
  const made = await poolOf('OPTIONAL', ['SMS_MFA']);
  const { user } = await signedIn(ann, openPool(made));
  assert.equal(await call(user, 'enableMFA'), 'SUCCESS');
  assert.deepEqual(await call(user, 'getMFAOptions'), [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }]);
  assert.equal((await begin(made)).challenge, 'SMS_MFA');
  assert.equal(await call(user, 'disableMFA'), 'SUCCESS');
  assert.ok((await begin(made)).session);
});

test('somebody with several factors and no preference chooses one', async () => {
  const made = await poolOf('OPTIONAL', ['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
  const { user } = await signedIn(ann, openPool(made));
  const used = [];
  const { secret } = await ask(user, 'associateSoftwareToken');
  await ask(user, 'verifySoftwareToken', await freshCode(secret, used), 'phone');
  await setMfa(made, ann.username, { SMSMfaSettings: ON, SoftwareTokenMfaSettings: ON });

  const answers = { SMS_MFA: () => lastCode(ann.phone_number), SOFTWARE_TOKEN_MFA: () => freshCode(secret, used) };
  for (const [kind, code] of Object.entries(answers)) {
    const asked = await begin(made);
    assert.equal(asked.challenge, 'SELECT_MFA_TYPE');
    assert.deepEqual(JSON.parse(asked.parameters.MFAS_CAN_CHOOSE).sort(), ['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
    assert.equal((await ask(asked.user, 'sendMFASelectionAnswer', kind)).challenge, kind);
    assert.ok((await sendCode(asked.user, await code(), kind)).session.isValid());
  }
  const asked = await begin(made);
  await assert.rejects(ask(asked.user, 'sendMFASelectionAnswer', 'EMAIL_OTP'), { name: 'InvalidParameterException' });
});
