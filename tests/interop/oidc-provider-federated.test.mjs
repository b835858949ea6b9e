// Our kit in Chromium, signing in at the user pool by way of npm oidc-provider.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { SCOPES, cognito, createAppClient } from './administrator.mjs';
import { signInAtHostedUi } from './browser.mjs';
import { alice, bob, countingRequests, endpoint, region, reset, userPoolId } from './emulator.mjs';
import { PEOPLE, cancelOutside, signInOutside, startProvider } from './outside_provider.mjs';
import { HOME, comeBack, openApp, signInWithRedirect } from './poolpass_app.mjs';
import { verifier } from './verifier.mjs';

const CLIENT = { client_id: 'cognito', client_secret: 'between-the-two', redirect_uris: [`${endpoint}/oauth2/idpresponse`] };
/** Cognito shows its secret in the body ("Using OIDC identity providers with a user pool": no client_secret_basic). */
const usual = await startProvider([{ ...CLIENT, token_endpoint_auth_method: 'client_secret_post' }]);
const headerOnly = await startProvider([{ ...CLIENT, token_endpoint_auth_method: 'client_secret_basic' }], {
  clientAuthMethods: ['client_secret_basic'],
});
const OUTSIDE = { provider: { custom: 'Outside' } };

beforeEach(reset);

/** The pool with the provider in it, as a script sets it up, and the app, opened by somebody new. */
async function setUp(t, { outside = usual, details = {} } = {}) {
  const { issuer } = outside;
  await cognito.createIdentityProvider({
    UserPoolId: userPoolId,
    ProviderName: 'Outside',
    ProviderType: 'OIDC',
    ProviderDetails: {
      client_id: CLIENT.client_id, client_secret: CLIENT.client_secret, oidc_issuer: issuer,
      authorize_scopes: 'openid email profile', attributes_request_method: 'GET', ...details,
    },
    AttributeMapping: { email: 'email', email_verified: 'email_verified', name: 'name' },
    IdpIdentifiers: ['outside.example'],
  });
  const clientId = await createAppClient([HOME], { SupportedIdentityProviders: ['COGNITO', 'Outside'] });
  const oauth = { domain: 'localhost', scopes: SCOPES, redirectSignIn: [HOME], redirectSignOut: [HOME] };
  const page = await openApp(t, { region, endpoint, userPool: { userPoolId, userPoolClientId: clientId, oauth } });
  const toOutside = (input = OUTSIDE) => signInWithRedirect(page, input, ({ origin }) => origin === issuer);
  return { page, clientId, toOutside };
}

const claims = (page) =>
  page.evaluate(async () => {
    const { idToken, accessToken } = (await auth.fetchAuthSession()).tokens;
    return { id: idToken.payload, access: accessToken.payload, idText: String(idToken), accessText: String(accessToken) };
  });

const attributesOf = async (Username) => {
  const { UserAttributes, UserStatus } = await cognito.adminGetUser({ UserPoolId: userPoolId, Username });
  return { status: UserStatus, ...Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value])) };
};

test('signs in; the user, the claims and the mapped attributes are those of a federated user', async (t) => {
  const { page, clientId, toOutside } = await setUp(t);
  const requests = await countingRequests(async () => {
    await toOutside({ ...OUTSIDE, customState: ['kept'] });
    await signInOutside(page, 'olga');
    const { user, customState } = await comeBack(page);
    assert.deepEqual([user.username, customState], ['Outside_olga-4711', ['kept']]);
  });
  assert.deepEqual(requests, { '/oauth2/authorize': 1, '/oauth2/idpresponse': 1, '/oauth2/token': 1, 'jwks.json': 1 });

  const { id, access, idText, accessText } = await claims(page);
  await (await verifier('id', { clientId })).verify(idText);
  await (await verifier('access', { clientId, scope: 'notes/read' })).verify(accessText);
  assert.deepEqual([id['cognito:username'], access.username, access.sub], ['Outside_olga-4711', 'Outside_olga-4711', id.sub]);
  assert.deepEqual([id.email, id.name], [PEOPLE.olga.email, PEOPLE.olga.name]);
  assert.deepEqual(id['cognito:groups'], [`${userPoolId}_Outside`]);
  const [{ dateCreated, ...identity }] = id.identities;
  assert.deepEqual(identity, { userId: 'olga-4711', providerName: 'Outside', providerType: 'OIDC', issuer: null, primary: 'true' });
  assert.match(dateCreated, /^\d{13}$/);
  const { status, email, email_verified } = await attributesOf('Outside_olga-4711');
  assert.deepEqual([status, email, email_verified], ['EXTERNAL_PROVIDER', PEOPLE.olga.email, 'true']);
});

