// AppSync through the built package: wasm, wrapper and all.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { SignatureV4 } from '@smithy/signature-v4';
import { build } from 'esbuild';
import { appSync } from './appsync_server.mjs';
import { SECRET_KEY, SETTINGS, claimsOf, cognito } from './cognito.mjs';
import { note, notes, reader, rest, test } from './stage.mjs';

const tarball = process.env.POOLPASS_TARBALL;
if (!tarball) throw new Error('POOLPASS_TARBALL is not set: run this through cargo xtask test realtime');
const index = join(dirname(tarball), 'index.js');
const { createAuth } = await import(pathToFileURL(index));

/** A client, and a service that has Cognito and AppSync; `appsync` answers the latter's requests. */
async function stage(t, { appsync = () => ({ json: { data: { ok: true } } }), settings = {}, ...answers } = {}) {
  const users = cognito();
  const server = await appSync(t, { ...answers, http: (request) => users.answer(request) ?? appsync(request) });
  const api = { defaultAuthMode: 'apiKey', apiKey: 'da2-key' };
  const auth = await createAuth({
    ...SETTINGS,
    endpoint: `http://${server.host}`,
    graphql: { endpoint: `http://${server.host}/graphql`, ...api },
    events: { endpoint: `http://${server.host}/event`, ...api },
    ...settings,
  });
  t.after(() => auth.dispose());
  const signIn = () => auth.signIn({ username: 'zoe', password: 'Correct-Horse7!', options: { authFlowType: 'USER_PASSWORD_AUTH' } });
  const asked = () => server.requests.filter(({ headers }) => !headers['x-amz-target']);
  return { auth, server, signIn, asked, operations: users.operations };
}

test('a query is asked with the API key', async (t) => {
  const { auth, asked, server } = await stage(t);
  const query = 'query Note($id: ID!) { note(id: $id) { id } }';
  assert.deepEqual(await auth.graphql({ query, variables: { id: 'ü' }, operationName: 'Note' }), { data: { ok: true } });
  const [{ method, url, headers, body }] = asked();
  assert.deepEqual([method, url, headers['x-api-key'], headers.host], ['POST', '/graphql', 'da2-key', server.host]);
  assert.deepEqual(JSON.parse(body), { query, variables: { id: 'ü' }, operationName: 'Note' });
});

test('each mode proves itself in its own way', async (t) => {
  const { auth, asked, signIn } = await stage(t);
  await signIn();
  const ask = async (options) => {
    await auth.graphql({ query: new String('{ x }'), ...options });
    return asked().at(-1).headers;
  };
  assert.equal(claimsOf((await ask({ authMode: 'userPool' })).authorization).token_use, 'access');
  assert.equal((await ask({ authMode: 'oidc', authToken: 'oidc-token' })).authorization, 'oidc-token');
  assert.equal((await ask({ authMode: 'lambda', authToken: async () => 'own' })).authorization, 'own');
  assert.equal((await ask({ authMode: 'identityPool' }))['x-amz-security-token'], 'session');
});

test('the mode none sends no credential, though somebody is signed in', async (t) => {
  const { auth, asked, server, signIn } = await stage(t);
  await signIn();
  await auth.events.publish('/default/room', [1], { authMode: 'none' }).catch(() => {}); // what came back is not the point
  const { authorization, 'x-api-key': key, 'x-amz-security-token': token } = asked().at(-1).headers;
  assert.deepEqual([authorization, key, token], [undefined, undefined, undefined]);
  const subscription = auth.events.subscribe('/default/room', { authMode: 'none' });
  const connection = await server.connection();
  await subscription.ready;
  assert.deepEqual(connection.proof, { host: server.host });
  await subscription.return();
});

test('the app\'s logins are asked for where there is something to sign', async (t) => {
  let asked = 0;
  const { auth, signIn } = await stage(t, { settings: { logins: () => void (asked += 1) } });
  await signIn();
  for (const options of [{ authMode: 'apiKey' }, { authMode: 'userPool' }, { authMode: 'lambda', authToken: 'x' }]) await auth.graphql({ query: '{ x }', ...options });
  assert.equal(asked, 0);
  await auth.graphql({ query: '{ x }', authMode: 'iam' });
  assert.notEqual(asked, 0);
});

