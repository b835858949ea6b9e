// auth.fetch: the right credential to the right origin, one repetition where it may help, and nothing sent elsewhere.
import { ALICE, TOKEN_LIFE_MS } from './support/emulator.mjs';
import { fetched } from './support/identity.mjs';
import { call, heard, kitPage } from './support/kit.mjs';
import { startServer } from './support/own-server.mjs';
import { expect, test } from './support/test.mjs';
import { UNREACHED } from './support/troubles.mjs';

const ENDPOINT = process.env.POOLPASS_ENDPOINT;
const ME = `${ENDPOINT}/api/http/me`;
const UNAUTHORIZED = /status of 401/;

async function signedIn(context, origins) {
  const page = await kitPage(context, { config: { origins } });
  await call(page, 'signIn', ALICE);
  return page;
}

for (const auth of ['id', 'access']) {
  test(`401 to the ${auth} token: one refresh, one repetition`, async ({ context, emulator, troubles }) => {
    troubles.expect(UNAUTHORIZED);
    const page = await signedIn(context, [{ origin: ENDPOINT, auth }]);
    await emulator.fault({ operation: '/api/http/me', kind: 'error', status: 401, message: 'Unauthorized' });
    await emulator.forgetRequests();
    expect(await fetched(page, ME, { method: 'GET' })).toMatchObject({ status: 200, body: { api: 'http' } });
    expect(await emulator.counts()).toEqual({ '/api/http/me': 2, GetTokensFromRefreshToken: 1 });
    expect(await heard(page)).toContain('tokenRefresh');
  });
}

test('a 401 that stays is the answer, after one repetition', async ({ context, emulator, troubles }) => {
  troubles.expect(UNAUTHORIZED);
  const page = await signedIn(context, [{ origin: ENDPOINT, auth: 'id' }]);
  await emulator.fault({ operation: '/api/http/me', kind: 'error', status: 401, message: 'Never', times: 5 });
  await emulator.forgetRequests();
  expect(await fetched(page, ME)).toMatchObject({ status: 401, body: { message: 'Never' } });
  expect(await emulator.counts()).toEqual({ '/api/http/me': 2, GetTokensFromRefreshToken: 1 });
  expect(await call(page, 'getCurrentUser', {})).toMatchObject({ username: 'alice' });
});

test('tokens that an API refuses at once because the keys are new are refreshed', async ({ context, emulator, troubles }) => {
  troubles.expect(UNAUTHORIZED);
  const page = await signedIn(context, [{ origin: ENDPOINT, auth: 'access' }]);
  await emulator.rollKeys();
  expect(await fetched(page, ME)).toMatchObject({ status: 200 });
});

test('expired tokens are refreshed before anything is sent, once for many requests', async ({ context, emulator }) => {
  const page = await signedIn(context, [{ origin: ENDPOINT, auth: 'id' }]);
  await emulator.advance(TOKEN_LIFE_MS);
  await emulator.forgetRequests();
  const statuses = await page.evaluate(
    async ([url, ms]) => {
      moveClock(ms);
      const replies = await Promise.all(Array.from({ length: 20 }, () => auth.fetch(url)));
      return replies.map(({ status }) => status);
    },
    [ME, TOKEN_LIFE_MS],
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await emulator.counts()).toEqual({ '/api/http/me': 20, GetTokensFromRefreshToken: 1 });
});

test('a body is sent again with the repetition; what is a stream is not', async ({ context, emulator, troubles }) => {
  troubles.expect(UNAUTHORIZED);
  const server = await startServer(({ path }, count) => ({ status: path === '/twice' && count > 1 ? 200 : 401 }));
  const page = await signedIn(context, [{ origin: server.origin, auth: 'access' }]);
  await emulator.forgetRequests();
  expect(await fetched(page, `${server.origin}/twice`, { method: 'PUT', body: 'Grüße' })).toMatchObject({ status: 200 });
  expect(server.seen.map(({ body }) => body)).toEqual(['Grüße', 'Grüße']);
  const [before, after] = server.seen.map(({ headers }) => headers.authorization);
  expect(before).toMatch(/^Bearer eyJ/);
  expect(after).not.toBe(before);
  expect(await emulator.counts()).toEqual({ GetTokensFromRefreshToken: 1 });

  // Streams go over HTTP/2 alone: the browser's network is stood in for.
  let sent = 0;
  await page.exposeFunction('count', () => {
    sent += 1;
  });
  await emulator.forgetRequests();
  const outcome = await page.evaluate(async (url) => {
    const real = window.fetch;
    window.fetch = async (request) => {
      await count();
      await request.text();
      return new Response('no', { status: 401 });
    };
    const body = new Blob(['once']).stream();
    const response = await auth.fetch(url, { method: 'PUT', body, duplex: 'half' });
    window.fetch = real;
    return { status: response.status, isUsed: body.locked };
  }, `${server.origin}/stream`);
  expect(outcome).toEqual({ status: 401, isUsed: true });
  expect(sent).toBe(1);
  expect(await emulator.counts()).toEqual({});
  await server.stop();
});

test('an origin without a rule gets nothing at all', async ({ context }) => {
  const server = await startServer(() => ({}));
  const page = await signedIn(context, [{ origin: ENDPOINT, auth: 'id' }]);
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  const near = [server.origin, ENDPOINT.replace('localhost', '127.0.0.1'), `${ENDPOINT.replace(/:\d+$/, '')}:1`, ENDPOINT.replace('localhost', 'localhost.example.com')];
  for (const url of near) {
    expect(await fetched(page, `${url}/x`), url).toMatchObject({ failed: true, isError: true, name: 'NoRuleException', code: 'no_rule' });
  }
  expect(requests).toEqual([]);
  expect(server.seen).toEqual([]);
  await server.stop();
});

test('a rule “none” sends no credential, and nobody’s token is an error before anything is sent', async ({ context }) => {
  const server = await startServer(() => ({ body: '{"a":1}' }));
  const open = await signedIn(context, [{ origin: server.origin, auth: 'none' }]);
  expect(await fetched(open, `${server.origin}/x`)).toMatchObject({ status: 200, body: { a: 1 } });
  expect(Object.keys(server.seen[0].headers).filter((name) => /^(authorization|x-amz)/.test(name))).toEqual([]);
  await call(open, 'signOut', {});
  const nobody = await kitPage(context, { config: { origins: [{ origin: server.origin, auth: 'access' }] } });
  expect(await fetched(nobody, `${server.origin}/y`)).toMatchObject({ failed: true, name: 'UserUnAuthenticatedException' });
  expect(server.seen).toHaveLength(1);
  await server.stop();
});

test('a redirect takes no credential along, be it to another origin or the same', async ({ context, troubles }) => {
  troubles.expect(UNREACHED);
  const other = await startServer(() => ({}));
  const server = await startServer(({ path }) => ({ status: 302, headers: { location: path === '/away' ? `${other.origin}/x` : '/y' } }));
  const page = await signedIn(context, [
    { origin: server.origin, auth: 'access' },
    { origin: other.origin, auth: 'id' },
  ]);
  for (const path of ['/away', '/here']) {
    expect(await fetched(page, server.origin + path), path).toMatchObject({ failed: true, name: 'TypeError' });
  }
  expect(server.seen.map(({ path }) => path)).toEqual(['/away', '/here']);
  expect(other.seen).toEqual([]);
  await Promise.all([server.stop(), other.stop()]);
});
