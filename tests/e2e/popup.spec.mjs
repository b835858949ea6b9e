// Signing in in a window of its own.
import { ALICE, BOB } from './support/emulator.mjs';
import { APP_PAGE, arrival, expectNothingLeft, installApp, openApp, openTab } from './support/app.mjs';
import { HostedPages } from './support/hosted.mjs';
import { call } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';

/** Opens the window: it, and a promise of what comes of it. */
async function openWindow(page, input = {}) {
  const opened = page.waitForEvent('popup');
  const outcome = page.evaluate(async (input) => {
    window.giveUp = new AbortController();
    return auth.signInWithPopup({ ...input, signal: giveUp.signal }).catch(plain);
  }, input);
  return { popup: await opened, outcome };
}

/** Answers with another header, as another server would. The browser then takes the page for one from outside this machine. */
async function serveWith(context, url, headers) {
  await context.grantPermissions(['local-network-access']);
  await context.route(url, async (route) => {
    if (!route.request().isNavigationRequest()) return route.fallback();
    const response = await route.fetch({ maxRedirects: 0 });
    await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
  });
}

/** Lets the page know that the user is elsewhere, or back; Playwright makes every page believe that it has the focus. */
async function setFocus(page, hasFocus) {
  await page.evaluate((hasFocus) => {
    document.hasFocus = () => hasFocus;
  }, hasFocus);
}

