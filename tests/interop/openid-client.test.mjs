// openid-client at the hosted UI of poolpass-local; the tokens in the hands of aws-jwt-verify and jose.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, test } from 'node:test';
import { CognitoJwtInvalidClientIdError, JwtInvalidScopeError } from 'aws-jwt-verify/error';
import { createLocalJWKSet, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { SCOPES, cognito, createAppClient } from './administrator.mjs';
import { serveApp } from './app_server.mjs';
import { openPage } from './browser.mjs';
import { WEB, advanceClock, alice, endpoint, fetchJwks, orderFault, reset, userPoolId } from './emulator.mjs';
import { ISSUER, begin, discover, visit } from './openid_client.mjs';
import { verifier } from './verifier.mjs';

const app = await serveApp({ page: '<!doctype html><title>openid-client</title>', files: {} });
const CALLBACK = `${app}/callback`;
/** A reply of 401; Cognito's challenge names no scheme, so that the library can't read more from it. */
const UNAUTHORIZED = ({ code, cause }) => code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' && cause.status === 401;

beforeEach(reset);

/** A browser, an app client and openid-client as that client. */
async function openApp(t) {
  const clientId = await createAppClient([CALLBACK]);
  return { page: await openPage(t), clientId, config: await discover(clientId) };
}

/** A whole sign-in, `person` null in a browser that is signed in already; returns the token endpoint's reply. */
async function signIn({ page, config }, options = {}, person = alice) {
  const { url, checks } = await begin(config, CALLBACK, options);
  return openid.authorizationCodeGrant(config, await visit(page, url, CALLBACK, person), checks);
}

test('discovers the pool', async () => {
  const config = await discover(WEB);
  const metadata = config.serverMetadata();
  assert.equal(metadata.issuer, ISSUER);
  assert.equal(metadata.supportsPKCE(), true);
  assert.equal(metadata.token_endpoint, `${endpoint}/oauth2/token`);
});

test('signs in: state, nonce, PKCE, signature and max_age are right', async (t) => {
  const { page, clientId, config } = await openApp(t);
  const tokens = await signIn({ page, config }, { maxAge: 60 });
  const claims = tokens.claims();
  assert.deepEqual([claims.iss, claims.aud, claims.email], [ISSUER, clientId, alice.email]);
  assert.equal(tokens.token_type, 'bearer');
  assert.equal(tokens.expires_in, 3600);
  const info = await openid.fetchUserInfo(config, tokens.access_token, claims.sub);
  assert.deepEqual([info.username, info.email, info.email_verified], ['alice', alice.email, 'true']);

  const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token);
  assert.equal(refreshed.claims().sub, claims.sub);
  assert.equal(refreshed.refresh_token, undefined);
  await openid.tokenRevocation(config, tokens.refresh_token);
  await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_grant' });
  await assert.rejects(openid.fetchUserInfo(config, refreshed.access_token, claims.sub), UNAUTHORIZED);
});

test('aws-jwt-verify accepts the tokens, by scope; jose and at_hash agree', async (t) => {
  const { page, clientId, config } = await openApp(t);
  const { id_token, access_token } = await signIn({ page, config }, { scope: 'openid email notes/read' });
  const id = await (await verifier('id', { clientId })).verify(id_token);
  const access = await (await verifier('access', { clientId, scope: 'notes/read' })).verify(access_token);
  assert.deepEqual([access.username, id['cognito:username'], access.sub], ['alice', 'alice', id.sub]);
  await assert.rejects((await verifier('access', { clientId, scope: 'notes/write' })).verify(access_token), JwtInvalidScopeError);
  await assert.rejects((await verifier('access', { clientId: WEB })).verify(access_token), CognitoJwtInvalidClientIdError);

  const keys = createLocalJWKSet(await fetchJwks());
  const checks = { issuer: ISSUER, algorithms: ['RS256'] };
  const { payload } = await jwtVerify(id_token, keys, { ...checks, audience: clientId, requiredClaims: ['nonce', 'auth_time'] });
  await jwtVerify(access_token, keys, checks);
  const leftHalf = createHash('sha256').update(access_token, 'ascii').digest().subarray(0, 16);
  assert.equal(payload.at_hash, leftHalf.toString('base64url'));
});

test('without openid there is no ID token; with a resource the access token is for it', async (t) => {
  const { page, clientId, config } = await openApp(t);
  const resource = 'https://notes.example.com/api';
  const { url, checks } = await begin(config, CALLBACK, { scope: 'notes/read', resource });
  const callback = await visit(page, url, CALLBACK, alice);
  const tokens = await openid.authorizationCodeGrant(config, callback, { ...checks, expectedNonce: undefined });
  assert.equal(tokens.id_token, undefined);
  const access = await (await verifier('access', { clientId })).verify(tokens.access_token);
  assert.deepEqual([access.scope, access.aud], ['notes/read', resource]);
  await assert.rejects(openid.fetchUserInfo(config, tokens.access_token, access.sub), UNAUTHORIZED);
});

