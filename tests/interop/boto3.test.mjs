// boto3's clients with the kit's credentials: S3, DynamoDB, STS, Cognito Identity.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { advanceClock, alice, bob, endpoint, region, reset, userPoolId } from './emulator.mjs';
import { identityPoolId, openKit } from './kit.mjs';
import { script } from './python.mjs';

beforeEach(reset);

const ask = script({ after }, 'clients.py');
const Bucket = 'poolpass-notes';
const SHARED = { Bucket, Key: 'shared/welcome.txt' };
const TableName = 'Notes';
/** What the service says, and the class that boto3 makes of it. */
const denied = (name, status, kind = 'ClientError') => ({ kind, name, status });

/** A page where somebody is signed in, or a guest is, and boto3's clients with its credentials. */
async function openPage(t, user) {
  const kit = await openKit(t, { user });
  const { identityId, ...credentials } = await kit.getCredentials();
  const client = (service) => (operation, input = {}, settings) => ask({ service, operation, input, endpoint, region, credentials, ...settings });
  return { kit, owner: identityId, own: (name) => ({ Bucket, Key: `private/${identityId}/${name}` }), s3: client('s3'), dynamodb: client('dynamodb'), sts: client('sts') };
}

for (const [who, user, role] of [['a guest', undefined, 'guest'], ['a user', bob, 'user'], ['an editor', alice, 'editors']]) {
  test(`STS knows ${who} by the kit’s credentials`, async (t) => {
    const { sts } = await openPage(t, user);
    assert.match((await sts('get_caller_identity')).Arn, new RegExp(`assumed-role/poolpass-${role}/CognitoIdentityCredentials$`));
  });
}

test('a user keeps objects', async (t) => {
  const { s3, own } = await openPage(t, bob);
  const names = ['note.txt', "tricky !'()*+,;=:@&$~ 100%.bin", 'Zoë/山田/🔥.bin'];
  for (const name of names) {
    const { ETag } = await s3('put_object', { ...own(name), Body: `all about ${name}`, Metadata: { mood: 'glad' } });
    const read = await s3('get_object', own(name));
    assert.deepEqual([read.Body, read.ETag, read.Metadata], [`all about ${name}`, ETag, { mood: 'glad' }]);
  }
  const { pages } = await s3('list_objects_v2', { Bucket, Prefix: own('').Key }, { pageSize: 2 });
  assert.deepEqual(pages.map(({ KeyCount }) => KeyCount), [2, 1]);
  assert.deepEqual(pages.flatMap(({ Contents }) => Contents.map(({ Key }) => Key)).sort(), names.map((name) => own(name).Key).sort());
  await s3('delete_object', own(names[0]));
  await assert.rejects(s3('get_object', own(names[0])), denied('AccessDenied', 403, 'AccessDenied'));
});

test('its presigned URLs work until they expire', async (t) => {
  const { s3, own } = await openPage(t, bob);
  await s3('put_object', { ...own('a b'), Body: 'by URL' });
  const { url } = await s3('get_object', own('a b'), { presigned: 60 });
  assert.match(url, /X-Amz-Algorithm=AWS4-HMAC-SHA256/);
  assert.equal(await (await fetch(url)).text(), 'by URL');
  assert.equal((await fetch(url.replace('a%20b', 'c'))).status, 403);
  await advanceClock(61);
  assert.equal((await fetch(url)).status, 403);
});

test('a guest reads what is shared and writes nothing', async (t) => {
  const { s3, dynamodb, own, owner } = await openPage(t);
  assert.match((await s3('get_object', SHARED)).Body, /^Everybody can read/);
  await assert.rejects(s3('put_object', { ...SHARED, Body: 'mine' }), denied('AccessDenied', 403, 'AccessDenied'));
  await assert.rejects(s3('put_object', { ...own('x'), Body: 'mine' }), denied('AccessDenied', 403, 'AccessDenied'));
  await assert.rejects(s3('list_buckets'), denied('AccessDenied', 403, 'AccessDenied'));
  const Item = { owner: { S: owner }, id: { S: '1' } };
  await assert.rejects(dynamodb('put_item', { TableName, Item }), denied('AccessDeniedException', 400));
  await assert.rejects(dynamodb('scan', { TableName }), denied('AccessDeniedException', 400));
});

test('a user keeps items', async (t) => {
  const { dynamodb, owner } = await openPage(t, bob);
  const items = ['1', '2', '3'].map((id) => ({ owner: { S: owner }, id: { S: id }, tags: { L: [{ S: 'Zoë 🔥' }, { N: '1.5' }, { NULL: true }] } }));
  for (const Item of items) await dynamodb('put_item', { TableName, Item });
  const question = { TableName, KeyConditionExpression: '#o = :o', ExpressionAttributeNames: { '#o': 'owner' }, ExpressionAttributeValues: { ':o': { S: owner } } };
  const { pages } = await dynamodb('query', question, { pageSize: 2 });
  assert.deepEqual(pages.flatMap(({ Items }) => Items), items);
  const Key = { owner: { S: owner }, id: { S: '1' } };
  await assert.rejects(dynamodb('delete_item', { TableName, Key, ConditionExpression: 'attribute_not_exists(id)' }), { kind: 'ConditionalCheckFailedException', status: 400 });
  await dynamodb('delete_item', { TableName, Key });
  assert.equal((await dynamodb('get_item', { TableName, Key })).Item, undefined);
});

test('another secret, and credentials that have expired, are refused', async (t) => {
  const { kit, s3, dynamodb } = await openPage(t, bob);
  const credentials = { ...(await kit.getCredentials()), secretAccessKey: 'another' };
  await assert.rejects(s3('get_object', SHARED, { credentials }), denied('SignatureDoesNotMatch', 403));
  await advanceClock(3601);
  await assert.rejects(s3('get_object', SHARED), { name: 'ExpiredToken' });
  await assert.rejects(dynamodb('list_tables'), { name: 'ExpiredTokenException' });
});

test('boto3 finds the identity that the kit has', async (t) => {
  const { kit, owner } = await openPage(t, bob);
  const { tokens } = await kit.fetchAuthSession();
  const Logins = { [`cognito-idp.${region}.amazonaws.com/${userPoolId}`]: String(tokens.idToken) };
  const identity = (operation, input) => ask({ service: 'cognito-identity', operation, input, endpoint, region });
  const { IdentityId } = await identity('get_id', { IdentityPoolId: identityPoolId, Logins });
  assert.equal(IdentityId, owner);
  const { Credentials } = await identity('get_credentials_for_identity', { IdentityId, Logins });
  const credentials = { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretKey, sessionToken: Credentials.SessionToken };
  const { Arn } = await ask({ service: 'sts', operation: 'get_caller_identity', input: {}, endpoint, region, credentials });
  assert.match(Arn, /poolpass-user/);
  await assert.rejects(identity('get_id', { IdentityPoolId: `${region}:00000000-0000-4000-8000-000000000009` }), { kind: 'ResourceNotFoundException' });
});