test('the demo signs in with a popup and stays where it is', async ({ page, demo, emulator }) => {
  await demo.open('#/notes/7');
  const opened = page.waitForEvent('popup');
  await demo.button('Sign in with a popup').click();
  const popup = await opened;
  await expect(demo.notice).toHaveText('Continue in the popup.');
  await new HostedPages(popup).expectPage('Sign in');
  expect(await popup.evaluate(() => [outerWidth, outerHeight].every((size) => size > 300))).toBe(true);
  const closed = popup.waitForEvent('close');
  await new HostedPages(popup).signIn(ALICE);
  await closed;
  await demo.expectSignedIn(ALICE);
  await expect(demo.fact('App state')).toContainText('Popup');
  await expect(page).toHaveURL(/\/#\/notes\/7$/);
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
});

test('canceling the demo’s popup closes it, and the page says so', async ({ page, demo }) => {
  await demo.open();
  const opened = page.waitForEvent('popup');
  await demo.button('Sign in with a popup').click();
  const popup = await opened;
  await new HostedPages(popup).expectPage('Sign in');
  const closed = popup.waitForEvent('close');
  await demo.button('Cancel the popup').click();
  await closed;
  await expect(demo.problem).toContainText('AbortError · aborted');
  await expect(demo.button('Cancel the popup')).toBeHidden();
});

test('app state comes back, reads answer meanwhile, and the opener never moves', async ({ context, emulator }) => {
  const page = await openApp(context, { query: '?x=1#y' });
  const address = page.url();
  const { popup, outcome } = await openWindow(page, { customState: { deep: ['ü', null] }, options: { width: 400, height: 500 } });
  await new HostedPages(popup).expectPage('Sign in');
  expect((await call(page, 'fetchAuthSession', {})).tokens).toBeUndefined();
  expect(await call(page, 'getCurrentUser')).toMatchObject({ name: 'UserUnAuthenticatedException' });
  const closed = popup.waitForEvent('close');
  await new HostedPages(popup).signIn(ALICE);
  expect(await outcome).toEqual({
    user: { username: 'alice', userId: expect.any(String) },
    customState: { deep: ['ü', null] },
    returnTo: '/config.json?x=1#y',
  });
  await closed;
  expect(page.url()).toBe(address);
  expect(await page.evaluate(() => history.length)).toBe(2);
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
  await expectNothingLeft(page);
});

for (const [where, theirs] of [['the app', false], ['the app and the hosted page', true]]) {
  test(`under Cross-Origin-Opener-Policy of ${where}`, async ({ context }) => {
    const policy = { 'Cross-Origin-Opener-Policy': 'same-origin' };
    await serveWith(context, `**/${APP_PAGE}*`, policy);
    if (theirs) await serveWith(context, `${process.env.POOLPASS_ENDPOINT}/**`, policy);
    await installApp(context);
    const page = await openTab(context);
    await setFocus(page, false);
    const { popup, outcome } = await openWindow(page, { customState: 'isolated' });
    const hosted = new HostedPages(popup);
    await hosted.expectPage('Sign in');
    expect(await popup.evaluate(() => opener === null)).toBe(true);
    // To its opener the window looks closed from here on, for longer than that would be believed if the user were back there.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2_000)));
    await hosted.signIn(ALICE);
    expect(await outcome).toMatchObject({ user: { username: 'alice' }, customState: 'isolated' });
    await expect.poll(() => popup.isClosed()).toBe(true);

    const again = await openWindow(page, { options: { prompt: 'login' } });
    await new HostedPages(again.popup).expectPage('Sign in');
    await again.popup.close();
    await setFocus(page, true);
    expect(await again.outcome).toMatchObject({ failed: true, code: 'popup_unanswered' });
  });
}

test('under Cross-Origin-Opener-Policy the user looks at the page for long, and finishes in the window all the same', async ({ context, emulator }) => {
  await serveWith(context, `**/${APP_PAGE}*`, { 'Cross-Origin-Opener-Policy': 'same-origin' });
  await installApp(context);
  const page = await openTab(context);
  const { popup, outcome } = await openWindow(page, { customState: 'late' });
  const hosted = new HostedPages(popup);
  await hosted.expectPage('Sign in');
  await setFocus(page, true);
  // The call ends, and does not say that the window is closed.
  expect(await outcome).toMatchObject({ failed: true, isError: true, name: 'PopupException', code: 'popup_unanswered' });
  await hosted.signIn(ALICE);
  await expect.poll(() => popup.isClosed()).toBe(true);
  await expect.poll(() => page.evaluate(() => heard.map(({ event }) => event))).toEqual(['signedIn', 'signInWithRedirect', 'customOAuthState']);
  expect(await call(page, 'getCurrentUser')).toMatchObject({ username: 'alice' });
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
  await expectNothingLeft(page);
});

test('a caller who aborts after that gets no late answer', async ({ context, emulator }) => {
  const page = await openApp(context);
  await setFocus(page, true);
  const { popup, outcome } = await openWindow(page);
  await new HostedPages(popup).expectPage('Sign in');
  const [{ state, url }] = await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('.flow.'))
    .map((key) => key.split('.').at(-1)).map((state) => ({ state, url: `${location.origin}${location.pathname}?code=c&state=${state}` })));
  await popup.close();
  expect(await outcome).toMatchObject({ code: 'popup_unanswered' });
  await page.evaluate(() => giveUp.abort());
  const other = await openTab(context);
  const answered = other.evaluate(([state, url]) => new Promise((resolve) => {
    const channel = new BroadcastChannel(`poolpass.v1.${state}`);
    channel.onmessage = ({ data }) => resolve(data);
    channel.postMessage(url);
    setTimeout(() => resolve('nobody'), 500);
  }), [state, url]);
  expect(await answered).toBe('nobody');
  expect(await emulator.counts()).not.toHaveProperty('/oauth2/token');
});

test('messages on the window’s channel that are no answer are ignored', async ({ context, emulator }) => {
  const page = await openApp(context);
  await setFocus(page, false);
  const { popup, outcome } = await openWindow(page);
  await new HostedPages(popup).expectPage('Sign in');
  const other = await openTab(context);
  await page.evaluate(async () => {
    const [state] = Object.keys(sessionStorage).filter((key) => key.includes('.flow.')).map((key) => key.split('.').at(-1));
    const frame = document.body.appendChild(document.createElement('iframe'));
    const channel = new frame.contentWindow.BroadcastChannel(`poolpass.v1.${state}`);
    const forged = [null, 7, {}, { url: 'x' }, [state], 'taken', '', 'nonsense', `https://app.example/?state=another`, `https://app.example/#?state=${state}`, new Blob(['x'])];
    for (const message of forged) channel.postMessage(message);
    await new Promise((resolve) => setTimeout(resolve, 200));
    frame.remove();
  });
  await other.close();
  await new HostedPages(popup).signIn(ALICE);
  expect(await outcome).toMatchObject({ user: { username: 'alice' } });
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
});

