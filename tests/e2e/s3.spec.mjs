// Scenario 4: S3 with the credentials of the identity pool. What a role's policy says, what may stand in a key, and signed URLs.
import { createHash } from 'node:crypto';
import { ALICE, BOB } from './support/emulator.mjs';
import { fetched, servicePage } from './support/identity.mjs';
import { call } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const FORBIDDEN = /status of 403/;
const MINUTE_MS = 60_000;
const BUCKET = `${process.env.POOLPASS_ENDPOINT}/poolpass-notes`;
const WELCOME = `${BUCKET}/shared/welcome.txt`;
const TEXT = 'Everybody can read this note, editors can change it.\n';
const SIGNING = { service: 's3', region: 'eu-west-1' };

/** A page of somebody who is signed in, and the address of what is theirs alone. */
async function ownFolder(context, user) {
  const page = await servicePage(context, 's3');
  await call(page, 'signIn', user);
  const { identityId } = await call(page, 'getCredentials', {});
  return { page, prefix: `private/${identityId}/`, folder: `${BUCKET}/private/${encodeURIComponent(identityId)}/` };
}

test('the demo: a guest reads the shared note and nothing else', async ({ demo, troubles }) => {
  troubles.expect(FORBIDDEN);
  await demo.open('#aws');
  const read = await demo.tries('Read the shared note', '200, allowed');
  await expect(read).toContainText(TEXT.trim());
  await expect(read).toContainText(/Signature Version 4 for s3, with the temporary key ASIA\w{4}…/);
  await expect(await demo.tries('Write the shared note', '403, refused')).toContainText('<Code>AccessDenied</Code>');
  for (const name of ['Put my note', 'List my notes', 'Get my note', 'Delete my note', 'Get another user’s note']) await demo.tries(name, '403, refused');
});

test('the demo: a user can use only their own folder', async ({ demo, troubles }) => {
  troubles.expect(FORBIDDEN);
  await demo.openSignedIn(BOB);
  await demo.show('AWS services');
  await demo.tries('Read the shared note', '200, allowed');
  await expect(await demo.tries('Write the shared note', '403, refused')).toContainText('s3:PutObject');
  await expect(await demo.tries('Put my note', '200, allowed')).toContainText(/PUT \S+\/private\/eu-west-1%3A[\w-]{36}\/todo\.txt/);
  await expect(await demo.tries('List my notes', '200, allowed')).toContainText('/todo.txt</Key>');
  await expect(await demo.tries('Get my note', '200, allowed')).toContainText('Buy milk');
  await demo.tries('Delete my note', '204, allowed');
  await demo.tries('Get my note', '403, refused');
  await expect(await demo.tries('List my notes', '200, allowed')).toContainText('<KeyCount>0</KeyCount>');
  await demo.tries('Get another user’s note', '403, refused');
});

test('the demo: an editor changes the shared note, and a guest reads it', async ({ demo }) => {
  await demo.openSignedIn(ALICE);
  await demo.show('AWS services');
  await demo.tries('Write the shared note', '200, allowed');
  await demo.show('Users');
  await demo.button('Sign out').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  await demo.show('AWS services');
  await expect(await demo.tries('Read the shared note', '200, allowed')).toContainText('An editor has changed this note.');
});

test('the demo: a presigned URL works without the kit until it expires', async ({ context, demo, emulator, troubles }) => {
  troubles.expect(FORBIDDEN);
  await demo.open('#aws');
  await expect(await demo.tries('Use the URL again', 'Not sent')).toContainText('Presign one first');
  const signed = await demo.tries('Presign a URL and use it', '200, allowed');
  await expect(signed).toContainText(TEXT.trim());
  await expect(signed).toContainText('X-Amz-Expires=30');
  await expect(signed).toContainText('X-Amz-Signature=…');
  await demo.tries('Use the URL again', '200, allowed');
  const [tab] = await Promise.all([context.waitForEvent('page'), demo.button('Open the URL in a new tab').click()]);
  await expect(tab.getByText(TEXT.trim())).toBeVisible();
  await tab.close();
  await demo.toFront();
  await emulator.advance(31_000);
  await expect(await demo.tries('Use the URL again', '403, refused')).toContainText('Request has expired');
});