test('a refused token is renewed once, whoever it is of', async (t) => {
  const refused = { status: 401, json: { errors: [{ errorType: 'UnauthorizedException' }] } };
  const isGood = ({ headers }) => headers.authorization === 'own-true' || (headers.authorization.includes('.') && claimsOf(headers.authorization).jti === 'token-2');
  const { auth, operations, signIn } = await stage(t, { appsync: (request) => (isGood(request) ? { json: { data: 1 } } : refused) });
  await signIn();
  assert.deepEqual(await auth.graphql({ query: '{ x }', authMode: 'userPool' }), { data: 1 });
  assert.equal(operations.length, 2);
  assert.deepEqual(await auth.graphql({ query: '{ x }', authMode: 'lambda', authToken: ({ isRefused }) => `own-${isRefused}` }), { data: 1 });
  await assert.rejects(auth.graphql({ query: '{ x }', authMode: 'lambda', authToken: 'text' }), { name: 'UnauthorizedException', code: 'appsync', status: 401 });
});

test('a hundred calls whose token is refused refresh it once', async (t) => {
  const refused = { status: 401, json: { errors: [{ errorType: 'UnauthorizedException' }] } };
  let answered = 0;
  const answer = async ({ headers }) => {
    for (let turns = (answered += 1); turns > 0; turns -= 1) await rest(); // later answers come after the refresh
    return claimsOf(headers.authorization).jti === 'token-1' ? refused : { json: { data: { ok: true } } };
  };
  const { auth, operations, signIn } = await stage(t, { appsync: answer });
  await signIn();
  const calls = Array.from({ length: 100 }, () => auth.graphql({ query: '{ x }', authMode: 'userPool' }));
  assert.deepEqual(await Promise.all(calls), Array(100).fill({ data: { ok: true } }));
  assert.deepEqual(operations, ['InitiateAuth', 'GetTokensFromRefreshToken']);
});

for (const [name, settings, options] of [
  ['authToken', {}, { authMode: 'lambda', authToken: () => new Promise(() => {}) }],
  ['logins', { logins: () => new Promise(() => {}) }, { authMode: 'iam' }],
]) {
  test(`the signal ends a call that waits for ${name}, as dispose() does`, async (t) => {
    const { auth, server } = await stage(t, { settings });
    const aborted = { name: 'AbortError', code: 'aborted' };
    const calls = (signal) => [auth.graphql({ query: '{x}', signal, ...options }), auth.events.publish('/default/a', [1], { signal, ...options })];
    for (const call of calls(AbortSignal.abort('enough'))) await assert.rejects(call, { ...aborted, cause: 'enough' });
    const controller = new AbortController();
    const pending = calls(controller.signal);
    const subscription = auth.subscribe({ query: 'subscription {x}', signal: controller.signal, ...options });
    for (let turns = 0; turns < 50; turns += 1) await rest();
    controller.abort('enough');
    for (const call of [...pending, subscription.next()]) await assert.rejects(call, { ...aborted, cause: 'enough' });
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
    const left = calls();
    for (let turns = 0; turns < 50; turns += 1) await rest();
    auth.dispose();
    for (const call of left) await assert.rejects(call, aborted);
    for (const call of calls()) await assert.rejects(call, { code: 'disposed' });
    for (const call of calls(AbortSignal.abort())) await assert.rejects(call, aborted);
    const late = auth.subscribe({ query: 'subscription {x}', ...options });
    await assert.rejects(late.next(), { code: 'disposed' });
    assert.deepEqual([server.requests.filter(({ url }) => url !== '/').length, server.connections.length], [0, 0]);
  });
}

test('the signal ends a call that waits for the renewal of another call', async (t) => {
  const { auth, asked } = await stage(t, { appsync: () => ({ status: 401, json: { errors: [{ errorType: 'UnauthorizedException' }] } }) });
  const authToken = ({ isRefused }) => (isRefused ? new Promise(() => {}) : 'own');
  const controller = new AbortController();
  const calls = [undefined, controller.signal].map((signal) => auth.graphql({ query: '{x}', authMode: 'lambda', authToken, signal }));
  calls[0].catch(() => {}); // it goes on
  while (asked().length < 2) await rest();
  for (let turns = 0; turns < 50; turns += 1) await rest();
  controller.abort('enough');
  await assert.rejects(calls[1], { code: 'aborted', cause: 'enough' });
});

