// Scenario 4: DynamoDB with the credentials of the identity pool, whose policies look at the leading key.
import { ALICE, BOB } from './support/emulator.mjs';
import { fetched, servicePage } from './support/identity.mjs';
import { call } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const MINUTE_MS = 60_000;
const ENDPOINT = `${process.env.POOLPASS_ENDPOINT}/`;
const TRIALS = ['Put my item', 'Query my items', 'Delete my item', 'Put a shared item', 'Query another user’s items'];

/** Asks for an operation on the table Notes. */
function asked(page, operation, input) {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${operation}` };
  return fetched(page, ENDPOINT, { method: 'POST', headers, body: JSON.stringify({ TableName: 'Notes', ...input }) });
}

const key = (owner, id) => ({ owner: { S: owner }, id: { S: id } });
const queryOf = (owner) => ({ KeyConditionExpression: '#o = :o', ExpressionAttributeNames: { '#o': 'owner' }, ExpressionAttributeValues: { ':o': { S: owner } } });
const WELCOME = { Key: key('shared', 'welcome') };
const DENIED = { status: 400, text: expect.stringContaining('AccessDeniedException') };

async function signedIn(context, user) {
  const page = await servicePage(context, 'dynamodb');
  await call(page, 'signIn', user);
  return { page, identityId: (await call(page, 'getCredentials', {})).identityId };
}

test('the demo: a guest gets the shared item and nothing else', async ({ demo, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open('#aws');
  // Each service has its own name in a signature, on one page too.
  await demo.tries('Read the shared note', '200, allowed');
  const got = await demo.tries('Get the shared item', '200, allowed');
  await expect(got).toContainText('"S": "Welcome"');
  await expect(got).toContainText(/Signature Version 4 for dynamodb, with the temporary key ASIA\w{4}…/);
  for (const name of TRIALS) await expect(await demo.tries(name, '400, refused')).toContainText('AccessDeniedException');
});

for (const [user, shared, words] of [
  [BOB, '400, refused', 'is not authorized to perform: dynamodb:PutItem'],
  [ALICE, '200, allowed', '{}'],
]) {
  test(`the demo: ${user.username} has items of their own; only editors write shared ones`, async ({ demo, troubles }) => {
    troubles.expect(REFUSED);
    await demo.openSignedIn(user);
    await demo.show('AWS services');
    await demo.tries('Get the shared item', '200, allowed');
    await expect(await demo.tries('Put my item', '200, allowed')).toContainText(/\(PutItem\)\s+\{"Item":\{"owner":\{"S":"eu-west-1:[\w-]{36}"\}/);
    await expect(await demo.tries('Query my items', '200, allowed')).toContainText('"Count": 1');
    await demo.tries('Delete my item', '200, allowed');
    await expect(await demo.tries('Query my items', '200, allowed')).toContainText('"Count": 0');
    await expect(await demo.tries('Put a shared item', shared)).toContainText(words);
    await demo.tries('Query another user’s items', '400, refused');
  });
}

test('what is under one’s own identity is nobody else’s', async ({ browser, context, troubles }) => {
  troubles.expect(REFUSED);
  const bob = await signedIn(context, BOB);
  const item = { ...key(bob.identityId, 'Grüße 你好 🦀'), many: { N: '12345678901234567890.5' }, tags: { SS: ['a', 'b'] }, deep: { M: { list: { L: [{ NULL: true }, { BOOL: false }] } } } };
  expect(await asked(bob.page, 'PutItem', { Item: item })).toMatchObject({ status: 200 });
  expect((await asked(bob.page, 'GetItem', { Key: key(bob.identityId, 'Grüße 你好 🦀') })).body).toEqual({ Item: item });

  const elsewhere = await browser.newContext();
  const alice = await signedIn(elsewhere, ALICE);
  expect(alice.identityId).not.toBe(bob.identityId);
  for (const [operation, input] of [
    ['GetItem', { Key: key(bob.identityId, 'x') }],
    ['Query', queryOf(bob.identityId)],
    ['PutItem', { Item: key(bob.identityId, 'x') }],
    ['UpdateItem', { Key: key(bob.identityId, 'x'), UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': { N: '1' } } }],
    ['DeleteItem', { Key: key(bob.identityId, 'x') }],
    ['Scan', {}],
  ]) {
    expect(await asked(alice.page, operation, input), operation).toMatchObject(DENIED);
  }
  expect(await asked(alice.page, 'Query', queryOf('shared'))).toMatchObject({ status: 200, body: { Count: 1 } });
  await call(bob.page, 'signOut', {});
  expect(await asked(bob.page, 'GetItem', { Key: key(bob.identityId, 'Grüße 你好 🦀') })).toMatchObject(DENIED);
  expect(await asked(bob.page, 'GetItem', WELCOME)).toMatchObject({ status: 200 });
  await elsewhere.close();
});

test('a condition that fails is told, and changes nothing', async ({ context, troubles }) => {
  troubles.expect(REFUSED);
  const { page, identityId } = await signedIn(context, BOB);
  const first = { Item: { ...key(identityId, 'once'), times: { N: '1' } }, ConditionExpression: 'attribute_not_exists(id)' };
  expect(await asked(page, 'PutItem', first)).toMatchObject({ status: 200 });
  expect(await asked(page, 'PutItem', first)).toMatchObject({ status: 400, text: expect.stringContaining('ConditionalCheckFailedException') });
  const more = { Key: key(identityId, 'once'), UpdateExpression: 'ADD times :n', ExpressionAttributeValues: { ':n': { N: '2' } }, ReturnValues: 'ALL_NEW' };
  expect(await asked(page, 'UpdateItem', more)).toMatchObject({ status: 200, body: { Attributes: { times: { N: '3' } } } });
});

test('a wrong clock is corrected by DynamoDB’s refusal, and credentials that ended are renewed, in one request if need be', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await servicePage(context, 'dynamodb');
  await call(page, 'getCredentials', {});
  await page.evaluate((ms) => moveClock(ms), 20 * MINUTE_MS);
  expect(await asked(page, 'GetItem', WELCOME)).toMatchObject({ status: 200 });
  expect(await emulator.counts()).toMatchObject({ GetCredentialsForIdentity: 1 });
  await emulator.advance(61 * MINUTE_MS);
  expect(await asked(page, 'GetItem', WELCOME)).toMatchObject({ status: 200 });
  expect(await emulator.counts()).toMatchObject({ GetId: 1, GetCredentialsForIdentity: 2 });
});