test('what is under one’s own identity is nobody else’s, not even an editor’s', async ({ browser, context, troubles }) => {
  troubles.expect(FORBIDDEN);
  const bob = await ownFolder(context, BOB);
  expect(await fetched(bob.page, `${bob.folder}a`, { method: 'PUT', body: 'Bob’s' })).toMatchObject({ status: 200 });
  const elsewhere = await browser.newContext();
  const alice = await ownFolder(elsewhere, ALICE);
  expect(alice.folder).not.toBe(bob.folder);
  for (const [path, method] of [[`${bob.folder}a`, 'GET'], [`${bob.folder}a`, 'PUT'], [`${bob.folder}a`, 'DELETE'], [`${BUCKET}?list-type=2&prefix=${bob.prefix}`, 'GET'], [`${BUCKET}?list-type=2`, 'GET']]) {
    expect(await fetched(alice.page, path, { method }), `${method} ${path}`).toMatchObject({ status: 403, text: expect.stringContaining('AccessDenied') });
  }
  expect(await fetched(bob.page, `${bob.folder}a`)).toMatchObject({ status: 200, text: 'Bob’s' });
  await call(bob.page, 'signOut', {});
  expect(await fetched(bob.page, `${bob.folder}a`)).toMatchObject({ status: 403 });
  expect(await fetched(bob.page, WELCOME)).toMatchObject({ status: 200, text: TEXT });
  await elsewhere.close();
});

for (const kind of ['bytes', 'blob', 'text']) {
  test(`900 KB of ${kind} go up and come back as they were`, async ({ context }) => {
    const { page, folder } = await ownFolder(context, BOB);
    const outcome = await page.evaluate(
      async ([url, kind]) => {
        const bytes = new Uint8Array(900_000);
        for (let at = 0; at < bytes.length; at += 50_000) crypto.getRandomValues(bytes.subarray(at, at + 50_000));
        if (kind === 'text') bytes.forEach((byte, at) => (bytes[at] = 32 + (byte % 64)));
        const body = { bytes, blob: new Blob([bytes]), text: new TextDecoder().decode(bytes) }[kind];
        const put = await auth.fetch(url, { method: 'PUT', body });
        const got = new Uint8Array(await (await auth.fetch(url, { cache: 'no-store' })).arrayBuffer());
        return { put: put.status, length: got.length, isSame: got.every((byte, at) => byte === bytes[at]) };
      },
      [`${folder}large`, kind],
    );
    expect(outcome).toEqual({ put: 200, length: 900_000, isSame: true });
  });
}

test('a body whose hash is known is not hashed again, and has to have it', async ({ context, troubles }) => {
  troubles.expect(/status of 400/);
  const { page, folder } = await ownFolder(context, BOB);
  const put = (hash) => fetched(page, `${folder}known`, { method: 'PUT', body: 'Hello', headers: { 'x-amz-content-sha256': hash } });
  const sha256 = (text) => createHash('sha256').update(text).digest('hex');
  expect(await put(sha256('Hello'))).toMatchObject({ status: 200 });
  expect(await put(sha256('hello'))).toMatchObject({ status: 400, text: expect.stringContaining('XAmzContentSHA256Mismatch') });
  // Without TLS a body that is not signed could be anybody's.
  expect(await put('UNSIGNED-PAYLOAD')).toMatchObject({ failed: true, code: 'bad_input' });
});

