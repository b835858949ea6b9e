// Our kit in Chromium, signing in with npm oidc-provider directly, without a user pool in between.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, test } from 'node:test';
import { SignJWT, createRemoteJWKSet, jwtVerify } from 'jose';
import { WEB, countingRequests, endpoint, region, reset, userPoolId } from './emulator.mjs';
import { PEOPLE, cancelOutside, signInOutside, startProvider } from './outside_provider.mjs';
import { HOME, comeBack, openApp, signInWithRedirect } from './poolpass_app.mjs';

const CLIENT = { client_id: 'app', token_endpoint_auth_method: 'none', redirect_uris: [HOME] };
const { provider, issuer, privateKey, kid } = await startProvider([CLIENT]);

const configurationWith = (outside = {}) => ({
  region, endpoint,
  userPool: { userPoolId, userPoolClientId: WEB },
  oidcProviders: { outside: { issuer, clientId: 'app', scopes: ['openid', 'email'], redirectSignIn: [HOME], ...outside } },
});

const OUTSIDE = { provider: { oidc: 'outside' } };
const toOutside = (page, input = {}) => signInWithRedirect(page, { ...OUTSIDE, ...input }, ({ origin }) => origin === issuer);
const idToken = (page) =>
  page.evaluate(async () => String((await auth.fetchProviderSession({ provider: 'outside' })).idToken ?? ''));

/** Whom the provider names as the issuer when it sends the browser back, if not itself; `null` for nobody. */
let named;
provider.use(async (context, next) => {
  await next();
  const location = context.response.get('location');
  if (named !== undefined && location?.startsWith(HOME)) {
    const url = new URL(location);
    assert.equal(url.searchParams.get('iss'), issuer);
    url.searchParams.delete('iss');
    if (named) url.searchParams.set('iss', named);
    context.set('location', url.href);
  }
});

beforeEach(async () => {
  named = undefined;
  await reset();
});

test('signs in, with a verified ID token, and the user pool is not asked', async (t) => {
  const page = await openApp(t, configurationWith(), `${HOME}notes/7?sort=age#end`);
  const requests = await countingRequests(async () => {
    await toOutside(page, { customState: { words: 'mäh' }, options: { nonce: 'n-0S6_WzA2Mj' } });
    await signInOutside(page, 'olga');
    const output = await comeBack(page);
    assert.deepEqual(output, { provider: 'outside', customState: { words: 'mäh' }, returnTo: '/notes/7?sort=age#end' });
  });
  assert.deepEqual(requests, {});
  assert.equal(page.url(), `${HOME}notes/7?sort=age#end`);

  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  const { payload } = await jwtVerify(await idToken(page), keys, { issuer, audience: 'app', algorithms: ['RS256'] });
  assert.deepEqual([payload.sub, payload.email, payload.nonce], [PEOPLE.olga.sub, PEOPLE.olga.email, 'n-0S6_WzA2Mj']);
  await assert.rejects(page.evaluate(() => auth.getCurrentUser()), /UserUnAuthenticatedException/);
});

test('a signed-in browser comes straight back; the session survives a reload', async (t) => {
  const page = await openApp(t, configurationWith());
  await toOutside(page);
  await signInOutside(page, 'omar');
  await comeBack(page);
  const first = await idToken(page);
  await page.reload();
  await page.waitForFunction(() => globalThis.auth);
  assert.equal(await idToken(page), first);
  await signInWithRedirect(page, OUTSIDE, ({ href }) => href.startsWith(HOME));
  assert.deepEqual(await comeBack(page), { provider: 'outside', returnTo: '/' });
  assert.notEqual(await idToken(page), first);
});

test('hears of a person who gives up, and of prompt=none', async (t) => {
  const page = await openApp(t, configurationWith());
  await toOutside(page, { customState: 7 });
  await cancelOutside(page);
  const { code, reason, message, customState } = await comeBack(page);
  assert.deepEqual([code, reason, customState], ['oauth', 'access_denied', 7], message);
  await signInWithRedirect(page, { ...OUTSIDE, options: { prompt: 'none' } }, ({ href }) => href.startsWith(HOME));
  assert.deepEqual([(await comeBack(page)).reason, await idToken(page)], ['login_required', '']);
});

test('refuses a provider that says it is another', async (t) => {
  const page = await openApp(t, configurationWith({ issuer: issuer.replace('localhost', '127.0.0.1') }));
  const refused = await page.evaluate(
    (input) => auth.signInWithRedirect(input).catch(({ code, reason }) => ({ code, reason })), OUTSIDE,
  );
  assert.deepEqual(refused, { code: 'token_invalid', reason: 'wrong_issuer' });
  assert.equal(page.url(), HOME);
});

for (const [name, other] of [['in the name of another server', 'https://mixed-up.example'], ['in nobody’s name, as Cognito’s is', null]]) {
  test(`refuses an answer ${name} (RFC 9207)`, async (t) => {
    const page = await openApp(t, configurationWith());
    let exchanges = 0;
    await page.route(`${issuer}/token`, (route) => ((exchanges += 1), route.fallback()));
    named = other;
    await toOutside(page);
    await signInOutside(page, 'olga');
    const { code, reason } = await comeBack(page);
    assert.deepEqual([code, reason, exchanges, await idToken(page)], ['token_invalid', 'wrong_issuer', 0, '']);
  });
}

test('refuses ID tokens of the provider’s own key that are not for this sign-in', async (t) => {
  const page = await openApp(t, configurationWith());
  let forged = {};
  await page.route(`${issuer}/token`, async (route) => {
    const response = await route.fetch();
    const reply = await response.json();
    const claims = JSON.parse(Buffer.from(reply.id_token.split('.')[1], 'base64url'));
    const at_hash = createHash('sha256').update(reply.access_token).digest().subarray(0, 16).toString('base64url');
    const token = new SignJWT({ ...claims, at_hash, ...forged }).setProtectedHeader({ alg: 'RS256', kid });
    await route.fulfill({ response, json: { ...reply, id_token: await token.sign(privateKey) } });
  });
  await toOutside(page);
  await signInOutside(page, 'olga');
  assert.equal((await comeBack(page)).provider, 'outside', 'what is right is believed');
  const good = await idToken(page);
  for (const [claims, reason] of [
    [{ aud: 'another-app' }, 'wrong_audience'],
    [{ aud: ['app', 'another-app'], azp: 'another-app' }, 'wrong_audience'],
    [{ iss: 'https://mixed-up.example' }, 'wrong_issuer'],
    [{ nonce: 'of-another-sign-in' }, 'wrong_nonce'],
    [{ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }, 'wrong_at_hash'],
    [{ exp: 1_000_000_000 }, 'token_expired'],
    [{ sub: undefined }, 'missing_claim'],
  ]) {
    forged = claims;
    await signInWithRedirect(page, OUTSIDE, ({ href }) => href.startsWith(HOME));
    const error = await comeBack(page);
    assert.deepEqual([error.code, error.reason], ['token_invalid', reason], `${JSON.stringify(claims)}: ${error.message}`);
    assert.equal(await idToken(page), good, 'the session before stays');
  }
});
