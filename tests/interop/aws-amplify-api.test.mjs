// aws-amplify's generateClient at the emulator's AppSync: queries, mutations and subscriptions in every mode, behind TLS.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { generateClient } from 'aws-amplify/api';
import { fetchAuthSession, signIn, signOut } from 'aws-amplify/auth';
import { openApp } from './amplify.mjs';
import { listen, trustEverybody } from './amplify_api.mjs';
import { alice, bob, endpoint, region, reset } from './emulator.mjs';
import { identityPoolId } from './kit.mjs';
import { tlsBefore } from './tls_proxy.mjs';

trustEverybody();
const host = await tlsBefore(endpoint);
const client = () => generateClient();
const LAMBDA = { authMode: 'lambda', authToken: 'poolpass-lambda-token' };

// Not before each test: Amplify keeps its guest's identity, and a reset would delete that.
await reset();
openApp({
  cognito: { identityPoolId, identityPoolEndpoint: endpoint, allowGuestAccess: true },
  API: { GraphQL: { endpoint: `https://${host}/graphql`, region, defaultAuthMode: 'userPool', apiKey: 'da2-poolpasslocal0000000000000' } },
});
beforeEach(() => signOut());

const user = ({ username, password }) => signIn({ username, password });
const LIST = 'query { listNotes { items { id owner title shared } nextToken } }';
const CREATE = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { id owner title content shared } }';
const HEAR = 'subscription ($owner: String) { onCreateNote(owner: $owner) { id owner title content shared } }';
const create = (input, mode) => client().graphql({ query: CREATE, variables: { input }, ...mode });
const subscribe = (variables, mode) => client().graphql({ query: HEAR, variables, ...mode });

test('everybody reads shared notes, in each mode', async () => {
  const shared = async (mode) => (await client().graphql({ query: LIST, ...mode })).data.listNotes.items.map(({ title }) => title);
  for (const mode of [{ authMode: 'apiKey' }, { authMode: 'iam' }, { authMode: 'identityPool' }, LAMBDA]) {
    assert.deepEqual(await shared(mode), ['Welcome'], JSON.stringify(mode));
  }
  await user(bob);
  for (const mode of [{ authMode: 'userPool' }, { authMode: 'iam' }]) assert.deepEqual(await shared(mode), ['Welcome'], JSON.stringify(mode));
});

test('whoever may write hears of what they wrote, in each mode', async (t) => {
  await user(bob);
  const { identityId } = await fetchAuthSession();
  for (const [mode, owner] of [[{ authMode: 'userPool' }, 'bob'], [{ authMode: 'iam' }, identityId], [LAMBDA, 'lambda']]) {
    const next = await listen(t, subscribe(mode === LAMBDA ? {} : { owner }, mode));
    const { data } = await create({ title: `by ${mode.authMode}`, content: 'Zoë 🔥' }, mode);
    assert.equal(data.createNote.owner, owner);
    assert.deepEqual((await next()).data.onCreateNote, data.createNote);
  }
});

test('an API key listens to what is shared', async (t) => {
  await user(alice);
  const next = await listen(t, subscribe({}, { authMode: 'apiKey' }));
  await create({ title: 'private' });
  const { data } = await create({ title: 'for everybody', shared: true });
  assert.deepEqual((await next()).data.onCreateNote, data.createNote);
});

test('what is not allowed is an error that names the field', async () => {
  const first = (errors) => ({ errorType: errors[0].errorType, message: errors[0].message });
  const field = { errorType: 'Unauthorized', message: 'Not Authorized to access createNote on type Mutation' };
  const refused = async (work, expected) => assert.deepEqual(first((await work.then(() => assert.fail('allowed'), (error) => error)).errors), expected);
  await refused(create({ title: 'mine' }, { authMode: 'apiKey' }), field);
  await refused(create({ title: 'mine' }, { authMode: 'iam' }), field); // a guest
  await user(bob);
  await refused(create({ title: 'shared', shared: true }), field);
  // A request that is refused as a whole, in Amplify's own words.
  await refused(client().graphql({ query: LIST, authMode: 'lambda', authToken: 'another' }), { errorType: undefined, message: 'Unauthorized' });
});

test('a subscription to somebody else’s notes ends in an error', async (t) => {
  await user(bob);
  await assert.rejects(listen(t, subscribe({ owner: 'alice' })), ({ errors }) => /Unauthorized/i.test(JSON.stringify(errors)));
});
