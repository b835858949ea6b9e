// The kit's GraphQL at AWS's AppSync simulator: queries, mutations, subscriptions and refusals.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { after, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SignJWT, generateKeyPair } from 'jose';
import { WebSocket } from 'ws';
import { bob, region, reset } from './emulator.mjs';
import { openKit } from './kit.mjs';

globalThis.WebSocket ??= WebSocket;
const ISSUER = 'https://login.example.com';
const API_KEY = 'da2-fakeApiId123456';

const simulator = fork(fileURLToPath(new URL('appsync_simulator.mjs', import.meta.url)), [API_KEY, ISSUER], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
after(() => simulator.kill());
const endpoint = await new Promise((resolve, reject) => {
  simulator.once('message', resolve);
  simulator.once('error', reject);
  simulator.once('exit', (code) => reject(new Error(`the simulator ended with ${code} before it was ready`)));
});

beforeEach(reset);

/** A page of the API's, where somebody is signed in or a guest is. */
const openPage = (t, { user, apiKey = API_KEY, defaultAuthMode = 'apiKey' } = {}) =>
  openKit(t, { user, graphql: { endpoint, region, defaultAuthMode, apiKey } });

/** A token of another provider: the simulator reads it and does not verify it. */
async function oidcToken() {
  const { privateKey } = await generateKeyPair('RS256');
  return new SignJWT({ sub: 'zoe', username: 'zoe' }).setProtectedHeader({ alg: 'RS256' }).setIssuer(ISSUER).setExpirationTime('1h').sign(privateKey);
}

const NOTES = '{ notes { id owner text } }';
const CREATE = 'mutation Create($text: String!) { createNote(text: $text) { id owner text } }';
const HEAR = 'subscription { onCreateNote { id owner text } }';
const MODES = [
  ['userPool', bob, async () => ({ authMode: 'userPool' })],
  ['iam', undefined, async () => ({ authMode: 'iam' })],
  ['oidc', undefined, async () => ({ authMode: 'oidc', authToken: await oidcToken() })],
];

for (const [name, user, mode] of MODES) {
  test(`queries, mutates and subscribes by ${name}`, async (t) => {
    const kit = await openPage(t, { user });
    const options = await mode();
    const heard = kit.subscribe({ query: HEAR, ...options });
    await heard.ready;
    const { data } = await kit.graphql({ query: CREATE, variables: { text: `Zoë's 🔥 by ${name}` }, operationName: 'Create', ...options });
    assert.equal(data.createNote.text, `Zoë's 🔥 by ${name}`);
    assert.deepEqual(await heard.next(), { done: false, value: { data: { onCreateNote: data.createNote } } });
    const all = await kit.graphql({ query: NOTES, ...options });
    assert.deepEqual(all.data.notes.at(-1), data.createNote);
    assert.deepEqual(await heard.return(), { done: true, value: undefined });
  });
}

test('the simulator knows the user by the access token', async (t) => {
  const kit = await openPage(t, { user: bob, defaultAuthMode: 'userPool' });
  const { data } = await kit.graphql({ query: CREATE, variables: { text: 'mine' } });
  assert.equal(data.createNote.owner, 'bob');
  const { data: { mine } } = await kit.graphql({ query: '{ mine { owner text } }' });
  assert.deepEqual(mine.at(-1), { owner: 'bob', text: 'mine' });
});

test('several subscriptions share a connection, each with its own filter', async (t) => {
  const [kit, writer] = [await openPage(t), await openPage(t, { user: bob, defaultAuthMode: 'userPool' })];
  const filtered = (owner) => kit.subscribe({ query: 'subscription ($owner: String) { onCreateNote(owner: $owner) { owner text } }', variables: { owner } });
  const [bobs, nobodys, everybodys] = [filtered('bob'), filtered('nobody'), kit.subscribe({ query: HEAR })];
  await Promise.all([bobs.ready, nobodys.ready, everybodys.ready]);
  for (const text of ['one', 'two']) await writer.graphql({ query: CREATE, variables: { text } });
  for (const text of ['one', 'two']) {
    assert.deepEqual((await bobs.next()).value.data.onCreateNote, { owner: 'bob', text });
    assert.equal((await everybodys.next()).value.data.onCreateNote.text, text);
  }
  await nobodys.return();
  await writer.graphql({ query: CREATE, variables: { text: 'three' } });
  assert.equal((await bobs.next()).value.data.onCreateNote.text, 'three');
});

test('errors of fields come with the data of the others', async (t) => {
  const { code, data, errors } = await (await openPage(t)).graphql({ query: '{ broken notes { id } }' }).catch((error) => error);
  assert.deepEqual([code, data.broken], ['appsync', null]);
  assert.ok(Array.isArray(data.notes));
  assert.deepEqual(errors.map(({ message, path }) => [message, path]), [['This never works.', ['broken']]]);
});

test('refusals are errors that say why', async (t) => {
  const kit = await openPage(t, { user: bob });
  await assert.rejects(kit.graphql({ query: '{ nonsense }' }), { code: 'appsync', message: /nonsense/ });
  const refused = await kit.graphql({ query: CREATE, variables: { text: 'x' } }).catch((error) => error);
  assert.equal(refused.errors[0].message, 'Not Authorized to access createNote on type Mutation');
  const stranger = await openPage(t, { apiKey: 'da2-another' });
  await assert.rejects(stranger.graphql({ query: NOTES }), { name: 'UnauthorizedException', code: 'appsync', status: 401 });
  await assert.rejects(kit.subscribe({ query: 'subscription { nonsense { id } }' }).ready, { code: 'appsync', message: /nonsense/ });
});
