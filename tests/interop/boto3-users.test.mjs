// boto3 as a back end's administrator: AdminInitiateAuth with each challenge, users, groups, and the paginators of its lists.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { freshCode } from './authenticator.mjs';
import { advanceClock, endpoint, lastCode, region, reset } from './emulator.mjs';
import { SMS, makePool, makeUser, setMfa } from './pools.mjs';
import { script } from './python.mjs';

beforeEach(reset);

const ask = script({ after }, 'clients.py');
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' };
const users = (operation, input = {}, settings) => ask({ service: 'cognito-idp', operation, input, endpoint, region, credentials, ...settings });
const ann = { username: 'ann', password: 'Correct-Horse7!', email: 'ann@example.com', phone_number: '+15551234567' };
const NEW_PASSWORD = 'Brand-New-2!';
const ON = { Enabled: true };
const refused = (kind, message) => ({ kind, name: kind, status: 400, ...(message && { message }) });

/** A pool with second factors in which ann is a user, and an administrator's sign-in there. */
async function openPool({ settings, mfa, factors, attributes = ann, temporary } = {}) {
  const made = await makePool(settings, { mfa, factors });
  await makeUser(made, attributes, { temporary });
  const named = { UserPoolId: made.poolId, ClientId: made.clientId };
  const begin = (AuthFlow, AuthParameters) => users('admin_initiate_auth', { ...named, AuthFlow, AuthParameters });
  return {
    ...made,
    begin,
    byPassword: (PASSWORD = ann.password) => begin('ADMIN_USER_PASSWORD_AUTH', { USERNAME: ann.username, PASSWORD }),
    answer: ({ ChallengeName, Session }, ChallengeResponses) =>
      users('admin_respond_to_auth_challenge', { ...named, ChallengeName, Session, ChallengeResponses: { USERNAME: ann.username, ...ChallengeResponses } }),
  };
}

