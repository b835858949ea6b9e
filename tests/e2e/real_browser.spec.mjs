// What a browser does for people and not for tests: it keeps pages for the Back button, blocks windows, and moves the focus.
import { ALICE } from './support/emulator.mjs';
import { arrival, installApp, leave, openTab } from './support/app.mjs';
import { HostedPages } from './support/hosted.mjs';
import { expect, test as watched } from './support/test.mjs';

/** Pages of a browser without Playwright's own conveniences. */
const test = watched.extend({
  context: async ({ playwright, launchOptions, baseURL }, use) => {
    const ignoreDefaultArgs = ['--disable-back-forward-cache', '--disable-popup-blocking'];
    const browser = await playwright.chromium.launch({ ...launchOptions, ignoreDefaultArgs });
    await use(await browser.newContext({ baseURL }));
    await browser.close();
  },
});

test('back by the Back button to the page as it was: told as cancelled, and usable', async ({ context }) => {
  await installApp(context);
  const page = await openTab(context);
  await page.evaluate(() => {
    window.asItWas = true;
  });
  await leave(page, { customState: 1 });
  await new HostedPages(page).expectPage('Sign in');
  await page.evaluate(() => history.back());
  await page.waitForURL(/config\.json$/, { waitUntil: 'commit' });
  await expect.poll(() => page.evaluate(() => window.asItWas)).toBe(true);
  await expect.poll(() => page.evaluate(() => heard)).toMatchObject([
    { event: 'signInWithRedirect_failure', data: { code: 'redirect_flow', reason: 'flow_cancelled' } },
  ]);
  expect(await page.evaluate(() => auth.getCurrentUser().catch(plain))).toMatchObject({ name: 'UserUnAuthenticatedException' });
  await leave(page, { customState: 2 });
  await new HostedPages(page).signIn(ALICE);
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' }, customState: 2 });
});

test('a window that the browser blocks: an error, or the redirect in its place', async ({ context }) => {
  await installApp(context);
  const page = await openTab(context);
  // A click is good for one window; what Playwright evaluates counts as one.
  await page.evaluate(() => {
    window.useUpTheClick = () => window.open('about:blank').close();
  });
  const outcome = await page.evaluate(() => {
    useUpTheClick();
    return auth.signInWithPopup().catch(plain);
  });
  expect(outcome).toMatchObject({
    failed: true,
    isError: true,
    code: 'popup_blocked',
    recoverySuggestion: expect.stringContaining("fallback: 'redirect'"),
  });
  await expect.poll(() => context.pages().length).toBe(1);
  await page.evaluate(() => {
    useUpTheClick();
    auth.signInWithPopup({ customState: 'fallback', options: { fallback: 'redirect' } });
  });
  await new HostedPages(page).signIn(ALICE);
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' }, customState: 'fallback', returnTo: '/config.json' });
});
