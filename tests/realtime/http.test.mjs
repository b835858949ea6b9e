// Requests over HTTP: what they bring, what they are repeated for, and how they fail.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { inspect } from 'node:util';
import './start.mjs';
import { ask } from '../../www/poolpass/graphql.js';
import { renewing } from '../../www/poolpass/proof.js';
import { appSync } from './appsync_server.mjs';
import { clock } from './clock.mjs';
import { numbers } from './fan_out.mjs';
import { rest, test } from './stage.mjs';

const BODY = '{"query":"{ note { id } }","variables":{}}';
const REFUSED = { status: 401, json: { errors: [{ errorType: 'UnauthorizedException', message: 'Token has expired.' }] } };

/** Asks a service that answers with these, one after the other; the tokens are `t1`, `t2` …, a new one for each renewal. */
async function stage(t, answers, { api = 'graphql', authMode = 'userPool', isRenewable = true } = {}) {
  const left = [...answers];
  const server = await appSync(t, { http: () => left.shift() });
  const proofRequests = [];
  const corrected = [];
  let token = 1;
  const prove = renewing(async (request) => {
    proofRequests.push(request);
    if (request.renew) token += 1;
    return { url: `http://${server.host}/${api}`, headers: { Authorization: `t${token}` }, authMode, isRenewable };
  });
  return { server, proofRequests, corrected, ask: (options = {}) => ask(prove, async (url, date) => void corrected.push([url, date]), api, BODY, options) };
}

test('a query is posted as it is, with its proof', async (t) => {
  const { ask, server, proofRequests } = await stage(t, [{ json: { data: { note: null } } }]);
  const { signal } = new AbortController();
  assert.deepEqual(await ask({ authMode: 'oidc', authToken: 'x', signal }), { data: { note: null } });
  assert.deepEqual(proofRequests, [{ api: 'graphql', purpose: 'http', body: BODY, renew: false, signal, authMode: 'oidc', authToken: 'x' }]);
  const [{ method, url, headers, body }] = server.requests;
  assert.deepEqual([method, url, body], ['POST', '/graphql', BODY]);
  assert.deepEqual([headers['content-type'], headers.authorization], ['application/json', 't1']);
});

test('data comes with its extensions', async (t) => {
  const { ask } = await stage(t, [{ json: { data: { note: null }, errors: [], extensions: { cost: 1 }, other: 1 } }]);
  assert.deepEqual(await ask(), { data: { note: null }, extensions: { cost: 1 } });
});

test('errors in a good answer are an error that has the data', async (t) => {
  const errors = [{ errorType: 'Unauthorized', message: 'Not Authorized to access createNote on type Mutation', path: ['createNote'] }];
  for (const given of [errors, errors[0]]) { // a single one is not in a list
    const { ask } = await stage(t, [{ json: { data: { createNote: null, other: 1 }, errors: given } }]);
    await assert.rejects(ask(), { name: 'Unauthorized', code: 'appsync', message: errors[0].message, errors, data: { createNote: null, other: 1 }, status: 200, retryable: false });
  }
});

test('errors without data are an error that has them', async (t) => {
  const errors = [{ errorType: 'ValidationError', message: "Field 'x' is undefined" }, { message: 'another' }];
  const { ask } = await stage(t, [{ json: { data: null, errors }, headers: { 'x-amzn-requestid': 'r-1' } }]);
  const found = { name: 'ValidationError', code: 'appsync', message: "Field 'x' is undefined", errors, status: 200, requestId: 'r-1', retryable: false };
  await assert.rejects(ask(), found);
});

test('a refused token is renewed once, and what was refused is sent again', async (t) => {
  const { ask, server, proofRequests } = await stage(t, [REFUSED, { json: { data: {} } }]);
  assert.deepEqual(await ask(), { data: {} });
  assert.deepEqual(proofRequests.map(({ renew }) => renew), [false, false, true]);
  assert.deepEqual(server.requests.map(({ headers, body }) => [headers.authorization, body]), [['t1', BODY], ['t2', BODY]]);
});

test('a second refusal is the error', async (t) => {
  const { ask, server } = await stage(t, [REFUSED, REFUSED]);
  await assert.rejects(ask(), { name: 'UnauthorizedException', code: 'appsync', status: 401, errors: REFUSED.json.errors, retryable: false });
  assert.equal(server.requests.length, 2);
});

test('what cannot be renewed is not sent again', async (t) => {
  const { ask, server } = await stage(t, [REFUSED], { isRenewable: false });
  await assert.rejects(ask(), { name: 'UnauthorizedException' });
  assert.equal(server.requests.length, 1);
});