test('the session refreshes, and userInfo answers', async (t) => {
  const { page, toOutside } = await setUp(t);
  await toOutside();
  await signInOutside(page, 'omar');
  await comeBack(page);
  const before = await claims(page);
  await page.evaluate(() => auth.fetchAuthSession({ forceRefresh: true }));
  const after = await claims(page);
  assert.notEqual(after.accessText, before.accessText);
  assert.equal(after.id.sub, before.id.sub);
  const { sub, username, email, email_verified } = await page.evaluate(() => auth.userInfo());
  assert.deepEqual([sub, username], [before.id.sub, 'Outside_omar-4712']);
  assert.deepEqual([email, email_verified], [PEOPLE.omar.email, 'false']);
});

test('the same person is the same user, by identifier and by the button on the sign-in page', async (t) => {
  const { page, toOutside } = await setUp(t);
  await toOutside();
  await signInOutside(page, 'olga');
  const first = (await comeBack(page)).user;
  for (const input of [{ provider: { idpIdentifier: 'outside.example' } }, {}]) {
    await leaveSession(page);
    if (input.provider) {
      await signInWithRedirect(page, input, ({ href }) => href.startsWith(HOME)); // the provider still knows the browser
    } else {
      await signInWithRedirect(page, input, ({ pathname }) => pathname === '/login');
      await page.getByRole('link', { name: 'Continue with Outside' }).click();
    }
    assert.deepEqual((await comeBack(page)).user, first);
  }
  const { Users } = await cognito.listUsers({ UserPoolId: userPoolId, Filter: 'username ^= "Outside_"' });
  assert.deepEqual(Users.map(({ Username }) => Username), ['Outside_olga-4711']);
});

/** Signs out of the app and the hosted UI. */
async function leaveSession(page) {
  const back = page.waitForEvent('framenavigated', (frame) => frame.url() === HOME);
  await page.evaluate('void auth.signOut()');
  await back;
  await page.waitForFunction(() => globalThis.auth);
  assert.equal(await page.evaluate(async () => (await auth.fetchAuthSession()).tokens), undefined);
}

test('a linked person signs in as the pool’s own user', async (t) => {
  const { page, toOutside } = await setUp(t);
  await cognito.adminLinkProviderForUser({
    UserPoolId: userPoolId,
    DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: bob.username },
    SourceUser: { ProviderName: 'Outside', ProviderAttributeName: 'Cognito_Subject', ProviderAttributeValue: PEOPLE.omar.sub },
  });
  await toOutside();
  await signInOutside(page, 'omar');
  assert.equal((await comeBack(page)).user.username, 'bob');
  const { id } = await claims(page);
  assert.deepEqual(id.identities.map(({ providerName, userId }) => [providerName, userId]), [['Outside', PEOPLE.omar.sub]]);
});

test('who gives up is back at the app with access_denied, and can sign in with a password', async (t) => {
  const { page, toOutside } = await setUp(t);
  await toOutside({ ...OUTSIDE, customState: 'kept' });
  await cancelOutside(page);
  const { code, reason, message, customState } = await comeBack(page);
  assert.deepEqual([code, reason, customState], ['oauth', 'access_denied', 'kept'], message);
  await signInWithRedirect(page, { provider: 'COGNITO' }, ({ pathname }) => pathname === '/login');
  assert.equal(await page.getByRole('link', { name: 'Continue with Outside' }).count(), 0);
  await signInAtHostedUi(page, alice);
  assert.equal((await comeBack(page)).user.username, 'alice');
});

test('a provider that takes the secret in the header alone refuses, as it would refuse Cognito', async (t) => {
  const { page, toOutside } = await setUp(t, { outside: headerOnly });
  await toOutside();
  await signInOutside(page, 'olga');
  const { code, reason } = await comeBack(page);
  assert.deepEqual([code, reason], ['oauth', 'invalid_request']);
});

test('a wrong secret is told to the app, and no user comes of it', async (t) => {
  const { page, toOutside } = await setUp(t, { details: { client_secret: 'wrong' } });
  await toOutside();
  await signInOutside(page, 'olga');
  const { code, reason, message } = await comeBack(page);
  assert.deepEqual([code, reason], ['oauth', 'invalid_request'], message);
  assert.match(message, /Outside Error - 401 error getting token/);
  await assert.rejects(attributesOf('Outside_olga-4711'), { name: 'UserNotFoundException' });
});
