// The AWS SDK for JavaScript v3's S3 client with the kit's credentials.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import {
  AccessDenied, CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListBucketsCommand, PutObjectCommand,
  S3Client, S3ServiceException, paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { connected } from './administrator.mjs';
import { advanceClock, alice, bob, reset } from './emulator.mjs';
import { openKit } from './kit.mjs';

beforeEach(reset);

const Bucket = 'poolpass-notes';
const SHARED = { Bucket, Key: 'shared/welcome.txt' };
const DENIED = { kind: AccessDenied, name: 'AccessDenied', fault: 'client', status: 403 };

/** A page with an S3 client, where somebody is signed in or a guest is. */
async function openPage(t, user) {
  const kit = await openKit(t, { user });
  const s3 = connected(t, S3Client, kit, { forcePathStyle: true });
  const { identityId } = await kit.getCredentials();
  return { s3, own: (name) => ({ Bucket, Key: `private/${identityId}/${name}` }) };
}

const textOf = async (s3, place) => (await s3.send(new GetObjectCommand(place))).Body.transformToString();

/** What the SDK throws: a class of its own, with the service's name of the error. */
async function refused(work, { kind = S3ServiceException, ...expected }) {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof kind, error.stack);
    assert.deepEqual({ name: error.name, fault: error.$fault, status: error.$metadata.httpStatusCode }, expected);
    assert.ok(error.$metadata.requestId);
    return true;
  });
}

test('a user keeps objects', async (t) => {
  const { s3, own } = await openPage(t, bob);
  const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index * index);
  const names = ['note.txt', "tricky !'()*+,;=:@&$~ 100%.bin", 'Zoë/山田/🔥.bin', 'a//b/../c/./d'];
  for (const name of names) {
    const { ETag, ChecksumCRC32 } = await s3.send(new PutObjectCommand({ ...own(name), Body: bytes, ContentType: 'application/x-note', Metadata: { author: 'bob', mood: 'quite  glad' } }));
    const read = await s3.send(new GetObjectCommand({ ...own(name), ChecksumMode: 'ENABLED' }));
    assert.deepEqual(await read.Body.transformToByteArray(), bytes, name);
    assert.deepEqual([read.ETag, read.ChecksumCRC32, read.ContentType], [ETag, ChecksumCRC32, 'application/x-note']);
    assert.equal(read.Metadata.author, 'bob');
  }
  const { ContentLength } = await s3.send(new HeadObjectCommand(own(names[1])));
  assert.equal(ContentLength, bytes.length);
  const part = await s3.send(new GetObjectCommand({ ...own(names[2]), Range: 'bytes=10-19' }));
  assert.deepEqual(await part.Body.transformToByteArray(), bytes.slice(10, 20));

  const found = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket, Prefix: own('').Key })) {
    assert.ok(page.Contents.length <= 2);
    found.push(...page.Contents.map(({ Key }) => Key));
  }
  assert.deepEqual(found, names.map((name) => own(name).Key).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));

  await s3.send(new DeleteObjectCommand(own(names[0])));
  await refused(s3.send(new GetObjectCommand(own(names[0]))), DENIED); // as at AWS: who may not list is not told what is missing
});

test('conditions are met or refused', async (t) => {
  const { s3, own } = await openPage(t, bob);
  const { ETag } = await s3.send(new PutObjectCommand({ ...own('a'), Body: 'one', IfNoneMatch: '*' }));
  const failed = { name: 'PreconditionFailed', fault: 'client', status: 412 };
  await refused(s3.send(new PutObjectCommand({ ...own('a'), Body: 'two', IfNoneMatch: '*' })), failed);
  await s3.send(new PutObjectCommand({ ...own('a'), Body: 'two', IfMatch: ETag }));
  await refused(s3.send(new PutObjectCommand({ ...own('a'), Body: 'three', IfMatch: ETag })), failed);
  assert.equal(await textOf(s3, own('a')), 'two');
});

test('a guest reads what is shared and writes nothing', async (t) => {
  const { s3, own } = await openPage(t);
  assert.match(await textOf(s3, SHARED), /^Everybody can read/);
  for (const place of [SHARED, own('note.txt'), { Bucket, Key: 'shared/another' }]) {
    await refused(s3.send(new PutObjectCommand({ ...place, Body: 'mine' })), DENIED);
  }
  await refused(s3.send(new DeleteObjectCommand(SHARED)), DENIED);
  await refused(s3.send(new ListBucketsCommand()), DENIED);
});

test('nobody reads what is somebody else’s; editors write what is shared', async (t) => {
  const [first, second, editor] = [await openPage(t, bob), await openPage(t), await openPage(t, alice)];
  await first.s3.send(new PutObjectCommand({ ...first.own('diary'), Body: 'secret' }));
  for (const { s3 } of [second, editor]) await refused(s3.send(new GetObjectCommand(first.own('diary'))), DENIED);
  await refused(first.s3.send(new PutObjectCommand({ ...SHARED, Body: 'bob was here' })), DENIED);
  await editor.s3.send(new PutObjectCommand({ ...SHARED, Body: 'alice was here' }));
  assert.equal(await textOf(second.s3, SHARED), 'alice was here');
});

test('its presigned URLs work for whoever has them, until they expire', async (t) => {
  const { s3, own } = await openPage(t, bob);
  const put = await getSignedUrl(s3, new PutObjectCommand(own('é (1).txt')), { expiresIn: 60 });
  assert.equal((await fetch(put, { method: 'PUT', body: 'by URL' })).status, 200);
  const get = await getSignedUrl(s3, new GetObjectCommand(own('é (1).txt')), { expiresIn: 60 });
  assert.equal(await (await fetch(get)).text(), 'by URL');

  const codeOf = async (url) => /<Code>(\w+)/.exec(await (await fetch(url)).text())?.[1];
  assert.equal(await codeOf(get.replace('(1)', '(2)').replace('%281%29', '%282%29')), 'SignatureDoesNotMatch');
  assert.equal(await codeOf(get.replace('X-Amz-Expires=60', 'X-Amz-Expires=600')), 'SignatureDoesNotMatch');
  await advanceClock(61);
  assert.equal(await codeOf(get), 'AccessDenied');
});

test('what the emulator does not have is refused by name', async (t) => {
  const { s3, own } = await openPage(t, bob);
  const copy = new CopyObjectCommand({ ...own('copy'), CopySource: `${Bucket}/${SHARED.Key}` });
  await refused(s3.send(copy), { name: 'NotImplemented', fault: 'server', status: 501 });
});
