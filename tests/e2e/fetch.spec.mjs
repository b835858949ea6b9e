// auth.fetch: the right credential to the right origin, one repetition where it may help, and nothing sent elsewhere.
import { ALICE, TOKEN_LIFE_MS } from './support/emulator.mjs';
import { awsPage, fetched } from './support/identity.mjs';
import { call, heard, kitPage } from './support/kit.mjs';
import { startServer } from './support/own-server.mjs';
import { requestsOf } from './support/requests.mjs';
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
  const requests = requestsOf(page);
  const near = [server.origin, ENDPOINT.replace('localhost', '127.0.0.1'), `${ENDPOINT.replace(/:\d+$/, '')}:1`, ENDPOINT.replace('localhost', 'localhost.example.com')];
  for (const url of near) {
    expect(await fetched(page, `${url}/x`), url).toMatchObject({ failed: true, isError: true, name: 'OriginNotAllowedException', code: 'origin_not_allowed' });
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

/** A rule by which requests to a server of the test's are signed. */
const signed = (origin) => ({ origin, auth: 'iam', service: 'execute-api', region: 'eu-west-1' });
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The statuses of many calls, at once or one after the other. */
function statusesOf(page, url, count, areAtOnce) {
  return page.evaluate(
    async ([url, count, areAtOnce]) => {
      const statuses = [];
      const call = async () => statuses.push((await auth.fetch(url)).status);
      if (areAtOnce) await Promise.all(Array.from({ length: count }, call));
      else for (let each = 0; each < count; each += 1) await call();
      return [...new Set(statuses)];
    },
    [url, count, areAtOnce],
  );
}

for (const { auth, header, refusal, operation } of [
  { auth: 'access', header: 'authorization', refusal: { status: 401 }, operation: 'GetTokensFromRefreshToken' },
  { auth: 'iam', header: 'x-amz-security-token', refusal: { status: 403, body: '<Code>ExpiredToken</Code>' }, operation: 'GetCredentialsForIdentity' },
]) {
  const open = async (context, answer) => {
    const server = await startServer(answer);
    const page = await awsPage(context, { config: { origins: [auth === 'iam' ? signed(server.origin) : { origin: server.origin, auth }] } });
    await call(page, 'signIn', ALICE);
    if (auth === 'iam') await call(page, 'getCredentials', {});
    return { server, page };
  };

  test(`a hundred calls at once whose ${auth} credential is refused cause one renewal`, async ({ context, emulator, troubles }) => {
    troubles.expect(UNAUTHORIZED, /status of 403/);
    let first;
    const { server, page } = await open(context, async ({ headers }, count) => {
      first ??= headers[header];
      await pause((count % 12) * 10); // some answers come long after the renewal
      return headers[header] === first ? refusal : {};
    });
    await emulator.forgetRequests();
    expect(await statusesOf(page, `${server.origin}/x`, 100, true)).toEqual([200]);
    expect(await emulator.counts()).toEqual({ [operation]: 1 });
    await server.stop();
  });

  test(`an API that always refuses the ${auth} credential causes one renewal`, async ({ context, emulator, troubles }) => {
    troubles.expect(UNAUTHORIZED, /status of 403/);
    const { server, page } = await open(context, () => refusal);
    await emulator.forgetRequests();
    expect(await statusesOf(page, `${server.origin}/x`, 50, false)).toEqual([refusal.status]);
    expect(await emulator.counts()).toEqual({ [operation]: 1 });
    expect(server.seen).toHaveLength(51);
    await server.stop();
  });

  test(`the app gets its ${refusal.status} where the ${auth} credential cannot be renewed`, async ({ context, emulator, troubles }) => {
    troubles.expect(UNAUTHORIZED, /status of 403/, UNREACHED);
    const { server, page } = await open(context, () => ({ body: 'refused', ...refusal }));
    await emulator.fault({ operation, kind: 'dropBefore', times: 20 });
    expect(await fetched(page, `${server.origin}/x`)).toMatchObject({ status: refusal.status, text: refusal.body ?? 'refused' });
    expect(server.seen).toHaveLength(1);
    expect(await call(page, 'getCurrentUser', {})).toMatchObject({ username: 'alice' });
    await server.stop();
  });
}

test('the app gets its 401 where the session has ended', async ({ context, emulator, troubles }) => {
  troubles.expect(UNAUTHORIZED, /status of 400/);
  const server = await startServer(() => ({ status: 401, body: 'refused' }));
  const page = await signedIn(context, [{ origin: server.origin, auth: 'access' }]);
  const revoked = { name: 'NotAuthorizedException', message: 'Refresh Token has been revoked' };
  await emulator.fault({ operation: 'GetTokensFromRefreshToken', kind: 'error', status: 400, type: revoked.name, message: revoked.message });
  expect(await fetched(page, `${server.origin}/x`)).toMatchObject({ status: 401, text: 'refused' });
  expect(await heard(page)).toContain('signedOut');
  expect(await fetched(page, `${server.origin}/x`)).toMatchObject({ failed: true, code: 'signed_out' });
  await server.stop();
});

for (const { title, body, status, calls } of [
  { title: 'is given through', body: '<Error><Message>wait', status: 403, calls: 1 },
  { title: 'is read as far as it goes', body: '<Error><Code>ExpiredToken</Code>', status: 200, calls: 2 },
]) {
  test(`a refusal whose body never ends ${title}`, async ({ context, troubles }) => {
    troubles.expect(/status of 403/);
    const server = await startServer((_, count) => (count === 1 ? { status: 403, body, isEndless: true } : {}));
    const page = await awsPage(context, { config: { origins: [signed(server.origin)] } });
    await page.clock.install();
    await page.evaluate((url) => {
      window.outcome = undefined;
      // Chromium's cache would ask twice for what did not end.
      auth.fetch(url, { cache: 'no-store' }).then((response) => (window.outcome = response), (error) => (window.outcome = error));
    }, `${server.origin}/x`);
    await expect.poll(() => server.seen.length).toBeGreaterThan(0);
    const settled = async () => {
      await page.clock.runFor(5_000);
      return page.evaluate(() => outcome?.status);
    };
    await expect.poll(settled).toBe(status);
    const begins = () => page.evaluate(async () => new TextDecoder().decode((await outcome.body.getReader().read()).value));
    if (status === 403) expect(await begins()).toBe(body);
    expect(server.seen).toHaveLength(calls);
    await server.stop();
  });
}

test('a stream inside a Request goes out once and unread, another body of a Request again', async ({ context, emulator, troubles }) => {
  troubles.expect(UNAUTHORIZED);
  const server = await startServer(() => ({ status: 401 }));
  const page = await signedIn(context, [{ origin: server.origin, auth: 'access' }, { ...signed(ENDPOINT), auth: 'iam' }]);
  await emulator.forgetRequests();
  // Streams go over HTTP/2 alone: the browser's network is stood in for.
  const outcome = await page.evaluate(async (url) => {
    const real = window.fetch;
    const made = { pulled: 0, sent: 0 };
    window.fetch = async (request) => {
      if (!request.url?.startsWith(url)) return real(request);
      made.sent += 1;
      made.pulledBefore = made.pulled;
      made.text = await request.text();
      return new Response('no', { status: 401 });
    };
    const parts = ['once ', 'and ', 'for ', 'all'];
    const pull = (controller) => {
      const part = parts[made.pulled];
      made.pulled += 1;
      if (part === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(part));
    };
    const body = new ReadableStream({ pull }, { highWaterMark: 0 });
    const response = await auth.fetch(new Request(url, { method: 'PUT', body, duplex: 'half' }));
    window.fetch = real;
    return { status: response.status, ...made };
  }, `${server.origin}/stream`);
  expect(outcome).toMatchObject({ status: 401, sent: 1, text: 'once and for all' });
  expect(outcome.pulledBefore).toBeLessThan(3); // two tees take one part each
  expect(await emulator.counts()).toEqual({});

  const streamed = await page.evaluate(async (url) => {
    const body = new Blob(['x']).stream();
    return auth.fetch(new Request(url, { method: 'PUT', body, duplex: 'half' })).catch(plain);
  }, `${ENDPOINT}/api/iam/notes/x`);
  expect(streamed).toMatchObject({ failed: true, code: 'bad_input', message: expect.stringContaining('payloadHash') });
  expect(await emulator.counts()).toEqual({});

  const status = await page.evaluate(async (url) => (await auth.fetch(new Request(url, { method: 'PUT', body: 'again' }))).status, `${server.origin}/text`);
  expect(status).toBe(401);
  expect(server.seen.map(({ body }) => body)).toEqual(['again', 'again']);
  await server.stop();
});

test('a mode that drops the credential is refused before anything is sent', async ({ context, emulator, troubles }) => {
  troubles.expect(UNAUTHORIZED); // of the last request, which has none
  const own = new URL(process.env.POOLPASS_DEMO_URL).origin;
  const page = await signedIn(context, [{ origin: own, auth: 'access' }, { origin: ENDPOINT, auth: 'none' }]);
  await emulator.forgetRequests();
  const requests = requestsOf(page);
  const outcomes = await page.evaluate(async () => {
    const tries = [['/x', { mode: 'no-cors' }], [new Request('/x', { mode: 'no-cors' })], [new Request('/x', { mode: 'no-cors' }), {}]];
    return Promise.all(tries.map((each) => auth.fetch(...each).catch(plain)));
  });
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ failed: true, isError: true, code: 'bad_input', message: expect.stringContaining('no-cors') });
  }
  expect(requests).toEqual([]);
  // A rule 'none' has no credential to drop.
  expect(await fetched(page, ME, { mode: 'no-cors' })).toMatchObject({ status: 0 });
});

