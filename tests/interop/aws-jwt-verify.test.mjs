// aws-jwt-verify on tokens of poolpass-local, as a back end would use it.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import {
  CognitoJwtInvalidClientIdError, CognitoJwtInvalidGroupError, CognitoJwtInvalidTokenUseError, JwtExpiredError, JwtInvalidSignatureError,
} from 'aws-jwt-verify/error';
import { ROTATING, advanceClock, alice, bob, fetchJwks, orderFault, reset, userPoolId } from './emulator.mjs';
import { authenticate, call, openPool, signedIn, tokensOf, userOf } from './identity_js.mjs';
import { verifier } from './verifier.mjs';

beforeEach(reset);

const tokens = async (person = alice, pool = openPool()) => tokensOf((await signedIn(person, pool)).session);

test('accepts ID and access tokens of both clients', async () => {
  const { accessToken, idToken } = await tokens();
  const access = await (await verifier('access', { scope: 'aws.cognito.signin.user.admin' })).verify(accessToken);
  const id = await (await verifier('id')).verify(idToken);
  assert.deepEqual([access.username, id['cognito:username'], id.email, id.email_verified], ['alice', 'alice', alice.email, true]);
  assert.equal(access.sub, id.sub);
  assert.equal(access.iss, `https://cognito-idp.eu-west-1.amazonaws.com/${userPoolId}`);

  const rotating = await tokens(alice, openPool({ clientId: ROTATING }));
  assert.ok(await (await verifier('access', { clientId: ROTATING })).verify(rotating.accessToken));
  assert.ok(await (await verifier('id', { clientId: ROTATING })).verify(rotating.idToken));
});

test('accepts refreshed tokens', async () => {
  const { user, session } = await signedIn(alice);
  const { accessToken, idToken } = tokensOf(await call(user, 'refreshSession', session.getRefreshToken()));
  assert.ok(await (await verifier('access')).verify(accessToken));
  assert.ok(await (await verifier('id')).verify(idToken));
});

test('the two kinds of token are signed with different keys of the set', async () => {
  const { accessToken, idToken } = await tokens();
  const kids = [idToken, accessToken].map((token) => decode(token, 0).kid);
  const { keys } = await fetchJwks();
  assert.equal(new Set(kids).size, 2);
  assert.deepEqual(keys.map(({ kid }) => kid).sort(), [...kids].sort());
  for (const { alg, kty, use, e } of keys) assert.deepEqual({ alg, kty, use, e }, { alg: 'RS256', kty: 'RSA', use: 'sig', e: 'AQAB' });
});

test('refuses a token that was tampered with', async () => {
  const { accessToken } = await tokens();
  const [header, , signature] = accessToken.split('.');
  const payload = Buffer.from(JSON.stringify({ ...decode(accessToken, 1), username: 'bob' })).toString('base64url');
  const access = await verifier('access');
  assert.ok(await access.verify(accessToken));
  await assert.rejects(access.verify([header, payload, signature].join('.')), JwtInvalidSignatureError);
});

test('refuses the wrong kind, client and group', async () => {
  const { accessToken, idToken } = await tokens();
  await assert.rejects((await verifier('access')).verify(idToken), CognitoJwtInvalidTokenUseError);
  await assert.rejects((await verifier('id')).verify(accessToken), CognitoJwtInvalidTokenUseError);
  for (const [use, token] of [['access', accessToken], ['id', idToken]]) {
    await assert.rejects((await verifier(use, { clientId: ROTATING })).verify(token), CognitoJwtInvalidClientIdError);
  }
  const editors = await verifier('access', { groups: ['editors'] });
  assert.ok(await editors.verify(accessToken));
  await assert.rejects(editors.verify((await tokens(bob)).accessToken), CognitoJwtInvalidGroupError);
});

test('refuses tokens that a foreign key signed under the right key id', async () => {
  await orderFault({ operation: 'RespondToAuthChallenge', kind: 'wrongKey', times: 1 });
  const forged = await tokens();
  const honest = await tokens();
  for (const [use, name] of [['access', 'accessToken'], ['id', 'idToken']]) {
    const strict = await verifier(use);
    assert.equal(decode(forged[name], 0).kid, decode(honest[name], 0).kid);
    await assert.rejects(strict.verify(forged[name]), JwtInvalidSignatureError);
    assert.ok(await strict.verify(honest[name]));
  }
});

test('refuses tokens that have expired', async () => {
  await advanceClock(-3602); // an hour is what they live; the verifier's clock stays
  const user = userOf(openPool(), alice.username);
  user.setAuthenticationFlowType('USER_PASSWORD_AUTH'); // an SRP answer carries the time, which is checked
  const { accessToken, idToken } = tokensOf((await authenticate(user, alice.password)).session);
  await assert.rejects((await verifier('access')).verify(accessToken), JwtExpiredError);
  await assert.rejects((await verifier('id')).verify(idToken), JwtExpiredError);
  assert.ok(await (await verifier('access', { graceSeconds: 3600 })).verify(accessToken)); // nothing else is wrong with it
});

/** The header (0) or the payload (1) of a token, unverified. */
function decode(token, part) {
  return JSON.parse(Buffer.from(token.split('.')[part], 'base64url'));
}
