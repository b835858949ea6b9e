// The AWS SDK for JavaScript v3's Cognito Identity and STS clients beside the kit, and its credentials over time.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import {
  CognitoIdentity, NotAuthorizedException, ResourceNotFoundException,
} from '@aws-sdk/client-cognito-identity';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { InvalidIdentityTokenException, STS } from '@aws-sdk/client-sts';
import { connected, connection } from './administrator.mjs';
import { advanceClock, alice, bob, countingRequests, reset, userPoolId } from './emulator.mjs';
import { identityPoolId, openKit } from './kit.mjs';

beforeEach(reset);

const ROLE = 'arn:aws:iam::000000000000:role/';
const PROVIDER = `cognito-idp.eu-west-1.amazonaws.com/${userPoolId}`;
const loginsOf = async (kit) => ({ [PROVIDER]: String((await kit.fetchAuthSession()).tokens.idToken) });
/** No credentials: none of these calls is signed. */
const identity = new CognitoIdentity(connection);
const asked = (Credentials) => ({
  accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretKey ?? Credentials.SecretAccessKey, sessionToken: Credentials.SessionToken,
});

for (const [who, user, role] of [['a guest', undefined, 'guest'], ['a user', bob, 'user'], ['an editor', alice, 'editors']]) {
  test(`STS knows ${who} by the kit’s credentials`, async (t) => {
    const kit = await openKit(t, { user });
    const { Account, Arn, UserId } = await connected(t, STS, kit).getCallerIdentity();
    assert.equal(Account, '000000000000');
    assert.match(Arn, new RegExp(`^arn:aws:sts::000000000000:assumed-role/poolpass-${role}/CognitoIdentityCredentials$`));
    assert.match(UserId, /^AROA[0-9A-Z]+:CognitoIdentityCredentials$/);
  });
}

test('the SDK finds the identity that the kit has', async (t) => {
  const kit = await openKit(t, { user: bob });
  const { identityId } = await kit.getCredentials();
  const Logins = await loginsOf(kit);
  const { IdentityId } = await identity.getId({ IdentityPoolId: identityPoolId, Logins });
  assert.equal(IdentityId, identityId);
  const { Credentials } = await identity.getCredentialsForIdentity({ IdentityId, Logins });
  assert.ok(Credentials.Expiration > new Date());
  const sts = new STS({ ...connection, credentials: asked(Credentials) });
  assert.match((await sts.getCallerIdentity()).Arn, /poolpass-user/);
});

test('the kit and the SDK’s enhanced flow share a guest’s identity after sign-in', async (t) => {
  const kit = await openKit(t);
  const guest = await kit.getCredentials();
  await kit.signIn({ username: 'bob', password: bob.password });
  const user = await kit.getCredentials();
  assert.equal(user.identityId, guest.identityId);
  const { IdentityId } = await identity.getId({ IdentityPoolId: identityPoolId, Logins: await loginsOf(kit) });
  assert.equal(IdentityId, guest.identityId);
});

test('the basic flow by the SDK, and its refusals', async (t) => {
  const kit = await openKit(t, { user: bob });
  const Logins = await loginsOf(kit);
  const { IdentityId } = await identity.getId({ IdentityPoolId: identityPoolId, Logins });
  const { Token } = await identity.getOpenIdToken({ IdentityId, Logins });
  const sts = new STS(connection);
  const assume = (role, WebIdentityToken) => sts.assumeRoleWithWebIdentity({ RoleArn: ROLE + role, RoleSessionName: 'basic', WebIdentityToken, DurationSeconds: 900 });
  const { Credentials, SubjectFromWebIdentityToken } = await assume('poolpass-user', Token);
  assert.equal(SubjectFromWebIdentityToken, IdentityId);
  const left = Credentials.Expiration - Date.now();
  assert.ok(left > 880_000 && left <= 901_000, `${left}`);
  const { Arn } = await new STS({ ...connection, credentials: asked(Credentials) }).getCallerIdentity();
  assert.match(Arn, /assumed-role\/poolpass-user\/basic$/);

  await assert.rejects(assume('poolpass-guest', Token), { name: 'AccessDenied', $fault: 'client' });
  await assert.rejects(assume('poolpass-user', `${Token.slice(0, -4)}AAAA`), InvalidIdentityTokenException);
  await assert.rejects(identity.getId({ IdentityPoolId: 'eu-west-1:00000000-0000-4000-8000-000000000009' }), ResourceNotFoundException);
  const forged = { [PROVIDER]: Logins[PROVIDER].replace(/.{6}$/, 'AAAAAA') };
  await assert.rejects(identity.getId({ IdentityPoolId: identityPoolId, Logins: forged }), NotAuthorizedException);
});

/** Lets time pass for the emulator, the SDK and the kit. */
async function pass(t, minutes) {
  t.mock.timers.tick(minutes * 60_000);
  await advanceClock(minutes * 60);
}

for (const [who, user, hoursBehind] of [['a user', bob, 0], ['a guest', undefined, 0], ['a user whose device is late', bob, 3]]) {
  test(`a client works for hours: the credentials of ${who} are renewed`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
    await advanceClock(hoursBehind * 3600);
    const kit = await openKit(t, { user });
    const s3 = connected(t, S3Client, kit, { forcePathStyle: true }); // which corrects its clock by itself
    const { identityId, expiration } = await kit.getCredentials();
    const left = expiration - Date.now();
    assert.ok(left > 3_590_000 && left <= 3_601_000, `${left}`);

    const place = { Bucket: 'poolpass-notes', Key: user ? `private/${identityId}/x` : 'shared/welcome.txt' };
    const { GetCredentialsForIdentity, GetId } = await countingRequests(async () => {
      for (let round = 0; round <= 9; round++) {
        if (user) await s3.send(new PutObjectCommand({ ...place, Body: String(round) }));
        const { Body } = await s3.send(new GetObjectCommand(place));
        if (user) assert.equal(await Body.transformToString(), String(round));
        await pass(t, 20);
      }
    });
    assert.deepEqual([GetCredentialsForIdentity, GetId], [3, undefined]); // after 60, 120 and 180 minutes
  });
}