test('an authorization header of the app’s is replaced by the credential of the rule', async ({ context }) => {
  const server = await startServer(() => ({}));
  const page = await signedIn(context, [{ origin: server.origin, auth: 'access' }]);
  for (const name of ['authorization', 'Authorization']) await fetched(page, `${server.origin}/x`, { headers: { [name]: 'Basic bWluZQ==' } });
  for (const { headers } of server.seen) expect(headers.authorization).toMatch(/^Bearer eyJ[^,]*$/);
  expect(server.seen).toHaveLength(2);
  await server.stop();
});

test('redirect: manual follows no redirect and gives the answer', async ({ context }) => {
  const other = await startServer(() => ({}));
  const server = await startServer(() => ({ status: 302, headers: { location: `${other.origin}/x` } }));
  const page = await signedIn(context, [{ origin: server.origin, auth: 'access' }]);
  const answer = await page.evaluate(async (url) => {
    const { type, status } = await auth.fetch(url, { redirect: 'manual' });
    return { type, status };
  }, `${server.origin}/away`);
  expect(answer).toEqual({ type: 'opaqueredirect', status: 0 });
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([expect.stringMatching(/^Bearer eyJ/)]);
  expect(other.seen).toEqual([]);
  await Promise.all([server.stop(), other.stop()]);
});

