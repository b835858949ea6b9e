// Clients of the AWS SDK for JavaScript v3 that an app makes once, while users come and go.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { connected } from './administrator.mjs';
import { alice, bob, countingRequests, reset } from './emulator.mjs';
import { openKit } from './kit.mjs';

beforeEach(reset);

const Bucket = 'poolpass-notes';
const signIn = (kit, { username, password }) => kit.signIn({ username, password });
/** 'done', or the service's name for the refusal. */
const outcome = (work) => work.then(() => 'done', ({ name }) => name);

test('each of guest, alice, guest again and bob is served as who they are by clients made once', async (t) => {
  const kit = await openKit(t);
  const [s3, dynamo, sts] = [connected(t, S3Client, kit, { forcePathStyle: true }), connected(t, DynamoDBClient, kit), connected(t, STSClient, kit)];
  const answers = async () => {
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    const { identityId } = await kit.getCredentials();
    const put = (Key) => outcome(s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' })));
    const item = (owner) => outcome(dynamo.send(new PutItemCommand({ TableName: 'Notes', Item: { owner: { S: owner }, id: { S: 'x' } } })));
    const own = { s3: await put(`private/${identityId}/x`), dynamo: await item(identityId) };
    const shared = { s3: await put('shared/x'), dynamo: await item('shared') };
    return { role: /assumed-role\/([^/]+)/.exec(Arn)[1], own, shared };
  };
  const refused = { s3: 'AccessDenied', dynamo: 'AccessDeniedException' };
  const done = { s3: 'done', dynamo: 'done' };
  const guest = { role: 'poolpass-guest', own: refused, shared: refused };
  assert.deepEqual(await answers(), guest);
  await signIn(kit, alice);
  assert.deepEqual(await answers(), { role: 'poolpass-editors', own: done, shared: done });
  await kit.signOut();
  assert.deepEqual(await answers(), guest);
  await signIn(kit, bob);
  assert.deepEqual(await answers(), { role: 'poolpass-user', own: done, shared: refused });
});

test('nobody reads what the user before has written', async (t) => {
  const kit = await openKit(t, { user: alice });
  const s3 = connected(t, S3Client, kit, { forcePathStyle: true });
  const diary = { Bucket, Key: `private/${(await kit.getCredentials()).identityId}/diary` };
  await s3.send(new PutObjectCommand({ ...diary, Body: 'secret' }));
  const read = () => outcome(s3.send(new GetObjectCommand(diary)));
  const presigned = async () => (await fetch(await getSignedUrl(s3, new GetObjectCommand(diary), { expiresIn: 60 }))).status;
  assert.deepEqual([await read(), await presigned()], ['done', 200]);
  await kit.signOut();
  assert.deepEqual([await read(), await presigned()], ['AccessDenied', 403]);
  await signIn(kit, bob);
  assert.deepEqual([await read(), await presigned()], ['AccessDenied', 403]);
  await signIn(kit, alice);
  assert.deepEqual([await read(), await presigned()], ['done', 200]);
});

test('where guests are not allowed a client made once fails after the sign-out', async (t) => {
  const kit = await openKit(t, { user: bob, identityPool: { identityPoolId: 'eu-west-1:00000000-0000-4000-8000-000000000001' } });
  const sts = connected(t, STSClient, kit);
  const ask = () => sts.send(new GetCallerIdentityCommand({}));
  assert.match((await ask()).Arn, /poolpass-user/);
  await kit.signOut();
  await assert.rejects(ask, { code: 'no_credentials' });
});

test('each user’s credentials are asked for once, however many calls the clients make', async (t) => {
  const kit = await openKit(t);
  const sts = connected(t, STSClient, kit);
  const { GetCredentialsForIdentity, GetId } = await countingRequests(async () => {
    for (const user of [undefined, alice, bob]) {
      if (user) await signIn(kit, user);
      for (let call = 0; call < 5; call += 1) await sts.send(new GetCallerIdentityCommand({}));
    }
  });
  assert.deepEqual([GetCredentialsForIdentity, GetId], [3, 2]); // alice goes on with the guest's identity
});