test('a hundred calls whose token is refused renew it once', async (t) => {
  const waits = numbers(7);
  let renewals = 0;
  const server = await appSync(t, {
    http: async ({ headers }) => {
      for (let turns = waits() * 200; turns > 0; turns -= 1) await rest(); // answers are spread over some time
      return headers.authorization === 't1' ? REFUSED : { json: { data: {} } };
    },
  });
  const prove = renewing(async ({ renew }) => {
    const token = `t${renewals + 1}`;
    for (let turns = waits() * 20; turns > 0; turns -= 1) await rest();
    if (renew) renewals += 1;
    return { url: `http://${server.host}/graphql`, headers: { Authorization: renew ? `t${renewals + 1}` : token }, authMode: 'userPool', isRenewable: true };
  });
  const calls = Array.from({ length: 100 }, () => ask(prove, undefined, 'graphql', BODY, {}));
  assert.deepEqual(await Promise.all(calls), Array(100).fill({ data: {} }));
  assert.equal(renewals, 1);
});

test('a service that refuses every token has it renewed once a minute', async (t) => {
  let now = Date.now();
  t.mock.method(Date, 'now', () => now);
  const { ask, server, proofRequests } = await stage(t, Array(60).fill(REFUSED));
  const renewals = () => proofRequests.filter(({ renew }) => renew).length;
  for (let count = 0; count < 50; count += 1) await assert.rejects(ask(), { name: 'UnauthorizedException' });
  assert.deepEqual([renewals(), server.requests.length], [1, 51]);
  now += 60_000;
  await assert.rejects(ask(), { name: 'UnauthorizedException' });
  assert.equal(renewals(), 2);
});

test('a renewal that one caller gives up is made for the others', async (t) => {
  const outcomes = [Promise.reject(Object.assign(new Error('The operation was aborted.'), { code: 'aborted' })), Promise.resolve('t2')];
  outcomes[0].catch(() => {});
  let current = 't1';
  const prove = renewing(async ({ renew }) => {
    if (renew) {
      await rest();
      current = await outcomes.shift();
    }
    return { headers: { Authorization: current } };
  });
  const refused = { headers: { Authorization: 't1' } };
  const [first, second] = await Promise.allSettled([prove({ refused }), prove({ refused })]);
  assert.deepEqual([first.reason.code, second.value.headers.Authorization, outcomes.length], ['aborted', 't2', 0]);
});

test('a renewal that never comes is not waited for for ever', async (t) => {
  let now = Date.now();
  t.mock.method(Date, 'now', () => now);
  const answers = [new Promise(() => {}), 't2'];
  const prove = renewing(async ({ renew }) => ({ headers: { Authorization: renew ? await answers.shift() : 't1' } }));
  const refused = { headers: { Authorization: 't1' } };
  void prove({ refused });
  await rest();
  now += 15_000;
  assert.equal((await prove({ refused })).headers.Authorization, 't2');
});

test('while tokens cannot be renewed the error is the refusal, which may pass', async (t) => {
  const { server } = await stage(t, [REFUSED]);
  const offline = Object.assign(new Error('offline'), { code: 'network', retryable: true });
  const prove = renewing(async ({ renew }) => {
    if (renew) throw offline;
    return { url: `http://${server.host}/graphql`, headers: { Authorization: 't1' }, authMode: 'userPool', isRenewable: true };
  });
  await assert.rejects(ask(prove, undefined, 'graphql', BODY, {}), { name: 'UnauthorizedException', code: 'appsync', status: 401, cause: offline, retryable: true });
});

test('a credential that never comes is waited for 45 seconds', async (t) => {
  const { setTimeout } = globalThis;
  let giveUp;
  t.mock.method(globalThis, 'setTimeout', (act, ms, ...values) => (ms === 45_000 ? void (giveUp = act) : setTimeout(act, ms, ...values)));
  const asking = ask(() => new Promise(() => {}), undefined, 'graphql', BODY, {});
  giveUp();
  await assert.rejects(asking, { name: 'NetworkError', code: 'timeout', retryable: true, recoverySuggestion: /authToken or logins/ });
});

test('a signature that is refused for its time is made again by the right time', async (t) => {
  const date = 'Thu, 01 Jan 2026 12:00:00 GMT';
  const skewed = { status: 403, headers: { date, 'x-amzn-errortype': 'InvalidSignatureException' }, json: { message: 'Signature expired: 20260101T000000Z is now earlier than …' } };
  const { server, ask, corrected, proofRequests } = await stage(t, [skewed, { json: { data: {} } }], { authMode: 'iam' });
  assert.deepEqual(await ask(), { data: {} });
  assert.deepEqual(corrected, [[`http://${server.host}/graphql`, date]]);
  assert.deepEqual(proofRequests.map(({ renew }) => renew), [false, false]);
});

test('expired credentials are renewed', async (t) => {
  const expired = { status: 403, headers: { 'x-amzn-errortype': 'ExpiredTokenException' }, json: { message: 'The security token included in the request is expired' } };
  const { ask, corrected, proofRequests } = await stage(t, [expired, { json: { data: {} } }], { authMode: 'iam' });
  await ask();
  assert.deepEqual(proofRequests.map(({ renew }) => renew), [false, false, true]);
  assert.deepEqual(corrected, []);
});