test('only one channel is published to, and one to five events', async (t) => {
  const { auth, asked } = await stage(t, { appsync: () => ({ json: { successful: [], failed: [] } }) });
  // The limits: "Publish events via HTTP" and "Understanding channel namespaces", AppSync Events Developer Guide.
  for (const count of [0, 6]) {
    await assert.rejects(auth.events.publish('/default/a', Array(count).fill(1)), { code: 'bad_input', message: /^events must be a list of 1 to 5/ });
  }
  for (const channel of ['/default/*', 'default/*', '/*', '*', '/default/*/a']) {
    await assert.rejects(auth.events.publish(channel, [1]), (error) => error.code === 'bad_input' && error.message.includes(`wildcard: /${channel.replace(/^\//, '')}`));
  }
  assert.equal(asked().length, 0);
  for (const count of [1, 5]) await auth.events.publish('/default/a', Array(count).fill(1));
  assert.equal(asked().length, 2);
});

test('an endpoint is taken with a slash at its end, and refused where it cannot be right', async (t) => {
  const { server } = await stage(t);
  const api = { defaultAuthMode: 'apiKey', apiKey: 'k' };
  const auth = await createAuth({ ...SETTINGS, graphql: { endpoint: `http://${server.host}/graphql/`, ...api }, events: { endpoint: `http://${server.host}/event/`, ...api } });
  t.after(() => auth.dispose());
  await Promise.all([auth.subscribe({ query: 'subscription { x }' }).ready, auth.events.subscribe('/default/a').ready]);
  assert.deepEqual(server.connections.map(({ path }) => path).sort(), ['/event/realtime', '/graphql/realtime']);
  const host = 'x.appsync-api.eu-west-1.amazonaws.com';
  for (const [key, endpoint, right] of [
    ['graphql', `https://${host}/event`, '/graphql'],
    ['graphql', `https://${host}`, '/graphql'],
    ['graphql', 'https://x.appsync-realtime-api.eu-west-1.amazonaws.com/graphql', '/graphql'],
    ['events', `https://${host}/graphql`, '/event'],
    ['events', 'https://x.appsync-realtime-api.eu-west-1.amazonaws.com/event/realtime', '/event'],
  ]) {
    const isNamed = ({ code, message }) => code === 'bad_config' && [key, endpoint, `.amazonaws.com${right}`].every((text) => message.includes(text));
    await assert.rejects(createAuth({ ...SETTINGS, [key]: { endpoint } }), isNamed, endpoint);
  }
});

test('signatures are what an independent signer makes of the same request', async (t) => {
  const { auth, asked, server } = await stage(t, { appsync: () => ({ json: { data: {}, successful: [] } }) });
  await auth.graphql({ query: '{ x }', authMode: 'iam' });
  await auth.events.publish('/default/a', [1], { authMode: 'iam' });
  for (const { url, headers, body } of asked()) await agrees(server.host, url, headers, body);

  const graphql = auth.subscribe({ query: 'subscription { onNote { id } }', authMode: 'iam' });
  const connection = await server.connection();
  await graphql.ready;
  await connection.next('connection_init');
  const { payload } = await connection.next('start');
  await agrees(server.host, '/graphql/connect', connection.proof, '{}');
  await agrees(server.host, '/graphql', payload.extensions.authorization, payload.data);

  const events = auth.events.subscribe('/default/*', { authMode: 'iam' });
  const second = await server.connection();
  await events.ready;
  await second.next('connection_init');
  const { authorization } = await second.next('subscribe');
  await agrees(server.host, '/event', second.proof, '{}');
  await agrees(server.host, '/event', authorization, '{"channel":"/default/*"}');
});

/** SHA-256, or HMAC with a key, as the SDK's signer wants it. */
class Sha256 {
  constructor(key) {
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(key));
  }

  update(data) {
    this.hash.update(data);
  }

  async digest() {
    return new Uint8Array(this.hash.digest());
  }
}