test('a request that cannot be made is the caller’s mistake, and named', async ({ context, emulator }) => {
  const page = await signedIn(context, [{ origin: ENDPOINT, auth: 'access' }]);
  await emulator.forgetRequests();
  const outcomes = await page.evaluate(async (url) => {
    const own = new Error('own');
    const throws = () => {
      throw own;
    };
    const used = new Request(url, { method: 'POST', body: 'x' });
    await used.text();
    const inputs = [['http://['], ['https://user:secret@localhost/'], [Symbol('x')], [{ toString: throws }], [used]];
    const inits = [{ method: 'TRACE' }, { mode: 'navigate' }, { signal: 'x' }, { get method() { throws(); } }, new Proxy({}, { get: throws }), 7, { body: 'x' }];
    const named = (given, name) => given.map(async (each) => ({ name, error: await auth.fetch(...each).then(() => 'done', plain) }));
    return Promise.all([...named(inputs, 'input'), ...named(inits.map((init) => [url, init]), 'init')]);
  }, ME);
  for (const { name, error } of outcomes) {
    expect(error).toMatchObject({ failed: true, isError: true, name: 'InvalidInput', code: 'bad_input' });
    expect(error.message).toContain(name);
    expect(error.message).not.toContain('secret');
  }
  expect(await emulator.counts()).toEqual({});
});

test('each member of init is read once', async ({ context }) => {
  const server = await startServer(() => ({}));
  const page = await signedIn(context, [{ origin: server.origin, auth: 'access' }]);
  const times = await page.evaluate(async (url) => {
    const asked = {};
    const init = new Proxy({ method: 'PUT', body: 'x' }, {
      get(target, key) {
        asked[key] = (asked[key] ?? 0) + 1;
        return asked[key] === 1 ? target[key] : 'another';
      },
    });
    await auth.fetch(url, init);
    return asked;
  }, `${server.origin}/x`);
  expect(new Set(Object.values(times))).toEqual(new Set([1]));
  expect(server.seen).toMatchObject([{ method: 'PUT', body: 'x' }]);
  await server.stop();
});

test('errors of the app’s own request are fetch’s own, all others are PoolpassErrors', async ({ context, emulator, troubles }) => {
  troubles.expect(UNREACHED);
  const server = await startServer(() => new Promise(() => {}));
  const page = await signedIn(context, [{ origin: server.origin, auth: 'access' }, { origin: 'http://localhost:1', auth: 'access' }]);
  let awaited = 0;
  await page.exposeFunction('sent', async () => {
    awaited += 1;
    await expect.poll(() => server.seen.length).toBe(awaited);
  });
  const [lost, aborted, reason, early] = await page.evaluate(async (url) => {
    const { isPoolpassError } = await import('/poolpass/index.js');
    const outcome = (work) => work.catch((error) => ({ name: error.name, message: error.message, code: error.code, isOurs: isPoolpassError(error) }));
    const lost = await outcome(auth.fetch('http://localhost:1/x'));
    const inFlight = async (reason) => {
      const controller = new AbortController();
      const answer = outcome(auth.fetch(url, { signal: controller.signal }));
      await sent();
      controller.abort(reason);
      return answer;
    };
    return [lost, await inFlight(), await inFlight(new RangeError('own')), await outcome(auth.fetch(url, { signal: AbortSignal.abort() }))];
  }, `${server.origin}/x`);
  expect(lost).toMatchObject({ name: 'TypeError', isOurs: false });
  expect(aborted).toMatchObject({ name: 'AbortError', isOurs: false });
  expect(reason).toMatchObject({ name: 'RangeError', message: 'own', isOurs: false });
  expect(early).toMatchObject({ name: 'AbortError', code: 'aborted', isOurs: true });
  await server.stop();
});