test('a signature that is refused for its time and for its credentials is made again for each', async (t) => {
  const date = 'Thu, 01 Jan 2026 12:00:00 GMT';
  const skewed = { status: 403, headers: { date }, json: { message: 'Signature expired: 20260101T000000Z is now earlier than …' } };
  const expired = { status: 403, headers: { 'x-amzn-errortype': 'ExpiredTokenException' }, json: {} };
  const { server, ask, corrected, proofRequests } = await stage(t, [skewed, expired, skewed], { authMode: 'iam' });
  await assert.rejects(ask(), { code: 'appsync', status: 403 });
  assert.deepEqual(
    [proofRequests.map(({ renew }) => renew), corrected],
    [[false, false, false, true], [[`http://${server.host}/graphql`, date]]],
  );
});

test('nothing else is sent again', async (t) => {
  for (const [status, retryable] of [[400, false], [403, false], [429, true], [500, true], [503, true]]) {
    for (const authMode of ['userPool', 'iam']) {
      const { ask, server } = await stage(t, [{ status, json: { errors: [{ message: 'no' }] } }], { authMode });
      await assert.rejects(ask(), { name: 'AppSyncException', code: 'appsync', status, retryable });
      assert.equal(server.requests.length, 1);
    }
  }
});

test('an answer that is not the service\'s is told apart', async (t) => {
  for (const text of ['', '<html>', '{}', '[]', 'null', '"data"', '{"data":null}']) {
    const { ask } = await stage(t, [{ text }]);
    await assert.rejects(ask(), { name: 'InvalidResponseException', code: 'invalid_response', status: 200 }, text);
  }
  const { ask } = await stage(t, [{ status: 502, text: '<html>' }]);
  await assert.rejects(ask(), { code: 'appsync', status: 502, retryable: true });
});

test('a single error of AWS\'s own form is read too', async (t) => {
  const { ask } = await stage(t, [{ status: 400, json: { errorType: 'BadRequestException', message: 'no' } }]);
  await assert.rejects(ask(), { name: 'BadRequestException', message: 'no', status: 400 });
});

test('a network that fails can be tried again, and the error tells no secret', async (t) => {
  const prove = async () => ({ url: 'http://localhost:1/graphql', headers: { Authorization: 'zXsecretXz' }, isRenewable: true });
  const error = await ask(prove, undefined, 'graphql', BODY, {}).catch((error) => error);
  assert.deepEqual([error.name, error.code, error.retryable], ['NetworkError', 'network', true]);
  assert.equal(inspect(error, { depth: 9 }).includes('zXsecretXz'), false);
});

test('a redirect is not followed: it could take the token elsewhere', async (t) => {
  const { ask, server } = await stage(t, [{ status: 307, headers: { location: '/elsewhere' }, json: {} }]);
  await assert.rejects(ask(), { code: 'network' });
  assert.equal(server.requests.length, 1);
});

test('the signal ends it', async (t) => {
  const arrival = deferred();
  const server = await appSync(t, { http: () => (arrival.resolve(), new Promise(() => {})) });
  const prove = async () => ({ url: `http://${server.host}/graphql`, headers: {}, isRenewable: true });
  const controller = new AbortController();
  const asking = ask(prove, undefined, 'graphql', BODY, { signal: controller.signal });
  await arrival.promise;
  controller.abort('enough');
  await assert.rejects(asking, { name: 'AbortError', code: 'aborted', cause: 'enough' });
});

test('an answer that does not come is waited for 45 seconds', async (t) => {
  const { tick } = clock(t);
  const arrival = deferred();
  const server = await appSync(t, { http: () => (arrival.resolve(), new Promise(() => {})) });
  const prove = async () => ({ url: `http://${server.host}/graphql`, headers: {}, isRenewable: true });
  let isOver = false;
  const asking = ask(prove, undefined, 'graphql', BODY, {}).finally(() => (isOver = true));
  asking.catch(() => {});
  await arrival.promise;
  tick(44_999);
  await rest();
  assert.equal(isOver, false);
  tick(1);
  await assert.rejects(asking, { name: 'NetworkError', code: 'timeout', retryable: true });
});

test('a body that is cut off is a network failure', async (t) => {
  const { createServer } = await import('node:http');
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"data":');
    setImmediate(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const prove = async () => ({ url: `http://localhost:${server.address().port}/graphql`, headers: {}, isRenewable: true });
  await assert.rejects(ask(prove, undefined, 'graphql', BODY, {}), { code: 'network' });
});

test('publishing tells which events went out', async (t) => {
  const json = { successful: [{ identifier: 'a', index: 0 }], failed: [{ identifier: 'b', index: 1, code: 400, message: 'no' }] };
  const { ask } = await stage(t, [{ json }, { json: { successful: json.successful } }], { api: 'events' });
  assert.deepEqual(await ask(), json);
  assert.deepEqual(await ask(), { successful: json.successful, failed: [] });
});

function deferred() {
  let resolve;
  const promise = new Promise((settle) => (resolve = settle));
  return { promise, resolve };
}
