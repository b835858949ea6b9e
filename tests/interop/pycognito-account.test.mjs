// pycognito's `Cognito` at poolpass-local: sign-in, second factors, and what people and administrators do with accounts.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { freshCode } from './authenticator.mjs';
import { WEB, alice, endpoint, fetchJwks, lastCode, newcomer, region, reset, userPoolId } from './emulator.mjs';
import { attributesOf, makePool, makeUser, setMfa } from './pools.mjs';
import { script } from './python.mjs';

beforeEach(reset);

const ask = script({ after }, 'pycognito_account.py');
const call = (method, ...given) => ask({ method, given });
const ann = { username: 'ann', password: 'Correct-Horse7!', email: 'ann@example.com', phone_number: '+15551234567' };
const NEW_PASSWORD = 'Brand-New-2!';
const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

/** Somebody at the app of a pool. */
const open = async (made, username) => ask({ open: { endpoint, region, ...made, username, jwks: await fetchJwks(made.poolId) } });

/** A pool in which ann is a user, and ann at its app. */
async function openPool(settings, mfa, options) {
  const made = await makePool(settings, mfa);
  await makeUser(made, ann, options);
  await open(made, ann.username);
  return made;
}

test('a user signs in by SRP, renews the tokens and signs out', async () => {
  await openPool();
  const { accessToken } = await call('authenticate', ann.password);
  assert.equal(claims(accessToken).username, ann.username);
  assert.equal((await call('check_token')).result, false);
  await call('verify_tokens');
  const renewed = await call('renew_access_token');
  assert.notEqual(renewed.accessToken, accessToken);
  await call('logout');
  await assert.rejects(call('authenticate', 'Wrong-Horse7!'), { name: 'NotAuthorizedException', message: 'Incorrect username or password.' });
});

test('somebody registers and confirms', async () => {
  const made = await makePool({ AutoVerifiedAttributes: ['email'] });
  await open(made);
  const { username, password, email } = newcomer();
  await ask({ method: 'set_base_attributes', named: { email } });
  const { result } = await call('register', username, password);
  assert.equal(result.UserConfirmed, false);
  await call('resend_confirmation_code', username);
  await call('confirm_sign_up', await lastCode(email), username);
  await open(made, username);
  assert.ok((await call('authenticate', password)).accessToken);
});

test('a temporary password leads to a new one', async () => {
  await openPool({}, {}, { temporary: true });
  await assert.rejects(call('authenticate', ann.password), { name: 'ForceChangePasswordException' });
  assert.ok((await call('new_password_challenge', ann.password, NEW_PASSWORD)).accessToken);
  assert.ok((await call('authenticate', NEW_PASSWORD)).accessToken);
});

test('an authenticator app is set up and asked for', async () => {
  await openPool({}, { mfa: 'OPTIONAL', factors: ['SOFTWARE_TOKEN_MFA'] });
  await call('authenticate', ann.password);
  const used = [];
  const { result: secret } = await call('associate_software_token');
  assert.equal((await call('verify_software_token', await freshCode(secret, used), 'phone')).result, true);
  await call('set_user_mfa_preference', false, true, 'SOFTWARE_TOKEN');
  await assert.rejects(call('authenticate', ann.password), { name: 'SoftwareTokenMFAChallengeException' });
  assert.ok((await call('respond_to_software_token_mfa_challenge', await freshCode(secret, used))).accessToken);
});

test('a code by SMS is asked for', async () => {
  const made = await openPool({}, { mfa: 'OPTIONAL', factors: ['SMS_MFA'] });
  await setMfa(made, ann.username, { SMSMfaSettings: { Enabled: true, PreferredMfa: true } });
  await assert.rejects(call('authenticate', ann.password), { name: 'SMSMFAChallengeException' });
  assert.ok((await call('respond_to_sms_mfa_challenge', await lastCode(ann.phone_number))).accessToken);
});

test('people change attributes and password, recover and delete themselves', async () => {
  const made = await openPool({ AutoVerifiedAttributes: ['email'] });
  await call('authenticate', ann.password);
  await call('update_profile', { nickname: 'Nan' });
  const { result } = await call('get_user');
  assert.deepEqual([result.username, result.nickname, result.email], [ann.username, 'Nan', ann.email]);
  await call('send_verification', 'email');
  await call('validate_verification', await lastCode(ann.email), 'email');
  assert.equal((await attributesOf(made, ann.username)).email_verified, 'true');
  await call('change_password', ann.password, NEW_PASSWORD);
  await call('initiate_forgot_password');
  await call('confirm_forgot_password', await lastCode(ann.email), 'Another-New-3!');
  await assert.rejects(call('authenticate', NEW_PASSWORD), { name: 'NotAuthorizedException' });
  await call('authenticate', 'Another-New-3!');
  await call('delete_user');
  await assert.rejects(call('authenticate', 'Another-New-3!'), { name: 'UserNotFoundException' });
});

test('an administrator signs a user in, by password and by SRP, and knows users and groups', async () => {
  const made = await openPool();
  assert.ok((await call('admin_authenticate', ann.password)).accessToken);
  const { result } = await call('admin_srp', ann.password);
  assert.equal(claims(result.AuthenticationResult.AccessToken).username, ann.username);
  await assert.rejects(call('admin_srp', 'Wrong-Horse7!'), { name: 'NotAuthorizedException', message: 'Incorrect username or password.' });
  await call('admin_update_profile', { nickname: 'Nan' });
  assert.equal((await call('admin_get_user')).result.nickname, 'Nan');
  await call('admin_disable_user', ann.username);
  await assert.rejects(call('authenticate', ann.password), { name: 'NotAuthorizedException', message: 'User is disabled.' });
  await call('admin_enable_user', ann.username);
  await call('admin_delete_user');
  assert.deepEqual((await call('get_users')).result, []);
  await assert.rejects(attributesOf(made, ann.username), { name: 'UserNotFoundException' });
});

test('groups of the seed are read', async () => {
  await open({ poolId: userPoolId, clientId: WEB }, alice.username);
  const { result } = await call('get_groups');
  assert.ok(result.some(({ group }) => group === 'editors'));
  await call('admin_remove_user_from_group', alice.username, 'editors');
  assert.deepEqual((await call('admin_list_groups_for_user', alice.username)).result, []);
  await call('admin_add_user_to_group', alice.username, 'editors');
  assert.deepEqual((await call('admin_list_groups_for_user', alice.username)).result, ['editors']);
});
