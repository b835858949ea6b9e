// oidc-client-ts in Chromium, as it is published, at the hosted UI of poolpass-local.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { beforeEach, test } from 'node:test';
import { createAppClient } from './administrator.mjs';
import { serveApp } from './app_server.mjs';
import { leave, openPage, signInAtHostedUi } from './browser.mjs';
import { advanceClock, alice, bob, countingRequests, endpoint, orderFault, reset, userPoolId } from './emulator.mjs';
import { verifier } from './verifier.mjs';

const app = await serveApp({
  page: `<!doctype html><title>oidc-client-ts</title><script src="/library.js"></script>
    <script>const manager = new oidc.UserManager(settings);</script>`,
  files: {
    '/library.js': await readFile(new URL('../../node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js', import.meta.url)),
  },
});
const CALLBACK = `${app}/callback`;
const HOME = `${app}/`;

beforeEach(reset);

/** The app, opened by somebody new. */
async function openApp(t) {
  const clientId = await createAppClient([CALLBACK, HOME]);
  const settings = {
    authority: `${endpoint}/${userPoolId}`,
    client_id: clientId,
    redirect_uri: CALLBACK,
    scope: 'openid email notes/read',
    loadUserInfo: true,
    automaticSilentRenew: false,
    filterProtocolClaims: false,
  };
  const page = await openPage(t, { settings });
  await page.goto(HOME);
  return { page, clientId };
}

/** Starts a sign-in from the app's first page; `there` is where it comes to at once. */
async function start(page, options, there) {
  if (page.url() !== HOME) await page.goto(HOME);
  await leave(page, `() => manager.signinRedirect(${JSON.stringify(options)})`, there);
}

const toHostedUi = (page, options = {}) => start(page, options, ({ origin }) => origin === endpoint);

/** What the library makes of the callback: a user, or the text of its error. */
const finish = async (page) => {
  await page.waitForURL(({ href }) => href.startsWith(CALLBACK));
  return page.evaluate(() => manager.signinCallback().then((user) => ({ ...user }), (error) => error.message));
};

async function signIn(page, person = alice) {
  await toHostedUi(page);
  await signInAtHostedUi(page, person);
  return finish(page);
}

test('signs in with code and PKCE, and is told who it is', async (t) => {
  const { page, clientId } = await openApp(t);
  let user;
  const requests = await countingRequests(async () => {
    await toHostedUi(page, { state: { from: '/notes/7', words: 'mäh & meh' }, nonce: 'n-0S6_WzA2Mj' });
    await signInAtHostedUi(page, alice);
    user = await finish(page);
  });
  assert.deepEqual(requests, {
    'openid-configuration': 2, '/oauth2/authorize': 1, '/login': 2, '/oauth2/token': 1, '/oauth2/userInfo': 1, // once a page
  });
  assert.deepEqual(user.state, { from: '/notes/7', words: 'mäh & meh' });
  assert.equal(user.token_type, 'Bearer');
  assert.ok(user.refresh_token);
  const { profile } = user;
  assert.deepEqual([profile['cognito:username'], profile.email, profile.nonce], ['alice', alice.email, 'n-0S6_WzA2Mj']);
  assert.equal(profile.username, 'alice', 'userInfo was asked, and its claims are merged');

  const id = await (await verifier('id', { clientId })).verify(user.id_token);
  const access = await (await verifier('access', { clientId, scope: 'notes/read' })).verify(user.access_token);
  assert.deepEqual([id.sub, access.sub], [profile.sub, profile.sub]);
  assert.deepEqual(access.scope.split(' ').sort(), ['email', 'notes/read', 'openid']);
});

test('renews the tokens with the refresh token', async (t) => {
  const { page, clientId } = await openApp(t);
  const before = await signIn(page);
  await advanceClock(60);
  let after;
  const requests = await countingRequests(async () => {
    after = await page.evaluate(() => manager.signinSilent().then((user) => ({ ...user })));
  });
  assert.deepEqual(requests, { '/oauth2/token': 1, '/oauth2/userInfo': 1 });
  assert.notEqual(after.access_token, before.access_token);
  assert.equal(after.refresh_token, before.refresh_token);
  assert.equal(after.profile.auth_time, before.profile.auth_time);
  assert.ok(after.profile.iat > before.profile.iat);
  const access = await (await verifier('access', { clientId, scope: 'notes/read' })).verify(after.access_token);
  assert.equal(access.sub, before.profile.sub);
});

