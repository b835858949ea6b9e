// What is signed: over time, with the wrong clock, and what a signed URL is good for.
import { BOB } from './support/emulator.mjs';
import { SHARED, awsPage, fetched } from './support/identity.mjs';
import { call } from './support/kit.mjs';
import { startServer } from './support/own-server.mjs';
import { expect, test } from './support/test.mjs';

const FORBIDDEN = /status of 403/;
const MINUTE_MS = 60_000;
const IAM = '/api/iam/notes/shared';

test('a page whose clock is wrong from the beginning signs by the server’s', async ({ context, emulator }) => {
  for (const ms of [-3 * 60 * MINUTE_MS, 26 * 60 * MINUTE_MS]) {
    const page = await awsPage(context);
    await page.evaluate((ms) => moveClock(ms), ms);
    expect(await fetched(page, SHARED)).toMatchObject({ status: 200 });
    await page.evaluate(() => localStorage.clear());
    await page.close();
  }
  expect((await emulator.counts())[IAM]).toBe(2);
});

test('a clock that goes wrong later is corrected once, by the refusal', async ({ context, emulator, troubles }) => {
  troubles.expect(FORBIDDEN);
  const page = await awsPage(context);
  await call(page, 'getCredentials', {});
  await page.evaluate((ms) => moveClock(ms), 20 * MINUTE_MS);
  expect(await fetched(page, SHARED)).toMatchObject({ status: 200 });
  expect((await emulator.counts())[IAM]).toBe(2);
  expect(await fetched(page, SHARED)).toMatchObject({ status: 200 });
  expect((await emulator.counts())[IAM]).toBe(3);
  expect(await emulator.counts()).toMatchObject({ GetCredentialsForIdentity: 1 });
});

test('a service that lies about the time is believed for itself alone', async ({ context, emulator, troubles }) => {
  troubles.expect(FORBIDDEN);
  const liar = await startServer(() => ({
    status: 403,
    headers: { date: 'Tue, 01 Jan 2030 00:00:00 GMT', 'access-control-expose-headers': 'date' },
    body: '<Error><Code>RequestTimeTooSkewed</Code></Error>',
  }));
  const rule = { auth: 'iam', service: 'execute-api', region: 'eu-west-1' };
  const origins = [{ ...rule, origin: liar.origin }, { ...rule, origin: new URL(SHARED).origin }];
  const page = await awsPage(context, { config: { origins } });
  expect(await fetched(page, `${liar.origin}/x`)).toMatchObject({ status: 403 });
  expect(liar.seen.map(({ headers }) => headers['x-amz-date'].slice(0, 4) === '2030')).toEqual([false, true]);
  expect(await fetched(page, SHARED)).toMatchObject({ status: 200 });
  expect((await emulator.counts())[IAM]).toBe(1);
  await liar.stop();
});

test('a refusal for the time that stays is the answer, after one repetition', async ({ context, emulator, troubles }) => {
  troubles.expect(FORBIDDEN);
  const page = await awsPage(context);
  await call(page, 'getCredentials', {});
  await emulator.fault({ operation: IAM, kind: 'error', status: 403, message: 'Signature expired: it is now earlier', times: 9 });
  expect(await fetched(page, SHARED)).toMatchObject({ status: 403 });
  expect((await emulator.counts())[IAM]).toBe(2);
});

test('a refusal for want of the right is not repeated', async ({ context, emulator, troubles }) => {
  troubles.expect(FORBIDDEN);
  const page = await awsPage(context);
  expect(await fetched(page, SHARED, { method: 'PUT', body: 'x' })).toMatchObject({ status: 403, body: { message: expect.stringContaining('is not authorized') } });
  expect((await emulator.counts())[IAM]).toBe(1);
});

test('credentials that expired early for the server are renewed, once', async ({ context, emulator, troubles }) => {
  troubles.expect(FORBIDDEN);
  const page = await awsPage(context);
  await call(page, 'getCredentials', {});
  await emulator.advance(61 * MINUTE_MS);
  expect(await fetched(page, SHARED)).toMatchObject({ status: 200 });
  expect(await emulator.counts()).toMatchObject({ GetId: 1, GetCredentialsForIdentity: 2 });
});

