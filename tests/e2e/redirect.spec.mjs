// Signing in by redirect, as an app without the demo around it sees it.
import { ALICE, BOB } from './support/emulator.mjs';
import { arrival, expectNothingLeft, installApp, leave, onReturn, openApp, openTab, ready } from './support/app.mjs';
import { HostedPages } from './support/hosted.mjs';
import { call } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';

const STATES = {
  object: { list: [1, -2.5, 1e21, true, null, ''], deep: { 'a b': { '&=%+#?': '%7B%22' } } },
  'text in many scripts': 'Grüße · Ελλάδα · 你好 · مرحبا · 👩‍👩‍👧 · \u2028 "\\/',
  number: 0,
  nothing: null,
};

for (const [name, customState] of Object.entries(STATES)) {
  test(`app state and address survive: ${name}`, async ({ context, emulator }) => {
    const page = await openApp(context, { query: '?a=1&b=%C3%BC&a=2#/deep?c=%20&state=x' });
    const hosted = new HostedPages(page);
    const address = page.url();
    await leave(page, { customState });
    await hosted.signIn(ALICE);
    expect(await arrival(page)).toEqual({
      user: { username: 'alice', userId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      customState,
      returnTo: address.slice(new URL(address).origin.length),
    });
    expect(page.url()).toBe(address);
    const told = await page.evaluate(() => heard.map(({ event, origin }) => `${event} ${origin}`));
    expect(told).toEqual(['signedIn local', 'signInWithRedirect local', ...(customState === undefined ? [] : ['customOAuthState local'])]);
    expect(await emulator.counts()).toMatchObject({ '/oauth2/token': 1 });
    await expectNothingLeft(page);
  });
}

test('two auths of one app, as React’s StrictMode makes them, get one answer by one token request', async ({ context, emulator }) => {
  const page = await openApp(context, { auths: 2 });
  await leave(page, { customState: { once: true } });
  await new HostedPages(page).signIn(ALICE);
  await ready(page);
  const answers = await page.evaluate(() => Promise.all([...arrivals, auth.handleRedirect(), auth.handleRedirect()]));
  expect(answers).toHaveLength(4);
  for (const answer of answers) expect(answer).toMatchObject({ user: { username: 'alice' }, customState: { once: true } });
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
});

test('an auth disposed of while it finishes the sign-in leaves it to the next one', async ({ context, emulator }) => {
  const page = await openApp(context, { remount: true });
  await leave(page, { customState: { kept: true } });
  await new HostedPages(page).signIn(ALICE);
  await ready(page);
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' }, customState: { kept: true } });
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
});

test('handleRedirect by hand: nothing happens before, then once', async ({ context, emulator }) => {
  await context.addInitScript(() => {
    // The app's own look at the URL, before and after.
    window.search = location.search;
  });
  await installApp(context, { config: { handleRedirect: false } });
  const page = await openTab(context);
  await leave(page);
  await new HostedPages(page).signIn(ALICE);
  await ready(page);
  expect(await page.evaluate(() => search)).toMatch(/^\?code=[\w-]+&state=pp1r/);
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' } });
  expect(await call(page, 'handleRedirect')).toMatchObject({ user: { username: 'alice' } });
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
  expect(new URL(page.url()).search).toBe('');
});

test('what an app wishes reaches the hosted page', async ({ context, emulator }) => {
  const page = await openApp(context);
  const hosted = new HostedPages(page);
  const asked = page.waitForRequest(/\/oauth2\/authorize/);
  const options = {
    loginHint: 'bob',
    lang: 'de',
    prompt: ['login', 'consent'],
    nonce: 'mine',
    maxAge: 60,
    resource: 'https://notes.example.com',
    acrValues: 'urn:cognito:loa:1',
    scopes: ['openid', 'notes/write'],
    parameters: { more: 'ä b' },
  };
  await leave(page, { options });
  const query = Object.fromEntries(new URL((await asked).url()).searchParams);
  expect(query).toMatchObject({
    login_hint: 'bob', lang: 'de', prompt: 'login consent', nonce: 'mine', max_age: '60', acr_values: 'urn:cognito:loa:1',
    resource: 'https://notes.example.com', scope: 'openid notes/write', more: 'ä b', response_type: 'code', code_challenge_method: 'S256',
  });
  expect(query.code_challenge).toMatch(/^[\w-]{43}$/);
  await hosted.expectPage('Sign in');
  await expect(hosted.username).toHaveValue('bob');
  await hosted.signIn(BOB);
  expect(await arrival(page)).toMatchObject({ user: { username: 'bob' } });
  const { scope, aud, nonce } = await page.evaluate(async () => {
    const { tokens } = await auth.fetchAuthSession();
    const [access, id] = [tokens.accessToken, tokens.idToken].map((token) => token.payload);
    await auth.verifyToken({ token: tokens.idToken.toString(), tokenUse: 'id' });
    return { scope: access.scope, aud: access.aud, nonce: id.nonce };
  });
  expect({ scope, aud, nonce }).toEqual({ scope: 'openid notes/write', aud: 'https://notes.example.com', nonce: 'mine' });
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
});

// Browsers read `//x` as the host `x`, wherever a relative URL is wanted.
for (const [name, path] of [['two slashes', '//evil.example/phish'], ['a backslash', '/\\evil.example/phish']]) {
  test(`a page whose own path begins with ${name}: it starts, signs in, and leads nowhere else`, async ({ context, emulator, troubles }) => {
    troubles.expect(/404/);
    await installApp(context, { anyPath: true });
    const page = await context.newPage();
    const origin = new URL(process.env.POOLPASS_DEMO_URL).origin;
    for (const state of ['pp1rAAAAAAAAB', 'pp1pAAAAAAAAB']) {
      await page.goto(`${origin}${path}?code=c&state=${state}&keep=1#here`);
      expect(await page.evaluate(() => begun.then(() => 'up'))).toBe('up');
      expect(page.url()).toBe(`${origin}//evil.example/phish?keep=1#here`);
    }
    await leave(page, { customState: 1 });
    await new HostedPages(page).signIn(ALICE);
    await page.waitForURL((url) => url.origin === origin);
    const { returnTo, ...answer } = await page.evaluate(() => begun.then(() => arrival));
    expect(answer).toMatchObject({ user: { username: 'alice' }, customState: 1 });
    expect(await page.evaluate((returnTo) => new URL(returnTo, location.href).href, returnTo)).toBe(`${origin}//evil.example/phish?keep=1#here`);
    expect(page.url()).toBe(`${origin}//evil.example/phish?keep=1#here`);
    expect((await emulator.counts())['/oauth2/token']).toBe(1);
  });
}

test('a browser that refuses to change the address signs in all the same', async ({ context }) => {
  const page = await openApp(context);
  await leave(page);
  await onReturn(page, () => {
    history.replaceState = () => {
      throw new DOMException('too often', 'SecurityError');
    };
  });
  await new HostedPages(page).signIn(ALICE);
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' } });
});

test('a browser without channels between windows still starts at a popup’s address', async ({ context }) => {
  await context.addInitScript(() => {
    delete window.BroadcastChannel;
  });
  const page = await openApp(context, { query: '?code=c&state=pp1pAAAAAAAAB' });
  expect(await arrival(page)).toBeNull();
  expect(await call(page, 'signInWithPopup')).toMatchObject({ failed: true, isError: true, code: 'popup_blocked' });
});

test('another address to come back to: none, a place, never another site', async ({ context }) => {
  const page = await openApp(context, { query: '#here' });
  for (const returnTo of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
    expect(await call(page, 'signInWithRedirect', { options: { returnTo } })).toMatchObject({ failed: true, code: 'bad_input' });
  }
  expect(await call(page, 'signInWithRedirect', { options: { redirectUri: 'https://evil.example/' } })).toMatchObject({ name: 'InvalidRedirectException' });
  await leave(page, { options: { returnTo: '/config.json?there#x' } });
  await new HostedPages(page).signIn(ALICE);
  expect(await arrival(page)).toMatchObject({ returnTo: '/config.json?there#x' });
  await expect(page).toHaveURL(/\/config\.json\?there#x$/);
  await leave(page, { options: { returnTo: '', prompt: 'login' } });
  await new HostedPages(page).signIn(ALICE);
  expect((await arrival(page)).returnTo).toBeUndefined();
  await expect(page).toHaveURL(/\/config\.json$/);
});