/** Holds a signature against that of the AWS SDK's signer. */
async function agrees(host, path, headers, body) {
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const [, region, names, signature] = sent.authorization.match(/\/\d{8}\/(.+)\/appsync\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)$/);
  assert.equal(region, 'eu-west-1');
  const signed = names.split(';');
  for (const name of ['host', 'x-amz-date', 'x-amz-security-token']) assert.ok(signed.includes(name), name);
  const credentials = { accessKeyId: 'ASIAEXAMPLE1', secretAccessKey: SECRET_KEY, sessionToken: 'session' };
  const signer = new SignatureV4({ credentials, region, service: 'appsync', sha256: Sha256, applyChecksum: false });
  const toSign = Object.fromEntries(signed.filter((name) => !name.startsWith('x-amz-')).map((name) => [name, name === 'host' ? host : sent[name]]));
  const signingDate = new Date(sent['x-amz-date'].replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
  const request = { method: 'POST', protocol: 'http:', hostname: host, path, query: {}, headers: toSign, body };
  const expected = await signer.sign(request, { signingDate });
  assert.equal(signature, expected.headers.authorization.split('Signature=')[1], path);
}

test('a subscription is proven with the user\'s token, and ends with their session', async (t) => {
  const { auth, server, signIn } = await stage(t);
  await signIn();
  const subscription = auth.subscribe({ query: 'subscription { onNote { id } }', authMode: 'userPool' });
  const connection = await server.connection();
  await subscription.ready;
  assert.deepEqual([connection.proof.host, claimsOf(connection.proof.Authorization).jti], [server.host, 'token-1']);
  connection.publish(note(1));
  assert.deepEqual(await subscription.next(), { value: { data: note(1) }, done: false });
  const read = reader(subscription);
  await auth.signOut();
  const error = await read.ended;
  assert.equal(error.code, 'signed_out');
  await connection.closed;
});

test('a subscription with the API key outlives the user', async (t) => {
  const { auth, server, signIn } = await stage(t);
  await signIn();
  const subscription = auth.subscribe({ query: 'subscription { onNote { id } }' });
  const connection = await server.connection();
  await subscription.ready;
  const read = reader(subscription);
  await auth.signOut();
  await connection.settled();
  connection.publish(note(1));
  await connection.settled();
  assert.deepEqual(notes(read), [1]);
  assert.equal(server.connections.length, 1);
});

test('an expired token is renewed where a connection is refused', async (t) => {
  const refusal = { type: 'connection_error', payload: { errors: [{ errorType: 'UnauthorizedException' }] } };
  const init = (connection) => (claimsOf(connection.proof.Authorization).jti === 'token-1' ? connection.send(refusal) : connection.ack());
  const { auth, server, signIn } = await stage(t, { init });
  await signIn();
  await auth.subscribe({ query: 'subscription { x }', authMode: 'userPool' }).ready;
  assert.equal(claimsOf(server.connections[1].proof.Authorization).jti, 'token-2');
});

test('events are published and come', async (t) => {
  const json = { successful: [{ identifier: 'i', index: 0 }], failed: [] };
  const { auth, asked, server } = await stage(t, { appsync: () => ({ json }) });
  const subscription = auth.events.subscribe('default/room');
  const connection = await server.connection();
  await subscription.ready;
  await connection.next('connection_init');
  const { id, channel } = await connection.next('subscribe');
  assert.equal(channel, '/default/room');
  assert.deepEqual(await auth.events.publish('default/room', [{ a: 1 }, 'b', null]), json);
  const [{ url, body }] = asked();
  assert.deepEqual([url, JSON.parse(body)], ['/event', { channel: '/default/room', events: ['{"a":1}', '"b"', 'null'] }]);
  connection.send({ type: 'data', id, event: '{"a":1}' });
  assert.deepEqual((await subscription.next()).value, { a: 1 });
  assert.deepEqual(await subscription.return(), { value: undefined, done: true });
  await connection.next('unsubscribe');
});

