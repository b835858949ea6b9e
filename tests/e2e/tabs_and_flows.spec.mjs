// Flows side by side, flows that nobody finishes, and pages that go away: nothing waits for them.
import { ALICE } from './support/emulator.mjs';
import { arrival, callback, expectNothingLeft, flowRecords, installApp, leave, onReturn, openApp, openTab, ready } from './support/app.mjs';
import { HostedPages } from './support/hosted.mjs';
import { call } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { UNREACHED } from './support/troubles.mjs';

/** Begins a flow and lets another browser answer it: the address to come back to, which nobody has called yet. */
async function answeredElsewhere(page, browser, input) {
  const leaving = page.waitForRequest(/\/oauth2\/authorize/);
  await page.route(/\/oauth2\/authorize/, (route) => route.abort());
  await page.evaluate((input) => void auth.signInWithRedirect(input), input);
  const url = (await leaving).url();
  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  const back = callback(elsewhere);
  await elsewhere.goto(url);
  await new HostedPages(elsewhere).signIn(ALICE);
  const address = await back;
  await context.close();
  return address;
}

const NOBODY = { failed: true, name: 'UserUnAuthenticatedException' };

test('two flows in two tabs, finished in the opposite order, each with its own answer', async ({ context, emulator }) => {
  await installApp(context);
  const [first, second] = [await openTab(context, '?tab=1'), await openTab(context, '?tab=2')];
  await leave(first, { customState: 'first', options: { prompt: 'login' } });
  await leave(second, { customState: 'second', options: { prompt: 'login' } });
  await new HostedPages(second).signIn(ALICE);
  expect(await arrival(second)).toMatchObject({ user: { username: 'alice' }, customState: 'second', returnTo: '/config.json?tab=2' });
  await new HostedPages(first).signIn(ALICE);
  expect(await arrival(first)).toMatchObject({ user: { username: 'alice' }, customState: 'first', returnTo: '/config.json?tab=1' });
  expect((await emulator.counts())['/oauth2/token']).toBe(2);
  for (const page of [first, second]) {
    expect(await call(page, 'getCurrentUser')).toMatchObject({ username: 'alice' });
    await expectNothingLeft(page);
  }
});

test('a flow that another tab has finished is used, in the tab that has its verifier too', async ({ browser, context, emulator, troubles }) => {
  troubles.expect(UNREACHED);
  const page = await openApp(context);
  const address = await answeredElsewhere(page, browser, { customState: 'mine' });
  const other = await openTab(context, new URL(address).search);
  expect(await arrival(other)).toMatchObject({ user: { username: 'alice' }, customState: 'mine' });
  await page.goto(address);
  expect(await arrival(page)).toMatchObject({ failed: true, code: 'redirect_flow', reason: 'flow_used' });
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
  // The server has revoked nothing.
  for (const tab of [page, other]) {
    expect((await call(tab, 'fetchAuthSession', { forceRefresh: true })).accessToken).toMatch(/^eyJ/);
    await expectNothingLeft(tab);
  }
});

test('tabs at the same callback address at once send one code', async ({ browser, context, emulator, troubles }) => {
  troubles.expect(UNREACHED);
  const page = await openApp(context);
  const address = await answeredElsewhere(page, browser);
  // One has the record in sessionStorage, the others in localStorage, which Chromium shows to other processes with a delay.
  const tabs = [await context.newPage(), page, await context.newPage()];
  const outcomes = await Promise.all(
    tabs.map(async (tab) => {
      await tab.goto(address);
      return arrival(tab);
    }),
  );
  expect(outcomes.filter(({ user }) => user)).toHaveLength(1);
  for (const { user, reason } of outcomes) if (!user) expect(reason).toBe('flow_used');
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
});

test('an abandoned flow blocks nobody, here or in another tab', async ({ context, emulator }) => {
  const page = await openApp(context);
  await leave(page, { customState: 'abandoned' });
  const other = await openTab(context);
  expect(await arrival(other)).toBeNull();
  expect((await call(other, 'fetchAuthSession', {})).tokens).toBeUndefined();
  expect(await call(other, 'getCurrentUser')).toMatchObject(NOBODY);
  await call(other, 'signIn', ALICE);
  expect((await call(other, 'fetchAuthSession', {})).accessToken).toMatch(/^eyJ/);
  // The user types the app's address in the tab that was left.
  await page.goto('config.json');
  expect(await arrival(page)).toBeNull();
  expect(await call(page, 'getCurrentUser')).toMatchObject({ username: 'alice' });
  expect(await emulator.counts()).not.toHaveProperty('/oauth2/token');
});

