// The kit at moto, which checks signatures and rights by itself: its credentials (basic flow), S3 and DynamoDB.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { MemoryStorage } from './memory_storage.mjs';
import { packageFolder } from './package_folder.mjs';
import { script } from './python.mjs';
import { encoded } from './random_requests.mjs';

const { createAuth } = await import(new URL('index.js', packageFolder));
const { endpoint, region, bucket, table, roleArn, identityPoolId } = await script({ after }, 'moto_server.py')({});
const NAMES = ['plain.txt', "tricky !'()*+,;=:@&$~ 100%.bin", 'Zoë/山田/🔥', 'a//b', 'a=b&c=d', '.hidden'];
// moto takes a path as it comes, where S3 itself would encode the letters that are not.
const urlOf = (name) => `${endpoint}/${bucket}/${encoded(name).replaceAll('%2F', '/')}`;

/** A guest's page. */
async function openPage(t, storage) {
  const kit = await createAuth({
    identityPool: { identityPoolId, allowGuestAccess: true, basicFlow: { authenticatedRoleArn: roleArn, guestRoleArn: roleArn } },
    origins: [{ origin: endpoint, auth: 'iam', service: 's3', region }],
    endpoint,
    storage,
  });
  t.after(() => kit.dispose());
  return kit;
}

const storage = new MemoryStorage();
const kit = await openPage({ after }, storage);
await kit.getCredentials();
// From here on every request needs a signature and a right.
await fetch(`${endpoint}/moto-api/reset-auth`, { method: 'POST', body: '0' });

const codeOf = (text) => (/<Code>(\w+)<\/Code>/.exec(text) ?? /"__type": ?"(?:[\w.]+#)?(\w+)"/.exec(text))?.[1];

/** moto refuses a request, by this code. */
async function refused(response, code, expected = 403) {
  const { status, text } = await response.then(async (it) => ({ status: it.status, text: await it.text() }));
  assert.deepEqual([status, codeOf(text)], [expected, code], text);
}

/** Sends a request as it is, with the headers that `sign` gives. */
async function send(request, options, { url = request.url, body = request.body, headers = {}, signer = kit } = {}) {
  const signed = await signer.sign(request, options);
  return fetch(url, { method: request.method, body, headers: { ...request.headers, ...signed, ...headers } });
}

const S3 = { service: 's3', region };
const DYNAMODB = { service: 'dynamodb', region };
const operation = (name, input) => ({
  url: `${endpoint}/`,
  method: 'POST',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${name}` },
  body: JSON.stringify({ TableName: table, ...input }),
});

test('S3 accepts what auth.fetch signs', async () => {
  for (const name of NAMES) {
    const put = await kit.fetch(urlOf(name), { method: 'PUT', body: `all about ${name}`, headers: { 'x-amz-meta-mood': ' quite   glad ' } });
    assert.equal(put.status, 200, `${name}: ${await put.text()}`);
    const got = await kit.fetch(urlOf(name));
    assert.equal(await got.text(), `all about ${name}`);
  }
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index * index);
  assert.equal((await kit.fetch(urlOf('bytes'), { method: 'PUT', body: bytes })).status, 200);
  assert.deepEqual(new Uint8Array(await (await kit.fetch(urlOf('bytes'))).arrayBuffer()), bytes);
});

test('S3 accepts what sign gives, with queries in any order', async () => {
  for (const query of ['list-type=2&prefix=a', 'prefix=Zo%C3%AB%2F&list-type=2&max-keys=7', 'list-type=2&delimiter=%2F&prefix=', 'prefix=a%20b&list-type=2']) {
    const response = await send({ url: `${endpoint}/${bucket}?${query}` }, S3);
    assert.equal(response.status, 200, `${query}: ${await response.text()}`);
  }
});

test('DynamoDB accepts what sign gives', async () => {
  const Item = { owner: { S: 'Zoë/山田/🔥' }, id: { S: '1' }, text: { S: '"quoted" \n' } };
  assert.equal((await send(operation('PutItem', { Item }), DYNAMODB)).status, 200);
  const read = await send(operation('GetItem', { Key: { owner: Item.owner, id: Item.id } }), DYNAMODB);
  assert.deepEqual((await read.json()).Item, Item);
  const found = await send(operation('Query', {
    KeyConditionExpression: '#o = :o', ExpressionAttributeNames: { '#o': 'owner' }, ExpressionAttributeValues: { ':o': Item.owner },
  }), DYNAMODB);
  assert.deepEqual((await found.json()).Items, [Item]);
});

test('it refuses what was changed on the way', async () => {
  const get = { url: urlOf('plain.txt') };
  await refused(send(get, S3, { url: urlOf('.hidden') }), 'SignatureDoesNotMatch');
  await refused(send(get, S3, { url: `${get.url}?versionId=1` }), 'SignatureDoesNotMatch');
  const put = { url: urlOf('new'), method: 'PUT', headers: { 'x-amz-meta-mood': 'glad' }, body: 'x' };
  await refused(send(put, S3, { headers: { 'x-amz-meta-mood': 'sad' } }), 'SignatureDoesNotMatch');
  const write = operation('PutItem', { Item: { owner: { S: 'a' }, id: { S: '1' } } });
  await refused(send(write, DYNAMODB, { body: write.body.replace('"a"', '"b"') }), 'SignatureDoesNotMatch');
  await refused(send({ ...write, headers: { ...write.headers, 'x-amz-target': 'DynamoDB_20120810.GetItem' } }, DYNAMODB, { headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem' } }), 'SignatureDoesNotMatch');
});

test('it refuses another secret and another session’s token', async (t) => {
  const forged = new MemoryStorage();
  for (const key of storage.keys()) forged.setItem(key, storage.getItem(key).replace(/("secretAccessKey":")./, '$1!'));
  const forger = await openPage(t, forged);
  assert.equal((await forger.getCredentials()).accessKeyId, (await kit.getCredentials()).accessKeyId);
  await refused(forger.fetch(urlOf('plain.txt')), 'SignatureDoesNotMatch');

  const get = { url: urlOf('plain.txt') };
  await refused(send(get, S3, { headers: { 'x-amz-security-token': 'another' } }), 'InvalidToken', 400);
});

test('it knows whose rights these are', async () => {
  assert.equal((await kit.fetch(urlOf('plain.txt'))).status, 200);
  await refused(kit.fetch(urlOf('plain.txt'), { method: 'DELETE' }), 'AccessDenied');
  await refused(send(operation('Scan', {}), DYNAMODB), 'AccessDenied');
});