test('what is wrong is said before anything is sent', async (t) => {
  const { auth, server } = await stage(t);
  const bad = { code: 'bad_input' };
  const circular = {};
  circular.circular = circular;
  const inputs = [undefined, null, {}, { query: 1 }, { query: '{x}', variables: circular }, { query: '{x}', authmode: 'iam' }, { query: '{x}', authMode: 'anonymous' },
    { query: '{x}', authToken: 1 }, { query: '{x}', signal: {} }, { query: '{x}', authMode: 'lambda' }, { query: '{x}', authMode: 'apiKey', authToken: 'x' },
    { query: '{x}', authMode: 'none', authToken: 'x' }];
  for (const input of inputs) await assert.rejects(auth.graphql(input), bad, JSON.stringify(input?.authMode));
  for (const input of inputs.slice(0, 6)) assert.throws(() => auth.subscribe(input), bad);
  await assert.rejects(auth.subscribe({ query: '{x}', authMode: 'anonymous' }).next(), bad);
  assert.throws(() => auth.subscribe({ query: '{x}', onReconnect: 1 }), bad);
  for (const [channel, events, options] of [['', [1]], [1, [1]], ['a', 'text'], ['a', [undefined]], ['a', [circular]], ['a', [1], { query: '' }], ['a', [1], null]]) {
    await assert.rejects(auth.events.publish(channel, events, options), bad);
  }
  assert.throws(() => auth.events.subscribe(7), bad);
  assert.deepEqual([server.requests.length, server.connections.length], [0, 0]);
});

test('a token that cannot be sent is not quoted by any error', async (t) => {
  const { auth, server } = await stage(t);
  for (const authToken of ['zXsecretXz\n', 'zXsecretXz\u20ac', '']) {
    const input = { query: '{x}', authMode: 'lambda', authToken: () => authToken };
    const errors = [await auth.graphql(input).catch((error) => error), await auth.subscribe(input).next().catch((error) => error)];
    for (const error of errors) {
      assert.equal(error.code, 'bad_input');
      assert.equal(inspect(error, { depth: 9 }).includes('zXsecretXz'), false);
    }
  }
  assert.deepEqual([server.requests.length, server.connections.length], [0, 0]);
});

test('while its parts cannot be loaded a subscription ends, with what to do about it', async (t) => {
  const { server } = await stage(t);
  const folder = mkdtempSync(join(tmpdir(), 'poolpass-'));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(dirname(tarball), folder, { recursive: true });
  const hidden = join(folder, 'realtime.js');
  renameSync(hidden, `${hidden}.away`);
  const { createAuth } = await import(pathToFileURL(join(folder, 'index.js')));
  const auth = await createAuth({ ...SETTINGS, graphql: { endpoint: `http://${server.host}/graphql`, defaultAuthMode: 'apiKey', apiKey: 'k' } });
  t.after(() => auth.dispose());
  const subscription = auth.subscribe({ query: 'subscription { x }' });
  const over = { value: undefined, done: true };
  await assert.rejects(subscription.next(), { code: 'network', retryable: true, recoverySuggestion: /Serve all files/ });
  await assert.rejects(subscription.ready, { code: 'network' });
  assert.deepEqual([await subscription.next(), await subscription.return(), await subscription.return(1)], [over, over, { value: 1, done: true }]);
});

test('the signal ends a subscription whose parts are on their way', async (t) => {
  const { auth, server } = await stage(t);
  const controller = new AbortController();
  const subscription = auth.subscribe({ query: 'subscription { x }', signal: controller.signal });
  controller.abort('enough');
  await assert.rejects(subscription.next(), { name: 'AbortError', code: 'aborted', cause: 'enough' });
  await assert.rejects(subscription.ready, { code: 'aborted' });
  assert.deepEqual(await subscription.next(), { value: undefined, done: true });
  assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  assert.equal(server.connections.length, 0);
});

