// The AWS SDK for JavaScript v3's DynamoDB client, plain and with documents, with the kit's credentials.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import {
  ConditionalCheckFailedException, DynamoDB, DynamoDBServiceException, ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { connected } from './administrator.mjs';
import { alice, bob, reset } from './emulator.mjs';
import { openKit } from './kit.mjs';

beforeEach(reset);

const TableName = 'Notes';
const SHARED = { TableName, Key: { owner: 'shared', id: 'welcome' } };

/** A page with a DynamoDB client, where somebody is signed in or a guest is. */
async function openPage(t, user) {
  const kit = await openKit(t, { user });
  const client = connected(t, DynamoDB, kit);
  const { identityId: owner } = await kit.getCredentials();
  return { client, documents: DynamoDBDocument.from(client), owner };
}

/** What the SDK throws for a right that is missing. It has no class for it. */
async function denied(work) {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof DynamoDBServiceException, error.stack);
    assert.deepEqual([error.name, error.$fault, error.$metadata.httpStatusCode], ['AccessDeniedException', 'client', 400]);
    assert.match(error.message, /is not authorized to perform: dynamodb:\w+ on resource: arn:aws:dynamodb:eu-west-1:\d+:table\/Notes/);
    return true;
  });
}

test('a user keeps items of every type', async (t) => {
  const { client, owner } = await openPage(t, bob);
  const Item = {
    owner: { S: owner }, id: { S: 'Zoë/山田/🔥' }, number: { N: '-12345678901234567890.123456789' }, bytes: { B: Uint8Array.of(0, 255, 7) },
    flag: { BOOL: false }, nothing: { NULL: true }, list: { L: [{ S: '' }, { N: '1' }] }, map: { M: { 'a.b': { S: 'c' } } },
    strings: { SS: ['a', 'b'] }, numbers: { NS: ['1', '2.5'] }, blobs: { BS: [Uint8Array.of(1)] },
  };
  await client.putItem({ TableName, Item });
  const Key = { owner: Item.owner, id: Item.id };
  const read = await client.getItem({ TableName, Key });
  const sorted = ({ strings, numbers, ...rest }) => ({ ...rest, strings: strings.SS.toSorted(), numbers: numbers.NS.toSorted() });
  assert.deepEqual(sorted(read.Item), sorted(Item));
  const { Attributes } = await client.deleteItem({ TableName, Key, ReturnValues: 'ALL_OLD' });
  assert.deepEqual(sorted(Attributes), sorted(Item));
  assert.equal((await client.getItem({ TableName, Key })).Item, undefined);
});

test('a user keeps documents, page by page', async (t) => {
  const { documents, owner } = await openPage(t, bob);
  const notes = Array.from({ length: 7 }, (_, index) => ({ owner, id: `note-${index}`, tags: ['a', String(index)], size: index * 10 }));
  for (const Item of notes) await documents.put({ TableName, Item });
  const found = [];
  const question = { TableName, KeyConditionExpression: '#o = :o AND begins_with(id, :p)', ExpressionAttributeNames: { '#o': 'owner' }, ExpressionAttributeValues: { ':o': owner, ':p': 'note-' } };
  for await (const page of paginateQuery({ client: documents, pageSize: 3 }, { ...question })) {
    assert.ok(page.Items.length <= 3);
    found.push(...page.Items);
  }
  assert.deepEqual(found, notes);

  const large = await documents.query({
    ...question, FilterExpression: 'size >= :s', ExpressionAttributeValues: { ...question.ExpressionAttributeValues, ':s': 50 }, ScanIndexForward: false,
  }).catch((error) => error);
  assert.equal(large.name, 'ValidationException'); // `size` is a function's name
  const { Items, ScannedCount } = await documents.query({
    ...question, FilterExpression: '#s >= :s', ScanIndexForward: false,
    ExpressionAttributeNames: { ...question.ExpressionAttributeNames, '#s': 'size' },
    ExpressionAttributeValues: { ...question.ExpressionAttributeValues, ':s': 50 },
  });
  assert.deepEqual([Items, ScannedCount], [[notes[6], notes[5]], 7]);

  const { Attributes } = await documents.update({
    TableName, Key: { owner, id: 'note-1' }, UpdateExpression: 'SET #s = #s + :n', ExpressionAttributeNames: { '#s': 'size' },
    ExpressionAttributeValues: { ':n': 5 }, ReturnValues: 'UPDATED_NEW',
  });
  assert.deepEqual(Attributes, { size: 15 });
});

test('conditions that fail, and tables that are not there, are the SDK’s own classes', async (t) => {
  const { documents, owner } = await openPage(t, bob);
  const once = { TableName, Item: { owner, id: 'once' }, ConditionExpression: 'attribute_not_exists(id)' };
  await documents.put(once);
  await assert.rejects(documents.put(once), ConditionalCheckFailedException);
  const lost = (work) => assert.rejects(work, (error) => error instanceof ResourceNotFoundException || error.name === 'AccessDeniedException');
  await lost(documents.get({ TableName: 'NoSuchTable', Key: { owner, id: 'once' } }));
});

test('a guest reads what is shared and writes nothing', async (t) => {
  const { documents, owner } = await openPage(t);
  const { Item } = await documents.get(SHARED);
  assert.equal(Item.title, 'Welcome');
  const { Items } = await documents.query({ TableName, KeyConditionExpression: '#o = :o', ExpressionAttributeNames: { '#o': 'owner' }, ExpressionAttributeValues: { ':o': 'shared' } });
  assert.deepEqual(Items, [Item]);
  await denied(documents.put({ TableName, Item: { ...Item, content: 'mine' } }));
  await denied(documents.put({ TableName, Item: { owner, id: 'mine' } }));
  await denied(documents.delete(SHARED));
  await denied(documents.scan({ TableName }));
});

test('nobody reads what is somebody else’s; editors write what is shared', async (t) => {
  const [first, editor, guest] = [await openPage(t, bob), await openPage(t, alice), await openPage(t)];
  const diary = { owner: first.owner, id: 'diary' };
  await first.documents.put({ TableName, Item: { ...diary, text: 'secret' } });
  for (const { documents } of [editor, guest]) await denied(documents.get({ TableName, Key: diary }));
  await denied(first.documents.delete(SHARED));
  await denied(first.documents.scan({ TableName }));
  const Item = { ...SHARED.Key, content: 'alice was here' };
  await editor.documents.put({ TableName, Item });
  assert.deepEqual((await guest.documents.get(SHARED)).Item, Item);
});