test('sizes that are no numbers are refused, and no window opens', async ({ context }) => {
  const page = await openApp(context);
  for (const width of ['1,noopener', null, NaN, {}]) {
    expect(await call(page, 'signInWithPopup', { options: { width } })).toMatchObject({ code: 'bad_input', message: expect.stringContaining('options.width') });
  }
  expect(context.pages()).toHaveLength(1);
});

test('the user closes the window', async ({ context, emulator }) => {
  const page = await openApp(context);
  const { popup, outcome } = await openWindow(page, { customState: 1 });
  await new HostedPages(popup).expectPage('Sign in');
  await popup.close();
  expect(await outcome).toMatchObject({ failed: true, isError: true, code: 'popup_unanswered', recoverySuggestion: expect.stringContaining('Start the sign-in again') });
  // And the next attempt is a new one.
  const again = await openWindow(page);
  await new HostedPages(again.popup).signIn(ALICE);
  expect(await again.outcome).toMatchObject({ user: { username: 'alice' } });
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
});

test('a signal gives it up: at once, and the window closes', async ({ context }) => {
  const page = await openApp(context);
  const { popup, outcome } = await openWindow(page);
  await new HostedPages(popup).expectPage('Sign in');
  const closed = popup.waitForEvent('close');
  await page.evaluate(() => giveUp.abort());
  expect(await outcome).toMatchObject({ failed: true, name: 'AbortError', code: 'aborted' });
  await closed;
});

test('what the hosted page refuses is told to the opener, with the app’s state', async ({ context, emulator }) => {
  const page = await openApp(context);
  const { popup, outcome } = await openWindow(page, { customState: { kept: true } });
  await emulator.fault({ operation: '/oauth2/authorize', kind: 'forge', parameters: { error: 'access_denied', error_description: 'No way' }, remove: ['code'] });
  await new HostedPages(popup).signIn(ALICE);
  expect(await outcome).toMatchObject({ failed: true, code: 'oauth', reason: 'access_denied', customState: { kept: true } });
  await expect.poll(() => popup.isClosed()).toBe(true);
  await expectNothingLeft(page);
});

test('a window opens for a mistake of the app’s only to close again', async ({ context, emulator }) => {
  const page = await openApp(context);
  expect(await call(page, 'signInWithPopup', { options: { returnTo: 'https://evil.example/' } })).toMatchObject({ code: 'bad_input' });
  await expect.poll(() => context.pages().length).toBe(1);
  expect(await emulator.counts()).toEqual({});
});

test('two windows of two tabs, finished in the opposite order', async ({ context }) => {
  await installApp(context);
  const [first, second] = [await openTab(context), await openTab(context)];
  const one = await openWindow(first, { customState: 'one', options: { prompt: 'login' } });
  // The first page of a browser makes its cookie. Of two made at once, the later one would end the other.
  await new HostedPages(one.popup).expectPage('Sign in');
  const two = await openWindow(second, { customState: 'two', options: { prompt: 'login' } });
  await new HostedPages(two.popup).signIn(BOB);
  expect(await two.outcome).toMatchObject({ user: { username: 'bob' }, customState: 'two' });
  await new HostedPages(one.popup).signIn(ALICE);
  expect(await one.outcome).toMatchObject({ user: { username: 'alice' }, customState: 'one' });
});

test('the opener is gone: the window finds nothing to do, and says nothing wrong', async ({ context, emulator }) => {
  const page = await openApp(context);
  const { popup, outcome } = await openWindow(page);
  outcome.catch(() => {}); // its page goes away
  await new HostedPages(popup).expectPage('Sign in');
  await page.close();
  await new HostedPages(popup).signIn(ALICE);
  expect(await arrival(popup)).toBeNull();
  expect(new URL(popup.url()).search).toBe('');
  expect(await emulator.counts()).not.toHaveProperty('/oauth2/token');
});
