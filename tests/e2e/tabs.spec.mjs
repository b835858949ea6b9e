// Several tabs of one browser: one session, one refresh, the same news.
import { ALICE, ROTATION_CLIENT, TOKEN_LIFE_MS } from './support/emulator.mjs';
import { Demo } from './support/demo.mjs';
import { call, heard, kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';

const TABS = 4;
const ROUNDS = 5;

test('tabs that wake to expired tokens send one refresh, and all stay signed in', async ({ context, emulator }) => {
  const pages = [];
  for (let tab = 0; tab < TABS; tab += 1) pages.push(await kitPage(context, { clientId: ROTATION_CLIENT }));
  await call(pages[0], 'signIn', ALICE);
  let last = (await call(pages[0], 'fetchAuthSession', {})).accessToken;
  expect(last).toMatch(/^eyJ/);

  for (let round = 1; round <= ROUNDS; round += 1) {
    await emulator.advance(TOKEN_LIFE_MS);
    await emulator.forgetRequests();
    for (const page of pages) await page.evaluate(armOneRead, TOKEN_LIFE_MS);
    await pages[0].evaluate(() => new BroadcastChannel('start').postMessage('now'));
    const tokens = await Promise.all(pages.map((page) => page.evaluate(() => window.reading)));

    expect(new Set(tokens).size, `round ${round}: one token for all`).toBe(1);
    expect(tokens[0], `round ${round}: a new token`).toMatch(/^eyJ/);
    expect(tokens[0]).not.toBe(last);
    last = tokens[0];
    expect(await emulator.counts(), `round ${round}`).toEqual({ GetTokensFromRefreshToken: 1 });
    for (const page of pages) {
      expect(await call(page, 'getCurrentUser', {})).toMatchObject({ username: 'alice' });
      expect(await heard(page)).not.toContain('signedOut');
    }
  }
  // The token that all hold works: a read with it, and no refresh more.
  for (const page of pages) expect(await call(page, 'fetchUserAttributes', {})).toMatchObject({ email: 'alice@example.com' });
  expect(await emulator.counts()).toEqual({ GetTokensFromRefreshToken: 1, GetUser: TABS });
});

/** In the page: moves the clock on, and reads the session at the word given to all tabs at once. */
function armOneRead(ms) {
  window.moveClock(ms);
  window.reading = new Promise((resolve) => {
    const channel = new BroadcastChannel('start');
    channel.onmessage = () => {
      channel.close();
      resolve(auth.fetchAuthSession().then(({ tokens }) => tokens?.accessToken.toString()));
    };
  });
}

test('the news of another tab comes when its session can be read', async ({ context }) => {
  const [here, there] = [await kitPage(context), await kitPage(context)];
  await there.evaluate(() => {
    window.read = [];
    for (const event of ['signedIn', 'tokenRefresh', 'signedOut']) {
      auth.on(event, async ({ origin }) => {
        if (origin === 'remote') read.push((await auth.fetchAuthSession()).tokens?.accessToken.toString());
      });
    }
  });
  const expected = [];
  const meanwhile = async () => {
    expected.push((await call(here, 'fetchAuthSession', {})).accessToken);
    await expect.poll(() => there.evaluate(() => read.length)).toBe(expected.length);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await call(here, 'signIn', ALICE);
    await meanwhile();
    for (let refresh = 0; refresh < ROUNDS; refresh += 1) {
      await call(here, 'fetchAuthSession', { forceRefresh: true });
      await meanwhile();
    }
    await call(here, 'signOut', {});
    await meanwhile();
  }
  expect(new Set(expected).size).toBe(ROUNDS * (ROUNDS + 1) + 1);
  expect(await there.evaluate(() => read.map((token) => token ?? undefined))).toEqual(expected);
});

test('many calls in one tab send one refresh', async ({ context, emulator }) => {
  const page = await kitPage(context, { clientId: ROTATION_CLIENT });
  await call(page, 'signIn', ALICE);
  await emulator.advance(TOKEN_LIFE_MS);
  await emulator.forgetRequests();
  const different = await page.evaluate(async (ms) => {
    moveClock(ms);
    const sessions = await Promise.all(Array.from({ length: 200 }, () => auth.fetchAuthSession()));
    return new Set(sessions.map(({ tokens }) => tokens.accessToken.toString())).size;
  }, TOKEN_LIFE_MS);
  expect(different).toBe(1);
  expect(await emulator.counts()).toEqual({ GetTokensFromRefreshToken: 1 });
  await expect.poll(() => heard(page)).toEqual(['signedIn', 'tokenRefresh']);
});

test('signing in and out in one tab shows in the other one at once', async ({ context, page, demo }) => {
  await demo.open();
  const other = new Demo(await context.newPage());
  await other.open();
  await demo.toFront();
  await demo.signIn(ALICE);
  await demo.expectSignedIn(ALICE);

  await other.expectSignedIn(ALICE);
  await expect(other.notice).toHaveText('You signed in from another tab.');
  await expect(other.activity.locator('[data-origin=remote]')).toHaveText('another tab');

  await demo.button('Refresh now').click();
  await expect(other.notice).toHaveText('Another tab refreshed your tokens.');
  const token = await page.locator('pre.raw').first().textContent();
  await expect(other.page.locator('pre.raw').first()).toHaveText(token);

  await demo.button('Sign out').click();
  await expect(other.heading('Sign in')).toBeVisible();
  await expect(other.notice).toHaveText('You signed out from another tab.');
  await expect(other.page.locator('pre.raw')).toHaveCount(0);
  await other.page.reload();
  await expect(other.heading('Sign in')).toBeVisible();
});

test('another tab’s sign-out does not disturb a half-filled sign-up', async ({ context, demo }) => {
  await demo.openSignedIn(ALICE);
  const other = new Demo(await context.newPage());
  await other.open();
  await other.expectSignedIn(ALICE);
  await demo.toFront();
  await demo.button('Sign out').click();
  await expect(other.heading('Sign in')).toBeVisible();
  await other.toFront();
  await other.page.getByRole('link', { name: 'Sign up' }).click();
  await other.username.fill('half');
  await demo.toFront();
  await demo.signIn(ALICE);
  await demo.expectSignedIn(ALICE);
  await other.expectSignedIn(ALICE);
  await demo.button('Sign out').click();
  await expect(other.heading('Sign in')).toBeVisible();
  await other.page.goto('#sign-up');
  await expect(other.username).toHaveValue('half');
});