test('bodies of any kind and difficult addresses are signed as they are sent', async ({ context }) => {
  const page = await awsPage(context);
  await call(page, 'signIn', BOB);
  const { identityId } = await call(page, 'getCredentials', {});
  const own = SHARED.replace('shared', encodeURIComponent(identityId));
  const statuses = await page.evaluate(async (own) => {
    const form = new FormData();
    form.set('note', new Blob([new Uint8Array(70_000).fill(7)]), 'näme.bin');
    const bodies = ['', 'Grüße 你好', new Uint8Array([0, 255, 1]), new Blob(['b'.repeat(300_000)]), new URLSearchParams({ 'a b': 'ü&=' }), form];
    const queries = ['', '?b=2&a=1&a=0', "?q=!'()*~ +&%E4%BD%A0", '?empty=&flag', '?x=%2F%20%2B'];
    const statuses = [];
    for (const body of bodies) statuses.push((await auth.fetch(own, { method: 'PUT', body })).status);
    for (const query of queries) statuses.push((await auth.fetch(own + query)).status);
    statuses.push((await auth.fetch(new Request(own, { method: 'POST', body: 'a request', headers: { 'x-own': '  a   b ' } }))).status);
    return statuses;
  }, own);
  expect(statuses).toEqual(Array(12).fill(200));
});

test('a URL is signed as this browser sends it, by fetch and by sign', async ({ context, troubles }) => {
  troubles.expect(FORBIDDEN);
  const page = await awsPage(context);
  const options = { service: 'execute-api', region: 'eu-west-1' };
  const queries = ['?q=a+b', '?q=a b', '?q=Zoë', '?q={id}|^`', '?q=a\\b', '?q=\'"<>', '?q=a\tb', '?=x', '?q=%zz', '#fragment'];
  const answers = await page.evaluate(
    async ([shared, queries, options]) => {
      const answers = [];
      for (const query of queries) {
        const url = shared + query;
        const sent = [await auth.fetch(url), await auth.fetch(new Request(url)), await fetch(url, { headers: await auth.sign({ url }, options) }), await fetch(await auth.presign(url, options))];
        answers.push(await Promise.all(sent.map(async (answer) => [answer.status, (await answer.json()).query?.q])));
      }
      // Who has no right to a path is refused for the right, and not for the signature.
      for (const path of ['/a b', '/Citroën', '/{id}', '/a|b^c`', '/a+b', '\\shared']) {
        const url = shared.replace('/shared', path);
        for (const answer of [await auth.fetch(url), await fetch(url, { headers: await auth.sign({ url }, options) })]) {
          answers.push(/signature/i.test(await answer.text()) ? path : 'signed');
        }
      }
      return answers;
    },
    [SHARED, queries, options],
  );
  for (const answer of answers.slice(0, queries.length)) {
    expect(new Set(answer.map(String)).size, String(answer)).toBe(1);
    expect(answer[0][0]).toBe(200);
  }
  expect(answers[0][0]).toEqual([200, 'a b']);
  expect(new Set(answers.slice(queries.length))).toEqual(new Set(['signed']));
});

test('a signed URL is good for its time, for what was signed, and while the credentials are', async ({ context, emulator, troubles }) => {
  troubles.expect(FORBIDDEN);
  const page = await awsPage(context);
  const options = { service: 'execute-api', region: 'eu-west-1' };
  const presign = (expiresIn) => page.evaluate(([url, options]) => auth.presign(url, options), [SHARED, { ...options, expiresIn }]);
  const get = async (url, method = 'GET') => (await fetch(url, { method })).status;
  const short = await presign(60);
  const long = await presign(604_800);
  expect([await get(short), await get(long)]).toEqual([200, 200]);
  expect([await get(short, 'PUT'), await get(`${short}&more=1`), await get(short.replace('shared', 'Shared'))]).toEqual([403, 403, 403]);
  await emulator.advance(61_000);
  expect([await get(short), await get(long)]).toEqual([403, 200]);
  await emulator.advance(60 * MINUTE_MS);
  expect(await get(long)).toBe(403);
  for (const expiresIn of [0, -1, 1.5, 604_801]) {
    const error = await page.evaluate(([url, options]) => auth.presign(url, options).catch(plain), [SHARED, { ...options, expiresIn }]);
    expect(error, String(expiresIn)).toMatchObject({ failed: true, code: 'bad_input' });
  }
});

test('service and region are never guessed', async ({ context, emulator }) => {
  const page = await awsPage(context, { config: { origins: [] } });
  const tried = (options) => page.evaluate(([url, options]) => auth.sign({ url }, options).catch(plain), [SHARED, options]);
  for (const options of [{}, { service: 'execute-api' }, { region: 'eu-west-1' }]) {
    expect(await tried(options)).toMatchObject({ failed: true, code: 'bad_input' });
  }
  expect(await emulator.counts()).toEqual({});
  expect(await tried({ service: 'execute-api', region: 'eu-west-1' })).toMatchObject({ authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 /) });
});
