// Sessions under the real timing of several tabs: Chromium's localStorage lags between processes, its locks don't.
import { ALICE, BOB, ROTATION_CLIENT, TOKEN_LIFE_MS } from './support/emulator.mjs';
import { call, heard, kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

/** `POOLPASS_LONG=10` repeats everything ten times as often. */
const TIMES = Number(process.env.POOLPASS_LONG ?? 1);
/** Browser contexts side by side, each with its own storage: most of the time is waiting. */
const PAIRS = 4;
const SIGN_OUTS_OF_A_PAIR = 80 * TIMES;
const GROUPS = 3;
const TABS = 5;
const REFRESHES_OF_A_TAB = 140 * TIMES;

/** Runs something in several browser contexts at once. */
async function sideBySide(browser, troubles, count, work) {
  const contexts = await Promise.all(Array.from({ length: count }, () => browser.newContext()));
  await Promise.all(contexts.map((context) => troubles.watch(context)));
  const results = await Promise.all(contexts.map(work));
  await Promise.all(contexts.map((context) => context.close()));
  return results;
}

test('a sign-out during another tab’s refresh leaves nothing stored', async ({ browser, troubles }) => {
  troubles.expect(REFUSED); // a refresh that reaches Cognito after the sign-out
  test.setTimeout(SIGN_OUTS_OF_A_PAIR * 10_000);
  const found = await sideBySide(browser, troubles, PAIRS, async (context) => {
    const [refreshing, leaving] = [await kitPage(context), await kitPage(context)];
    await refreshing.evaluate(() => {
      const channel = new BroadcastChannel('race');
      channel.onmessage = async ({ data }) => {
        if (data !== 'refresh') return;
        await auth.fetchAuthSession({ forceRefresh: true }).catch(() => {});
        channel.postMessage('refreshed');
      };
    });
    return leaving.evaluate(signInAndOut, [ALICE, SIGN_OUTS_OF_A_PAIR]);
  });
  expect(found).toEqual(Array(PAIRS).fill({ stored: 0, read: 0, tries: SIGN_OUTS_OF_A_PAIR }));
});

/** In the page: signs in, has the other tab refresh, and signs out 0 to 30 ms later. Counts what is left. */
async function signInAndOut([user, count]) {
  const channel = new BroadcastChannel('race');
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const left = { stored: 0, read: 0, tries: 0 };
  for (let attempt = 0; attempt < count; attempt += 1) {
    await auth.signIn({ ...user, options: { authFlowType: 'USER_PASSWORD_AUTH' } });
    const refreshed = new Promise((resolve) => (channel.onmessage = resolve));
    channel.postMessage('refresh');
    await pause(attempt % 31);
    await auth.signOut();
    if ((await auth.fetchAuthSession()).tokens) left.read += 1;
    await refreshed;
    await pause(150);
    if (Object.values({ ...localStorage }).some((text) => text.includes('eyJ'))) left.stored += 1;
    left.tries += 1;
  }
  return left;
}

test('five tabs that refresh all the time send no used token and lose no session', async ({ browser, emulator, troubles }) => {
  test.setTimeout(REFRESHES_OF_A_TAB * 10_000);
  await emulator.forgetRequests();
  const results = await sideBySide(browser, troubles, GROUPS, async (context) => {
    const pages = [];
    for (let tab = 0; tab < TABS; tab += 1) pages.push(await kitPage(context, { clientId: ROTATION_CLIENT }));
    await call(pages[0], 'signIn', ALICE);
    const counts = await Promise.all(pages.map((page) => page.evaluate(refreshOften, REFRESHES_OF_A_TAB)));
    for (const page of pages) expect(await heard(page)).not.toContain('signedOut');
    return counts;
  });
  const perfect = { fine: REFRESHES_OF_A_TAB, lost: 0, failed: [] };
  expect(results.flat()).toEqual(Array(GROUPS * TABS).fill(perfect));
  expect((await emulator.requests()).filter(({ status }) => status >= 400)).toEqual([]);
});

/** In the page: forces refreshes, one after the other, once this tab sees the session that another one has just stored. */
async function refreshOften(count) {
  const results = { fine: 0, lost: 0, failed: [] };
  while (!(await auth.fetchAuthSession()).tokens) await new Promise((resolve) => setTimeout(resolve, 5));
  for (let refresh = 0; refresh < count; refresh += 1) {
    try {
      const { tokens } = await auth.fetchAuthSession({ forceRefresh: true });
      results[tokens ? 'fine' : 'lost'] += 1;
    } catch (error) {
      results.failed.push(error.code);
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
  }
  return results;
}

test('ten thousand calls in each of eight tabs send one refresh', async ({ context, emulator }) => {
  const pages = [];
  for (let tab = 0; tab < 8; tab += 1) pages.push(await kitPage(context, { clientId: ROTATION_CLIENT }));
  await call(pages[0], 'signIn', ALICE);
  await emulator.advance(TOKEN_LIFE_MS);
  await emulator.forgetRequests();
  const tokens = await Promise.all(
    pages.map((page) =>
      page.evaluate(async (ms) => {
        moveClock(ms);
        const sessions = await Promise.all(Array.from({ length: 10_000 }, () => auth.fetchAuthSession()));
        return [...new Set(sessions.map(({ tokens }) => tokens?.accessToken.toString()))];
      }, TOKEN_LIFE_MS),
    ),
  );
  expect(new Set(tokens.flat()).size).toBe(1);
  expect(await emulator.counts()).toEqual({ GetTokensFromRefreshToken: 1 });
});

test('another user’s sign-in during a refresh stays', async ({ context }) => {
  const [refreshing, arriving] = [await kitPage(context), await kitPage(context)];
  for (let delay = 0; delay < 30; delay += 3) {
    await call(refreshing, 'signIn', ALICE);
    const refresh = call(refreshing, 'fetchAuthSession', { forceRefresh: true });
    await arriving.waitForTimeout(delay);
    await call(arriving, 'signIn', BOB);
    await refresh;
    await arriving.waitForTimeout(200);
    for (const page of [refreshing, arriving]) expect(await call(page, 'getCurrentUser', {})).toMatchObject({ username: 'bob' });
  }
});

test('a storage that is cleared ends the session in every tab, with a reason', async ({ context }) => {
  const pages = [await kitPage(context), await kitPage(context), await kitPage(context)];
  await call(pages[0], 'signIn', ALICE);
  for (const page of pages) await expect.poll(() => call(page, 'getCurrentUser', {})).toMatchObject({ username: 'alice' });
  await pages[1].evaluate(() => localStorage.clear());
  for (const page of pages) {
    await expect.poll(() => heard(page)).toEqual(['signedIn', 'signedOut']);
    const { error } = (await page.evaluate(() => heard))[1];
    expect(error).toMatchObject({ name: 'UserUnAuthenticatedException', code: 'signed_out', reason: 'storage_cleared' });
  }
});

test('a refused refresh token of unknown meaning ends nothing', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context);
  await call(page, 'signIn', ALICE);
  await emulator.fault({ operation: 'GetTokensFromRefreshToken', kind: 'error', status: 400, type: 'NotAuthorizedException', message: 'Unheard of.' });
  expect(await call(page, 'fetchAuthSession', { forceRefresh: true })).toMatchObject({ failed: true, name: 'NotAuthorizedException' });
  expect(await heard(page)).toEqual(['signedIn', 'tokenRefresh_failure']);
  expect((await call(page, 'fetchAuthSession', { forceRefresh: true })).accessToken).toMatch(/^eyJ/);
});
