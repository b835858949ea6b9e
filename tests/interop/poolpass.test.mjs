// Our own kit in Node.js beside the others: the same users, the same tokens, and nobody in anybody's way.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import * as amplify from 'aws-amplify/auth';
import { openApp } from './amplify.mjs';
import {
  ROTATING, WEB, advanceClock, alice, bob, countingRequests, endpoint, lastCode, newcomer, region, reset, userPoolId,
} from './emulator.mjs';
import { call, openPool, signedIn } from './identity_js.mjs';
import { MemoryStorage } from './memory_storage.mjs';
import { packageFolder } from './package_folder.mjs';
import { verifier } from './verifier.mjs';

const { createAuth, isPoolpassError } = await import(new URL('index.js', packageFolder));

const open = [];

async function openKit({ clientId = WEB, storage = 'memory' } = {}) {
  const kit = await createAuth({ region, userPool: { userPoolId, userPoolClientId: clientId }, endpoint, storage });
  open.push(kit);
  return kit;
}

beforeEach(reset);
afterEach(() => open.splice(0).forEach((kit) => kit.dispose()));

const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };
const credentials = ({ username, password }) => ({ username, password });

async function assertVerified({ accessToken, idToken }, clientId = WEB) {
  const access = await (await verifier('access', { clientId })).verify(String(accessToken));
  const id = await (await verifier('id', { clientId })).verify(String(idToken));
  assert.deepEqual([access, id], [accessToken.payload, idToken.payload].map((payload) => ({ ...payload })));
}

for (const [authFlowType, expected] of [
  ['USER_SRP_AUTH', { InitiateAuth: 1, RespondToAuthChallenge: 1 }],
  ['USER_PASSWORD_AUTH', { InitiateAuth: 1 }],
]) {
  test(`signs in by ${authFlowType}, and aws-jwt-verify accepts the tokens`, async () => {
    const auth = await openKit();
    const requests = await countingRequests(async () => {
      assert.deepEqual(await auth.signIn({ username: alice.email, password: alice.password, options: { authFlowType } }), DONE);
      assert.equal((await auth.getCurrentUser()).username, 'alice');
      await auth.fetchAuthSession();
    });
    assert.deepEqual(requests, expected);
    await assertVerified((await auth.fetchAuthSession()).tokens);
  });

  test(`a wrong password is refused by ${authFlowType}`, async () => {
    const auth = await openKit();
    const wrong = { username: 'alice', password: 'Wrong-Horse7!', options: { authFlowType } };
    await assert.rejects(auth.signIn(wrong), (error) => {
      assert.ok(isPoolpassError(error));
      assert.equal(error.name, 'NotAuthorizedException');
      assert.equal(error.message, 'Incorrect username or password.');
      return true;
    });
    assert.equal((await auth.fetchAuthSession()).tokens, undefined);
  });
}

test('tells groups and claims, and has none when nobody is signed in', async () => {
  const auth = await openKit();
  assert.deepEqual([await auth.groups(), await auth.claims()], [[], null]);
  await auth.signIn({ username: 'bob', password: 'Battery-Staple8?' });
  assert.deepEqual(await auth.groups(), []);
  await auth.signIn({ username: alice.email, password: alice.password });
  assert.deepEqual(await auth.groups(), ['editors']);
  const claims = await auth.claims();
  assert.equal(claims.email, alice.email);
  assert.equal(claims['cognito:preferred_role'], 'arn:aws:iam::000000000000:role/poolpass-editors');
});

for (const [name, clientId] of Object.entries({ 'refresh tokens stay': WEB, 'refresh tokens rotate': ROTATING })) {
  test(`refreshes again and again where ${name}`, async () => {
    const auth = await openKit({ clientId });
    await auth.signIn(credentials(alice));
    const seen = new Set([String((await auth.fetchAuthSession()).tokens.accessToken)]);
    const requests = await countingRequests(async () => {
      for (let round = 0; round < 3; round += 1) {
        const { tokens } = await auth.fetchAuthSession({ forceRefresh: true });
        await assertVerified(tokens, clientId);
        seen.add(String(tokens.accessToken));
      }
    });
    assert.equal(requests.GetTokensFromRefreshToken, 3);
    assert.equal(seen.size, 4);
  });
}

test('ten reads that meet a refresh share one', async () => {
  const auth = await openKit({ clientId: ROTATING });
  await auth.signIn(credentials(alice));
  const requests = await countingRequests(async () => {
    const sessions = await Promise.all(Array.from({ length: 10 }, () => auth.fetchAuthSession({ forceRefresh: true })));
    assert.equal(new Set(sessions.map(({ tokens }) => String(tokens.accessToken))).size, 1);
  });
  assert.deepEqual(requests, { GetTokensFromRefreshToken: 1 });
});

