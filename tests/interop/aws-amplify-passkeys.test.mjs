// aws-amplify v6 in Chromium with a virtual authenticator: passkeys are registered, listed, used to sign in and deleted.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { SCOPES, cognito } from './administrator.mjs';
import { serveApp } from './app_server.mjs';
import { openPage, signInAtHostedUi } from './browser.mjs';
import { endpoint, reset } from './emulator.mjs';

const { outputFiles: [bundle] } = await build({
  entryPoints: [fileURLToPath(new URL('./apps/aws-amplify.js', import.meta.url))],
  bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', target: 'es2022', logLevel: 'error',
});
const app = await serveApp({
  page: '<!doctype html><title>aws-amplify</title><script type="module" src="/app.js"></script>',
  files: { '/app.js': bundle.contents },
});
const zoe = { username: 'zoe', password: 'Purple-Lemon9&' };
const yann = { username: 'yann', password: 'Purple-Lemon9&' };

beforeEach(reset);

/** A pool whose users may sign in with passkeys, with two users in it. */
async function createPool(WebAuthnConfiguration = {}) {
  const { UserPool } = await cognito.createUserPool({
    PoolName: 'passkeys',
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  });
  const UserPoolId = UserPool.Id;
  await cognito.setUserPoolMfaConfig({
    UserPoolId, MfaConfiguration: 'OFF', WebAuthnConfiguration: { RelyingPartyId: 'localhost', ...WebAuthnConfiguration },
  });
  const { UserPoolClient } = await cognito.createUserPoolClient({
    UserPoolId, ClientName: 'passkeys', ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ['code'], AllowedOAuthScopes: SCOPES.slice(0, 4),
    SupportedIdentityProviders: ['COGNITO'], CallbackURLs: [`${app}/`],
  });
  for (const { username: Username, password: Password } of [zoe, yann]) {
    await cognito.adminCreateUser({ UserPoolId, Username, MessageAction: 'SUPPRESS' });
    await cognito.adminSetUserPassword({ UserPoolId, Username, Password, Permanent: true });
  }
  return { userPoolId: UserPoolId, userPoolClientId: UserPoolClient.ClientId };
}

/** The app in a browser whose authenticator has its user's finger at hand. */
async function openApp(t, pool, isUserVerified = true) {
  const page = await openPage(t, { configuration: { Auth: { Cognito: { ...pool, userPoolEndpoint: endpoint } } } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(app);
  await page.waitForFunction(() => globalThis.amplify);
  const verifyUsers = (is) => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: is });
  const held = async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  return { page, verifyUsers, held };
}

const call = (page, name, input) => page.evaluate(([name, input]) => amplify[name](input), [name, input]);
const signInByPassword = (page, { username, password }) => call(page, 'signIn', { username, password });
const signInByPasskey = (page, { username }) =>
  call(page, 'signIn', { username, options: { authFlowType: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' } });
const failure = (work) => work.then(() => 'no error', ({ message }) => message);

test('a passkey is registered, listed, used to sign in, and deleted', async (t) => {
  const { page, held } = await openApp(t, await createPool());
  await signInByPassword(page, zoe);
  await call(page, 'associateWebAuthnCredential');
  const [kept] = await held();
  assert.equal(kept.rpId, 'localhost');
  const { credentials } = await call(page, 'listWebAuthnCredentials');
  assert.equal(credentials.length, 1);
  const credentialId = Buffer.from(kept.credentialId, 'base64').toString('base64url');
  assert.equal(credentials[0].credentialId, credentialId);
  assert.deepEqual(credentials[0].authenticatorTransports, ['internal']);
  assert.equal(credentials[0].relyingPartyId, 'localhost');
  assert.match(await failure(call(page, 'associateWebAuthnCredential')), /already exists/i);
  await call(page, 'signOut');

  for (let times = 1; times <= 2; times++) {
    const { isSignedIn, nextStep } = await signInByPasskey(page, zoe);
    assert.deepEqual([isSignedIn, nextStep.signInStep], [true, 'DONE']);
    assert.equal((await call(page, 'getCurrentUser')).username, 'zoe');
    assert.equal((await held())[0].signCount, kept.signCount + times);
    await call(page, 'signOut');
  }

  const { nextStep } = await call(page, 'signIn', { username: 'zoe', options: { authFlowType: 'USER_AUTH' } });
  assert.equal(nextStep.signInStep, 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION');
  assert.ok(nextStep.availableChallenges.includes('WEB_AUTHN'), nextStep.availableChallenges);
  const { isSignedIn } = await call(page, 'confirmSignIn', { challengeResponse: 'WEB_AUTHN' });
  assert.equal(isSignedIn, true);

  await call(page, 'deleteWebAuthnCredential', { credentialId });
  assert.deepEqual((await call(page, 'listWebAuthnCredentials')).credentials, []);
  await call(page, 'signOut');
  const without = await signInByPasskey(page, zoe);
  assert.equal(without.nextStep.signInStep, 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION');
  assert.ok(!without.nextStep.availableChallenges.includes('WEB_AUTHN'));
});

test("another user's passkey signs nobody else in", async (t) => {
  const { page } = await openApp(t, await createPool());
  await signInByPassword(page, zoe);
  await call(page, 'associateWebAuthnCredential');
  await call(page, 'signOut');
  const { isSignedIn, nextStep } = await signInByPasskey(page, yann);
  assert.deepEqual([isSignedIn, nextStep.signInStep], [false, 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION']);
});

test('user verification is asked for where the pool requires it', async (t) => {
  const { page, verifyUsers } = await openApp(t, await createPool({ UserVerification: 'required' }));
  await signInByPassword(page, zoe);
  await verifyUsers(false);
  assert.match(await failure(call(page, 'associateWebAuthnCredential')), /not allowed|timed out|canceled|cancelled/i);
  await verifyUsers(true);
  await call(page, 'associateWebAuthnCredential');
  await call(page, 'signOut');
  assert.equal((await signInByPasskey(page, zoe)).isSignedIn, true);
});

test('the page of another relying party is refused by the browser', async (t) => {
  const { page } = await openApp(t, await createPool({ RelyingPartyId: 'login.example.com' }));
  await signInByPassword(page, zoe);
  assert.match(await failure(call(page, 'associateWebAuthnCredential')), /relying party|domain/i);
});

test('a passkey that was added at the hosted UI signs in', async (t) => {
  const pool = await createPool();
  const { page, held } = await openApp(t, pool);
  const query = new URLSearchParams({
    client_id: pool.userPoolClientId, response_type: 'code', redirect_uri: `${app}/`, scope: 'openid', state: 'back',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256',
  });
  await page.goto(`${endpoint}/passkeys/add?${query}`);
  await signInAtHostedUi(page, zoe);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.waitForURL((url) => url.origin === app && url.searchParams.get('state') === 'back' && url.searchParams.has('code'));
  assert.equal((await held()).length, 1);

  await page.goto(`${endpoint}/passkeys/add?${query}`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('Your browser did not make a passkey').waitFor(); // it has one of this user's

  await page.context().clearCookies();
  await page.goto(`${endpoint}/oauth2/authorize?${query}`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL((url) => url.origin === app && url.searchParams.has('code'));

  await page.goto(app);
  await page.waitForFunction(() => globalThis.amplify);
  assert.equal((await signInByPasskey(page, zoe)).isSignedIn, true);
});
