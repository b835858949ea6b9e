// aws-amplify v6 in Chromium at the hosted UI of poolpass-local, unmodified but for the domain.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { SCOPES, createAppClient } from './administrator.mjs';
import { serveApp } from './app_server.mjs';
import { leave, openPage, signInAtHostedUi } from './browser.mjs';
import { alice, bob, countingRequests, endpoint, orderFault, reset, userPoolId } from './emulator.mjs';
import { tlsBefore } from './tls_proxy.mjs';
import { verifier } from './verifier.mjs';

const { outputFiles: [bundle] } = await build({
  entryPoints: [fileURLToPath(new URL('./apps/aws-amplify.js', import.meta.url))],
  bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', target: 'es2022', logLevel: 'error',
});
const app = await serveApp({
  page: '<!doctype html><title>aws-amplify</title><script type="module" src="/app.js"></script>',
  files: { '/app.js': bundle.contents },
});
const HOME = `${app}/`;
const domain = await tlsBefore(endpoint);

beforeEach(reset);

/** The app, opened by somebody new. */
async function openApp(t, oauth = {}) {
  const clientId = await createAppClient([HOME], { SupportedIdentityProviders: ['COGNITO', 'Google'] });
  const configuration = {
    Auth: {
      Cognito: {
        userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint,
        loginWith: {
          oauth: { domain, scopes: SCOPES, redirectSignIn: [HOME], redirectSignOut: [HOME], responseType: 'code', ...oauth },
        },
      },
    },
  };
  const page = await openPage(t, { configuration });
  await open(page);
  return { page, clientId };
}

async function open(page) {
  await page.goto(HOME);
  await started(page);
}

const started = (page) => page.waitForFunction(() => globalThis.amplify);

const start = (page, input, isThere) => leave(page, `() => amplify.signInWithRedirect(${JSON.stringify(input)})`, isThere);

const toHostedUi = (page, input = {}) => start(page, input, ({ host, pathname }) => host === domain && pathname === '/login');

/** Waits until Hub has told of an event and gives what it told. */
async function told(page, event) {
  await page.waitForURL(({ href }) => href.startsWith(HOME));
  await started(page);
  const found = await page.waitForFunction((wanted) => heard.find(({ event }) => event === wanted), event);
  return found.jsonValue();
}

async function signIn(page, person = alice, input = {}) {
  await toHostedUi(page, input);
  await signInAtHostedUi(page, person);
  await told(page, 'signInWithRedirect');
}

/** The tokens as text, with who they are of. */
const session = (page, options = {}) =>
  page.evaluate(async (options) => {
    const { tokens, userSub } = await amplify.fetchAuthSession(options);
    return { userSub, accessToken: tokens?.accessToken.toString(), idToken: tokens?.idToken.toString() };
  }, options);

test('signs in with code and PKCE, and the tokens verify', async (t) => {
  const { page, clientId } = await openApp(t);
  const requests = await countingRequests(() => signIn(page, alice, { customState: 'back to /notes/7' }));
  assert.deepEqual(requests, { '/oauth2/authorize': 1, '/login': 2, '/oauth2/token': 1 });
  assert.equal(page.url(), HOME);
  assert.equal((await told(page, 'customOAuthState')).data, 'back to /notes/7');
  assert.equal((await told(page, 'signedIn')).data.username, 'alice');

  const { userSub, accessToken, idToken } = await session(page);
  const { username, userId } = await page.evaluate(() => amplify.getCurrentUser());
  assert.deepEqual([username, userId], ['alice', userSub]);
  const id = await (await verifier('id', { clientId })).verify(idToken);
  const access = await (await verifier('access', { clientId, scope: 'notes/read' })).verify(accessToken);
  assert.deepEqual([id.sub, access.sub, id.email], [userSub, userSub, alice.email]);
});

test('its session refreshes and reads attributes like any other', async (t) => {
  const { page, clientId } = await openApp(t);
  await signIn(page);
  const before = await session(page);
  const requests = await countingRequests(async () => {
    const after = await session(page, { forceRefresh: true });
    assert.notEqual(after.accessToken, before.accessToken);
    const access = await (await verifier('access', { clientId, scope: 'notes/read' })).verify(after.accessToken);
    assert.equal(access.sub, before.userSub);
    assert.equal((await page.evaluate(() => amplify.fetchUserAttributes())).email, alice.email);
  });
  assert.deepEqual(requests, { GetTokensFromRefreshToken: 1, GetUser: 1, 'jwks.json': 1 });
});

test('is still signed in after a reload, and asks nobody', async (t) => {
  const { page } = await openApp(t);
  await signIn(page);
  const requests = await countingRequests(async () => {
    await open(page);
    assert.equal((await page.evaluate(() => amplify.getCurrentUser())).username, 'alice');
  });
  assert.deepEqual(requests, {});
});

test('signs out with the redirect, and another person signs in', async (t) => {
  const { page } = await openApp(t);
  await signIn(page);
  const requests = await countingRequests(() => leave(page, '() => amplify.signOut()', ({ href }) => href === HOME));
  assert.deepEqual(requests, { RevokeToken: 1, '/logout': 1 });
  await started(page);
  assert.equal((await session(page)).accessToken, undefined);
  await signIn(page, bob); // the sign-in page is shown, as the hosted UI's own session has ended too
  assert.equal((await page.evaluate(() => amplify.getCurrentUser())).username, 'bob');
});

test('a signed-in browser comes straight back, also with a login hint for another', async (t) => {
  const { page } = await openApp(t);
  await signIn(page);
  await page.evaluate(() => localStorage.clear());
  await open(page);
  const requests = await countingRequests(async () => {
    await start(page, { options: { loginHint: 'bob' } }, ({ href }) => href.startsWith(HOME));
    await told(page, 'signInWithRedirect');
  });
  assert.deepEqual(requests, { '/oauth2/authorize': 1, '/oauth2/token': 1 });
  assert.equal((await page.evaluate(() => amplify.getCurrentUser())).username, 'alice');
});

test('signs in by way of Google’s stand-in', async (t) => {
  const { page, clientId } = await openApp(t);
  await start(page, { provider: 'Google' }, ({ host, pathname }) => host === domain && pathname.includes('google'));
  await page.getByRole('button', { name: 'zoe@example.com' }).click();
  await told(page, 'signInWithRedirect');
  const id = await (await verifier('id', { clientId })).verify((await session(page)).idToken);
  assert.equal((await page.evaluate(() => amplify.getCurrentUser())).username, id['cognito:username']);
  assert.match(id['cognito:username'], /^google_/i);
  assert.deepEqual([id.email, id.identities[0].providerName], ['zoe@example.com', 'Google']);
});

test('hears what the hosted UI refuses', async (t) => {
  const { page } = await openApp(t, { scopes: ['openid', 'phone'] });
  await start(page, {}, ({ href }) => href.startsWith(HOME));
  assert.match((await told(page, 'signInWithRedirect_failure')).error, /OAuthSignInException/);
});

test('hears what the token endpoint refuses', async (t) => {
  const { page } = await openApp(t);
  await toHostedUi(page);
  await orderFault({ operation: '/oauth2/token', kind: 'error', status: 400, type: 'invalid_grant', message: 'ordered' });
  await signInAtHostedUi(page, alice);
  assert.match((await told(page, 'signInWithRedirect_failure')).error, /invalid_grant/);
  assert.equal((await session(page)).accessToken, undefined);
});