test('a code is good once, and only with its verifier', async (t) => {
  const { page, config } = await openApp(t);
  const first = await begin(config, CALLBACK);
  const callback = await visit(page, first.url, CALLBACK, alice);
  const tokens = await openid.authorizationCodeGrant(config, callback, first.checks);
  await assert.rejects(openid.authorizationCodeGrant(config, callback, first.checks), { error: 'invalid_grant' });
  await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_grant' });

  const second = await begin(config, CALLBACK);
  const again = await visit(page, second.url, CALLBACK); // the browser is signed in
  const checks = { ...second.checks, pkceCodeVerifier: openid.randomPKCECodeVerifier() };
  await assert.rejects(openid.authorizationCodeGrant(config, again, checks), { error: 'invalid_grant' });
});

test('max_age asks for the password again once the sign-in is older', async (t) => {
  const { page, config } = await openApp(t);
  const first = (await signIn({ page, config }, { maxAge: 600 })).claims();
  await advanceClock(300);
  const second = (await signIn({ page, config }, { maxAge: 600 }, null)).claims();
  assert.equal(second.auth_time, first.auth_time);
  await advanceClock(301);
  const third = (await signIn({ page, config }, { maxAge: 600 })).claims();
  assert.ok(third.auth_time >= first.auth_time + 601);
});

test('clients with a secret: both ways to show it, and machines', async (t) => {
  const settings = { GenerateSecret: true, CallbackURLs: [CALLBACK] };
  const clientId = await createAppClient([CALLBACK], settings);
  const { UserPoolClient: { ClientSecret } } = await cognito.describeUserPoolClient({ UserPoolId: userPoolId, ClientId: clientId });
  const page = await openPage(t);
  const basic = await discover(clientId, openid.ClientSecretBasic(ClientSecret));
  const { sub } = (await signIn({ page, config: basic })).claims();
  const post = await discover(clientId, openid.ClientSecretPost(ClientSecret));
  assert.equal((await signIn({ page, config: post }, {}, null)).claims().sub, sub);
  const wrong = await discover(clientId, openid.ClientSecretBasic(`${ClientSecret}x`));
  await assert.rejects(signIn({ page, config: wrong }, {}, null), { error: 'invalid_client' });

  const machine = await createAppClient([], {
    GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['notes/read', 'notes/write'],
    CallbackURLs: undefined, LogoutURLs: undefined, SupportedIdentityProviders: undefined,
  });
  const { UserPoolClient } = await cognito.describeUserPoolClient({ UserPoolId: userPoolId, ClientId: machine });
  const config = await discover(machine, openid.ClientSecretBasic(UserPoolClient.ClientSecret));
  const { access_token, refresh_token, id_token } = await openid.clientCredentialsGrant(config, { scope: 'notes/write' });
  assert.deepEqual([refresh_token, id_token], [undefined, undefined]);
  const access = await (await verifier('access', { clientId: machine, scope: 'notes/write' })).verify(access_token);
  assert.deepEqual([access.sub, access.scope, access.username], [machine, 'notes/write', undefined]);
});

test('signs out', async (t) => {
  const { page, clientId, config } = await openApp(t);
  await signIn({ page, config });
  await page.goto(openid.buildEndSessionUrl(config, { client_id: clientId, logout_uri: CALLBACK }).href);
  assert.equal(page.url(), CALLBACK);
  const { url } = await begin(config, CALLBACK, { prompt: 'none' });
  assert.equal((await visit(page, url, CALLBACK)).searchParams.get('error'), 'login_required');
});

test('refuses ID tokens that were forged on order', async (t) => {
  const app = await openApp(t);
  await signIn(app);
  for (const [what, fault, reason] of [
    ['another nonce', { claims: { nonce: 'other' } }, /^unexpected ID Token "nonce" claim value/],
    ['another audience', { claims: { aud: 'other' } }, /^unexpected JWT "aud" \(audience\) claim value/],
    ['another issuer', { claims: { iss: 'https://issuer.example' } }, /^unexpected JWT "iss" \(issuer\) claim value/],
    ['expired', { claims: { exp: 1 } }, /^unexpected JWT "exp" \(expiration time\) claim value/],
    ['a foreign signature', { sign: 'foreign' }, /^JWT signature verification failed/],
    ['no signature', { header: { alg: 'none' }, sign: 'none' }, /^unexpected JWT "alg" header parameter/],
  ]) {
    await orderFault({ operation: '/oauth2/token', kind: 'forge', token: 'id', ...fault });
    await assert.rejects(signIn(app, {}, null), (error) => reason.test(error.cause?.message), what);
  }
});