test('keys with blanks, !\'()*, plus and percent signs and any script', async ({ context }) => {
  const { page, prefix, folder } = await ownFolder(context, BOB);
  const names = ["a b!'()*c", 'a+b&c=d;e,f:g@h$', '100%', '%20', 'q?x=1#y', 'Grüße/你好/🦀.txt', 'ａ\u0301', '~-_.', '[x]{y}|z^`"<>\\'];
  for (const name of names) {
    const encoded = name.split('/').map(encodeURIComponent).join('/');
    const written = [encoded, encoded.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)];
    for (const path of new Set(written)) {
      const body = `of ${path}`;
      expect(await fetched(page, folder + path, { method: 'PUT', body }), path).toMatchObject({ status: 200 });
      // However it is written, it is the same key.
      for (const again of written) expect(await fetched(page, folder + again, { cache: 'no-store' }), again).toMatchObject({ status: 200, text: body });
    }
  }
  const { status, text } = await fetched(page, `${BUCKET}?list-type=2&encoding-type=url&prefix=${encodeURIComponent(prefix)}`);
  expect(status).toBe(200);
  const keys = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => decodeURIComponent(key.replace(/\+/g, ' ')));
  expect(keys.sort()).toEqual(names.map((name) => prefix + name).sort());
});

test('headers of S3’s own are signed: parts, conditions, metadata', async ({ context, troubles }) => {
  troubles.expect(/status of 412/);
  const { page, folder } = await ownFolder(context, BOB);
  const seen = await page.evaluate(async (url) => {
    const put = (headers) => auth.fetch(url, { method: 'PUT', body: '0123456789', headers });
    const first = await put({ 'if-none-match': '*', 'content-type': 'text/x-own', 'x-amz-meta-of': 'a  b' });
    const second = await put({ 'if-none-match': '*' });
    const part = await auth.fetch(url, { headers: { range: 'bytes=2-4' }, cache: 'no-store' });
    const head = await auth.fetch(url, { method: 'HEAD' });
    return { puts: [first.status, second.status], part: [part.status, await part.text()], head: [head.status, head.headers.get('content-type')] };
  }, `${folder}x`);
  expect(seen).toEqual({ puts: [200, 412], part: [206, '234'], head: [200, 'text/x-own'] });
});

test('a presigned URL is good for one method, one key and its time, in any program', async ({ context, emulator, troubles }) => {
  troubles.expect(FORBIDDEN);
  const { page, folder } = await ownFolder(context, BOB);
  const key = `${folder}${encodeURIComponent("it's (new)* ü")}`;
  const presign = (url, method) => page.evaluate(([request, options]) => auth.presign(request, options), [{ url, method }, { ...SIGNING, expiresIn: 60 }]);
  const [put, get] = [await presign(key, 'PUT'), await presign(key, 'GET')];
  const ask = async (url, method = 'GET', body) => {
    const response = await fetch(url, { method, body });
    return [response.status, await response.text()];
  };
  expect((await ask(put, 'PUT', 'from outside'))[0]).toBe(200);
  expect(await ask(get)).toEqual([200, 'from outside']);
  expect(await page.evaluate(async (url) => (await fetch(url, { cache: 'no-store' })).text(), get)).toBe('from outside');
  for (const [url, method] of [[get, 'PUT'], [get, 'DELETE'], [put, 'GET'], [get.replace('new', 'old'), 'GET'], [`${get}&response-content-type=text/x`, 'GET'], [get.split('?')[0], 'GET']]) {
    expect((await ask(url, method))[0], `${method} ${url}`).toBe(403);
  }
  await emulator.advance(61_000);
  expect(await ask(get)).toEqual([403, expect.stringContaining('Request has expired')]);
  expect(await page.evaluate(async (url) => (await fetch(url, { cache: 'no-store' })).status, get)).toBe(403);
});

test('a wrong clock is corrected by S3’s refusal, and credentials that ended are renewed, in one request if need be', async ({ context, emulator, troubles }) => {
  troubles.expect(FORBIDDEN, REFUSED);
  const page = await servicePage(context, 's3');
  await call(page, 'getCredentials', {});
  await page.evaluate((ms) => moveClock(ms), 20 * MINUTE_MS);
  expect(await fetched(page, WELCOME, { cache: 'no-store' })).toMatchObject({ status: 200, text: TEXT });
  expect(await emulator.counts()).toMatchObject({ GetCredentialsForIdentity: 1 });
  await emulator.advance(61 * MINUTE_MS);
  expect(await fetched(page, WELCOME, { cache: 'no-store' })).toMatchObject({ status: 200, text: TEXT });
  expect(await emulator.counts()).toMatchObject({ GetId: 1, GetCredentialsForIdentity: 2 });
});