test('revokes the refresh token', async (t) => {
  const { page } = await openApp(t);
  const { refresh_token } = await signIn(page);
  const requests = await countingRequests(() => page.evaluate(() => manager.revokeTokens(['refresh_token'])));
  assert.deepEqual(requests, { '/oauth2/revoke': 1 });
  const refused = await page.evaluate(async (refresh_token) => {
    const user = await manager.getUser();
    await manager.storeUser(new oidc.User({ ...user, refresh_token }));
    return manager.signinSilent().then(() => null, ({ name, error }) => ({ name, error }));
  }, refresh_token);
  assert.deepEqual(refused, { name: 'ErrorResponse', error: 'invalid_grant' });
});

test('signs out at /logout as Cognito needs it, and another person signs in', async (t) => {
  const { page, clientId } = await openApp(t);
  await signIn(page);
  const requests = await countingRequests(() =>
    leave(
      page,
      `() => manager.signoutRedirect({ extraQueryParams: { client_id: '${clientId}', logout_uri: '${HOME}' } })`,
      ({ href }) => href === HOME,
    ),
  );
  assert.deepEqual(requests, { '/logout': 1 });
  assert.equal(await page.evaluate(() => manager.getUser()), null);
  await toHostedUi(page);
  assert.match(page.url(), /\/login\?/, 'the browser is not signed in any more');
  await signInAtHostedUi(page, bob);
  assert.equal((await finish(page)).profile['cognito:username'], 'bob');
});

test('a signed-in browser comes straight back, also by prompt=none', async (t) => {
  const { page } = await openApp(t);
  const first = await signIn(page);
  const requests = await countingRequests(() =>
    start(page, { prompt: 'none' }, ({ href }) => href.startsWith(`${CALLBACK}?code=`)),
  );
  assert.deepEqual(requests, { 'openid-configuration': 1, '/oauth2/authorize': 1 });
  const second = await finish(page);
  assert.deepEqual([second.profile.sub, second.profile.auth_time], [first.profile.sub, first.profile.auth_time]);
});

test('signs in in a popup', async (t) => {
  const { page } = await openApp(t);
  const popupOpens = page.waitForEvent('popup');
  const signedIn = page.evaluate(async () => (await manager.signinPopup({ popup_redirect_uri: settings.redirect_uri })).profile);
  const popup = await popupOpens;
  await signInAtHostedUi(popup, alice);
  await popup.waitForURL(({ href }) => href.startsWith(CALLBACK));
  const closed = popup.waitForEvent('close');
  await popup.evaluate('void manager.signinCallback()').catch(() => {}); // it closes the window
  assert.equal((await signedIn)['cognito:username'], 'alice');
  await closed;
});

test('hears what the hosted UI refuses', async (t) => {
  const { page } = await openApp(t);
  const answer = async (options) => {
    await start(page, options, ({ href }) => href.startsWith(`${CALLBACK}?error`));
    return page.evaluate(() => manager.signinCallback().then(() => null, ({ name, error }) => ({ name, error })));
  };
  assert.deepEqual(await answer({ prompt: 'none' }), { name: 'ErrorResponse', error: 'login_required' });
  assert.deepEqual(await answer({ scope: 'openid phone' }), { name: 'ErrorResponse', error: 'invalid_scope' });
});

test('refuses what was forged on order', async (t) => {
  const { page } = await openApp(t);
  await signIn(page);
  for (const [fault, text] of [
    [{ operation: '/oauth2/token', token: 'id', claims: { nonce: 'other' } }, /^nonce in id_token/],
    [{ operation: '/oauth2/token', token: 'id', remove: ['sub'] }, /^ID Token is missing a subject claim/],
    [{ operation: '/oauth2/userInfo', claims: { sub: 'other' } }, /^subject from UserInfo response does not match/],
    [{ operation: '/oauth2/authorize', parameters: { state: 'other' } }, /^No matching state found/],
  ]) {
    await orderFault({ kind: 'forge', ...fault });
    await start(page, { nonce: 'mine' }, ({ href }) => href.startsWith(CALLBACK));
    assert.match(await finish(page), text);
  }
});