for (const [fault, seconds] of Object.entries({ slow: 3601, fast: -3601 })) {
  test(`a device whose clock is an hour ${fault} signs in by SRP and then needs no request to read its session`, async () => {
    await advanceClock(seconds);
    const auth = await openKit();
    assert.deepEqual(await auth.signIn(credentials(alice)), DONE);
    assert.deepEqual(await countingRequests(() => auth.fetchAuthSession()), {});
    assert.equal((await auth.fetchUserAttributes()).email, alice.email);
  });
}

test('a user who signed up with the kit can use the others', async () => {
  const { username, password, email } = newcomer();
  const auth = await openKit();
  const { nextStep } = await auth.signUp({ username, password, options: { userAttributes: { email } } });
  assert.equal(nextStep.signUpStep, 'CONFIRM_SIGN_UP');
  await auth.resendSignUpCode({ username });
  await auth.confirmSignUp({ username, confirmationCode: await lastCode(email) });
  const { user } = await signedIn({ username, password });
  const theirs = (await call(user, 'getUserAttributes')).map((attribute) => [attribute.getName(), attribute.getValue()]);
  await auth.signIn({ username, password });
  assert.deepEqual(await auth.fetchUserAttributes(), Object.fromEntries(theirs));
});

test('a sign-out revokes the session and leaves those of other kits', async () => {
  const { user } = await signedIn(alice);
  const auth = await openKit();
  await auth.signIn(credentials(alice));
  assert.deepEqual(await countingRequests(() => auth.signOut()), { RevokeToken: 1 });
  assert.equal((await auth.fetchAuthSession()).tokens, undefined);
  assert.ok(await call(user, 'getUserAttributes'));

  await auth.signIn(credentials(alice));
  assert.deepEqual(await countingRequests(() => auth.signOut({ global: true })), { GlobalSignOut: 1 });
  await assert.rejects(call(user, 'getUserAttributes'), { message: 'Access Token has been revoked' });
});

test('in one storage, neither aws-amplify nor amazon-cognito-identity-js sees or harms the kit’s session', async () => {
  const storage = new MemoryStorage();
  const auth = await openKit({ storage });
  await auth.signIn(credentials(alice));
  const ours = storage.keys();
  assert.equal(ours.length, 2); // the record, written whole, and which one is the current session

  openApp({ storage });
  const pool = openPool({ storage });
  assert.equal((await amplify.fetchAuthSession()).tokens, undefined);
  assert.equal(pool.getCurrentUser(), null);
  await amplify.signIn(credentials(bob));
  await signedIn(bob, pool);
  await amplify.signOut();
  await call(pool.getCurrentUser() ?? (await signedIn(bob, pool)).user, 'signOut');

  assert.deepEqual(storage.keys(), ours);
  assert.equal((await auth.getCurrentUser()).username, 'alice');
  assert.equal((await auth.fetchUserAttributes()).email, alice.email);
});

test('takes the configurations that apps have from Amplify as they are', async (t) => {
  // A page's configuration: on a server, createAuth needs a storage.
  globalThis.location = new URL('https://app.example.com/');
  t.after(() => delete globalThis.location);
  const outputs = {
    version: '1.4',
    auth: {
      aws_region: region,
      user_pool_id: userPoolId,
      user_pool_client_id: WEB,
      identity_pool_id: `${region}:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11`,
      username_attributes: ['email'],
      password_policy: { min_length: 8 },
      unauthenticated_identities_enabled: true,
    },
    data: { url: 'https://example.com/graphql', aws_region: region },
    storage: { aws_region: region, bucket_name: 'photos' },
  };
  const v6 = { Auth: { Cognito: { userPoolId, userPoolClientId: WEB, loginWith: { email: true } } } };
  const exports = { aws_project_region: region, aws_user_pools_id: userPoolId, aws_user_pools_web_client_id: WEB, oauth: {} };
  const memory = () => new MemoryStorage();
  for (const config of [outputs, { ...outputs, storage: memory() }, { ...v6, storage: memory() }, { ...exports, storage: memory() }]) {
    const auth = await createAuth({ ...config, endpoint });
    open.push(auth);
    assert.deepEqual(await auth.signIn(credentials(alice)), DONE);
    assert.equal(auth.storage, config === outputs ? 'memory' : 'custom'); // Node.js has no localStorage
  }
});