test('an administrator signs a user in by password, and refreshes', async () => {
  const { begin, byPassword } = await openPool();
  const { AuthenticationResult } = await byPassword();
  const { AccessToken, IdToken, RefreshToken, TokenType, ExpiresIn } = AuthenticationResult;
  assert.deepEqual([TokenType, ExpiresIn], ['Bearer', 3600]);
  assert.ok(AccessToken && IdToken);
  assert.ok((await begin('ADMIN_NO_SRP_AUTH', { USERNAME: ann.username, PASSWORD: ann.password })).AuthenticationResult);
  const refreshed = await begin('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken });
  assert.notEqual(refreshed.AuthenticationResult.AccessToken, AccessToken);
  assert.equal(refreshed.AuthenticationResult.RefreshToken, undefined);
  await assert.rejects(byPassword('Wrong-Horse7!'), refused('NotAuthorizedException', 'Incorrect username or password.'));
  await assert.rejects(begin('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: 'nonsense' }), refused('NotAuthorizedException'));
});

test('NEW_PASSWORD_REQUIRED asks for a password and the attributes that are missing', async () => {
  const settings = { Schema: [{ Name: 'given_name', AttributeDataType: 'String', Required: true, Mutable: true }] };
  const { answer, byPassword } = await openPool({ settings, temporary: true });
  const asked = await byPassword();
  assert.equal(asked.ChallengeName, 'NEW_PASSWORD_REQUIRED');
  assert.deepEqual(JSON.parse(asked.ChallengeParameters.requiredAttributes), ['userAttributes.given_name']);
  await assert.rejects(answer(asked, { NEW_PASSWORD: 'weak', 'userAttributes.given_name': 'Ann' }), refused('InvalidPasswordException'));
  const again = await byPassword();
  assert.ok((await answer(again, { NEW_PASSWORD, 'userAttributes.given_name': 'Ann' })).AuthenticationResult);
  assert.ok((await byPassword(NEW_PASSWORD)).AuthenticationResult);
});

for (const [factor, member, address] of [['SMS_MFA', 'SMSMfaSettings', ann.phone_number], ['EMAIL_OTP', 'EmailMfaSettings', ann.email]]) {
  test(`${factor} asks for the code that was sent`, async () => {
    const { poolId, answer, byPassword } = await openPool({ mfa: 'OPTIONAL', factors: [factor] });
    await users('admin_set_user_mfa_preference', { UserPoolId: poolId, Username: ann.username, [member]: { ...ON, PreferredMfa: true } });
    const asked = await byPassword();
    assert.equal(asked.ChallengeName, factor);
    const code = await lastCode(address);
    await assert.rejects(answer(asked, { [`${factor}_CODE`]: code === '000000' ? '000001' : '000000' }), refused('CodeMismatchException'));
    assert.ok((await answer(asked, { [`${factor}_CODE`]: code })).AuthenticationResult);
    await assert.rejects(answer(asked, { [`${factor}_CODE`]: code }), refused('NotAuthorizedException'));
  });
}

test('MFA_SETUP leads to an app, SOFTWARE_TOKEN_MFA asks for its code, and SELECT_MFA_TYPE for one of two', async () => {
  const settings = { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] } };
  const { poolId, answer, byPassword } = await openPool({ settings, mfa: 'ON', factors: ['SOFTWARE_TOKEN_MFA'] });
  const setUp = await byPassword();
  assert.equal(setUp.ChallengeName, 'MFA_SETUP');
  const used = [];
  const { SecretCode, Session } = await users('associate_software_token', { Session: setUp.Session });
  const verified = await users('verify_software_token', { Session, UserCode: await freshCode(SecretCode, used) });
  assert.equal(verified.Status, 'SUCCESS');
  assert.ok((await answer({ ChallengeName: 'MFA_SETUP', Session: verified.Session })).AuthenticationResult);

  const asked = await byPassword();
  assert.equal(asked.ChallengeName, 'SOFTWARE_TOKEN_MFA');
  assert.ok((await answer(asked, { SOFTWARE_TOKEN_MFA_CODE: await freshCode(SecretCode, used) })).AuthenticationResult);

  const SmsMfaConfiguration = { SmsConfiguration: SMS };
  await users('set_user_pool_mfa_config', { UserPoolId: poolId, MfaConfiguration: 'ON', SmsMfaConfiguration, SoftwareTokenMfaConfiguration: ON });
  const either = { ...ON, PreferredMfa: false };
  await setMfa({ poolId }, ann.username, { SMSMfaSettings: either, SoftwareTokenMfaSettings: either });
  const several = await byPassword();
  assert.equal(several.ChallengeName, 'SELECT_MFA_TYPE');
  assert.deepEqual(JSON.parse(several.ChallengeParameters.MFAS_CAN_CHOOSE).sort(), ['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
  const chosen = await answer(several, { ANSWER: 'SMS_MFA' });
  assert.equal(chosen.ChallengeName, 'SMS_MFA');
  assert.ok((await answer(chosen, { SMS_MFA_CODE: await lastCode(ann.phone_number) })).AuthenticationResult);
});

test('a session of another app client, and one that is over, are refused', async () => {
  const { poolId, answer, byPassword } = await openPool({ temporary: true });
  const asked = await byPassword();
  const { UserPoolClient } = await users('create_user_pool_client', { UserPoolId: poolId, ClientName: 'other', ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'] });
  const { ChallengeName, Session } = asked;
  const elsewhere = { UserPoolId: poolId, ClientId: UserPoolClient.ClientId, ChallengeName, Session, ChallengeResponses: { USERNAME: ann.username, NEW_PASSWORD } };
  await assert.rejects(users('admin_respond_to_auth_challenge', elsewhere), refused('NotAuthorizedException'));
  await advanceClock(181);
  await assert.rejects(answer(asked, { NEW_PASSWORD }), refused('NotAuthorizedException'));
});

test('lists are read in pages', async () => {
  const { poolId: UserPoolId, clientId } = await openPool();
  const names = ['ann', 'ben', 'cid', 'dan', 'eve'];
  const attributes = [{ Name: 'email', Value: 'ben@example.com' }];
  for (const Username of names.slice(1)) await users('admin_create_user', { UserPoolId, Username, MessageAction: 'SUPPRESS', UserAttributes: attributes });
  for (const GroupName of names) {
    await users('create_group', { UserPoolId, GroupName, Precedence: 1 });
    await users('admin_add_user_to_group', { UserPoolId, GroupName, Username: 'ann' });
  }
  for (const Username of names.slice(1)) await users('admin_add_user_to_group', { UserPoolId, GroupName: 'ann', Username });
  for (const ClientName of names.slice(1)) await users('create_user_pool_client', { UserPoolId, ClientName });
  for (const Identifier of names) await users('create_resource_server', { UserPoolId, Identifier, Name: Identifier });
  for (const PoolName of names) await users('create_user_pool', { PoolName });

  const named = { UserPoolId };
  for (const [operation, input, member, key, expected] of [
    ['list_users', named, 'Users', 'Username', names],
    ['list_groups', named, 'Groups', 'GroupName', names],
    ['admin_list_groups_for_user', { ...named, Username: 'ann' }, 'Groups', 'GroupName', names],
    ['list_users_in_group', { ...named, GroupName: 'ann' }, 'Users', 'Username', names],
    ['list_user_pool_clients', named, 'UserPoolClients', 'ClientName', ['app', ...names.slice(1)]],
    ['list_resource_servers', named, 'ResourceServers', 'Identifier', names],
  ]) {
    const { pages } = await users(operation, input, { pageSize: 2 });
    assert.deepEqual(pages.map((page) => page[member].length), [2, 2, 1], operation);
    assert.deepEqual(pages.flatMap((page) => page[member].map((entry) => entry[key])).sort(), expected, operation);
  }
  const { pages } = await users('list_user_pools', {}, { pageSize: 2 });
  const pools = pages.flatMap((page) => page.UserPools.map(({ Name }) => Name));
  assert.ok(names.every((name) => pools.includes(name)) && pages.length > 2);

  const found = await users('list_users', { UserPoolId, Filter: 'email = "ben@example.com"', AttributesToGet: ['email'] });
  assert.deepEqual(found.Users.map(({ Username }) => Username).sort(), names.slice(1));
  assert.ok(found.Users.every(({ Attributes }) => Attributes.length === 1));
  assert.ok((await users('describe_user_pool_client', { UserPoolId, ClientId: clientId })).UserPoolClient);
});

test('users are made, changed, signed out and deleted', async () => {
  const { poolId: UserPoolId, byPassword } = await openPool();
  const named = { UserPoolId, Username: ann.username };
  const { AuthenticationResult } = await byPassword();
  await users('admin_update_user_attributes', { ...named, UserAttributes: [{ Name: 'nickname', Value: 'Nan' }] });
  const { UserAttributes, UserStatus, Enabled } = await users('admin_get_user', named);
  assert.deepEqual([UserStatus, Enabled, UserAttributes.find(({ Name }) => Name === 'nickname').Value], ['CONFIRMED', true, 'Nan']);
  await users('admin_delete_user_attributes', { ...named, UserAttributeNames: ['nickname'] });
  await users('admin_user_global_sign_out', named);
  await assert.rejects(users('get_user', { AccessToken: AuthenticationResult.AccessToken }), refused('NotAuthorizedException', 'Access Token has been revoked'));
  await users('admin_disable_user', named);
  await assert.rejects(byPassword(), refused('NotAuthorizedException', 'User is disabled.'));
  await users('admin_delete_user', named);
  await assert.rejects(users('admin_get_user', named), refused('UserNotFoundException', 'User does not exist.'));
  await assert.rejects(users('admin_create_user', { ...named, MessageAction: 'RESEND' }), refused('UserNotFoundException'));
});