test('an abandoned flow is swept away when its time is over', async ({ context }) => {
  const page = await openApp(context);
  await leave(page, { customState: 'abandoned' });
  await onReturn(page, () => {
    const now = Date.now;
    Date.now = () => now() + 601_000;
  });
  await page.goto('config.json');
  expect(await arrival(page)).toBeNull();
  expect(await flowRecords(page)).toEqual({ tab: {}, origin: {} });
});

test('back from the hosted page by the Back button: nothing hangs, and a new attempt works', async ({ context }) => {
  const page = await openApp(context);
  await leave(page, { customState: 'one' });
  await new HostedPages(page).expectPage('Sign in');
  await page.goBack();
  expect(await arrival(page)).toBeNull();
  expect(await call(page, 'getCurrentUser')).toMatchObject(NOBODY);
  await leave(page, { customState: 'two' });
  await new HostedPages(page).signIn(ALICE);
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' }, customState: 'two' });
  // And Back again, over the hosted page: its form is spent, the session stays.
  await page.goBack();
  await page.goForward();
  await ready(page);
  expect(await call(page, 'getCurrentUser')).toMatchObject({ username: 'alice' });
});

test('a reload during the callback is told as interrupted, once, and blocks nothing', async ({ context, emulator }) => {
  const page = await openApp(context, { query: '?x=1#deep' });
  await leave(page, { customState: { kept: true } });
  await emulator.fault({ operation: '/oauth2/token', kind: 'late', delayMs: 20_000 });
  await new HostedPages(page).signIn(ALICE);
  await ready(page);
  await expect.poll(async () => (await emulator.counts())['/oauth2/token']).toBe(1);
  expect((await call(page, 'fetchAuthSession', {})).tokens).toBeUndefined();
  expect(await call(page, 'getCurrentUser')).toMatchObject(NOBODY);
  expect(new URL(page.url()).search).toBe('');

  await page.reload();
  expect(await arrival(page)).toMatchObject({
    isError: true,
    code: 'redirect_flow',
    reason: 'flow_interrupted',
    recoverySuggestion: 'Start the sign-in again.',
    customState: { kept: true },
    returnTo: '/config.json?x=1#deep',
  });
  await page.reload();
  expect(await arrival(page)).toBeNull();
  // Another tab was never concerned.
  expect(await arrival(await openTab(context))).toBeNull();
  await leave(page, { options: { prompt: 'login' } });
  await new HostedPages(page).signIn(ALICE);
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' } });
});

test('a webview that lost the tab’s storage still finishes the flow', async ({ context }) => {
  const page = await openApp(context, { query: '?deep=1' });
  await leave(page, { customState: ['kept'] });
  await onReturn(page, () => sessionStorage.clear());
  await new HostedPages(page).signIn(ALICE);
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' }, customState: ['kept'], returnTo: '/config.json?deep=1' });
  await expectNothingLeft(page);
});

test('a browser that keeps nothing: told before leaving', async ({ context }) => {
  const page = await openApp(context);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  expect(await call(page, 'signInWithRedirect')).toMatchObject({ failed: true, code: 'storage_write' });
  await expect(page).toHaveURL(/config\.json$/);
});

test('who stops waiting for an arrival gets an AbortError, and it finishes all the same', async ({ context, emulator }) => {
  const page = await openApp(context);
  await leave(page, { customState: 1 });
  await emulator.fault({ operation: '/oauth2/token', kind: 'late', delayMs: 1_500 });
  const back = callback(page);
  await new HostedPages(page).signIn(ALICE);
  const url = await back;
  await ready(page);
  const impatient = page.evaluate((url) => auth.handleRedirect({ url, signal: AbortSignal.timeout(100) }).catch(plain), url);
  expect(await impatient).toMatchObject({ failed: true, name: 'AbortError', code: 'aborted' });
  expect(await call(page, 'handleRedirect', { url })).toMatchObject({ user: { username: 'alice' }, customState: 1 });
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' }, customState: 1 });
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
});