test('the next user gets a new connection, and no message of the previous user', async (t) => {
  const { auth, server, signIn } = await stage(t);
  await signIn();
  const subscription = auth.subscribe({ query: 'subscription { onNote { id } }', authMode: 'oidc', authToken: async () => String((await auth.fetchAuthSession()).tokens?.idToken ?? 'nobody') });
  const connection = await server.connection();
  await subscription.ready;
  connection.publish(note(1)); // it waits to be read
  await connection.settled();
  await auth.signOut();
  const next = await server.connection();
  await connection.closed;
  assert.equal(next.proof.Authorization, 'nobody');
  await signIn();
  const last = await server.connection();
  assert.equal(claimsOf(last.proof.Authorization).jti, 'token-2');
  await last.next('connection_init');
  await last.next('start');
  await last.settled();
  const read = reader(subscription);
  last.publish(note(2));
  await last.settled();
  assert.deepEqual(notes(read), [2]);
});

test('what is not configured is named', async (t) => {
  const none = await stage(t, { settings: { graphql: undefined, events: undefined } });
  await assert.rejects(none.auth.graphql({ query: '{x}' }), { code: 'bad_config', message: /graphql/ });
  await assert.rejects(none.auth.events.subscribe('/a').next(), { code: 'bad_config', message: /events/ });
  const { auth } = await stage(t, { settings: { graphql: { endpoint: 'https://api.example.com/graphql' } } });
  await assert.rejects(auth.graphql({ query: '{x}', authMode: 'apiKey' }), { code: 'bad_config', message: /graphql\.apiKey/ });
  await assert.rejects(auth.graphql({ query: '{x}' }), { code: 'signed_out' });
});

test('only this machine is spoken to in the clear', async () => {
  for (const endpoint of ['http://api.example.com/graphql', 'ws://localhost:1/graphql', 'http://localhost.example.com/graphql', 'http://10.0.0.1/graphql']) {
    await assert.rejects(createAuth({ ...SETTINGS, graphql: { endpoint } }), { code: 'bad_config' }, endpoint);
  }
});

test('dispose ends subscriptions and refuses others', async (t) => {
  const { auth, server } = await stage(t);
  const subscription = auth.subscribe({ query: 'subscription { x }' });
  const connection = await server.connection();
  await subscription.ready;
  const next = subscription.next();
  auth.dispose();
  assert.deepEqual(await next, { value: undefined, done: true });
  await connection.closed;
  await assert.rejects(auth.subscribe({ query: 'subscription { x }' }).next(), { code: 'disposed' });
  await assert.rejects(auth.graphql({ query: '{x}' }), { code: 'disposed' });
});

test('one that is disposed before its parts are there connects nowhere', async (t) => {
  const { auth, server } = await stage(t);
  const subscription = auth.subscribe({ query: 'subscription { x }' });
  auth.dispose();
  assert.deepEqual(await subscription.next(), { value: undefined, done: true });
  await assert.rejects(subscription.ready, { code: 'aborted' });
  assert.equal(server.connections.length, 0);
});

test('a page loads AppSync, the texts of errors, the account, the steps of a sign-in and the second part of the wasm only when it needs them', async () => {
  const { metafile } = await build({
    entryPoints: [index], bundle: true, format: 'esm', splitting: true, outdir: 'out', write: false, metafile: true, logLevel: 'silent',
  });
  const loaded = new Set();
  const load = ({ inputs, imports }) => {
    for (const input of Object.keys(inputs)) loaded.add(input.split('/').pop());
    for (const { path, kind } of imports) if (kind === 'import-statement') load(metafile.outputs[path]);
  };
  // The start, and what comes with the wasm.
  for (const name of ['index.js', 'everything.js', 'requests.js']) {
    load(Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint?.endsWith(name)));
  }
  const later = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)).map((input) => input.split('/').pop()).filter((input) => !loaded.has(input));
  assert.deepEqual([...new Set(later)].sort(), [
    ...['account.js', 'appsync_error.js', 'auto_sign_in.js', 'backoff.js', 'channel.js', 'client_secret.js', 'connection.js', 'deduplicator.js'],
    ...['dialect.js', 'errors.js', 'explain.js', 'graphql.js', 'load_error.js', 'network_error.js', 'passkeys.js', 'poolpass_deferred.js'],
    ...['proof.js', 'realtime.js', 'second_wasm.js', 'socket.js', 'steps.js', 'subscription.js', 'timers.js', 'totp.js'],
  ]);
});
