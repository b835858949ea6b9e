// Browsers that store nothing, or what cannot be read.
import { ALICE, ROTATION_CLIENT, WEB_CLIENT } from './support/emulator.mjs';
import { call, heard, kitPage } from './support/kit.mjs';
import { storedSession } from './support/stored.mjs';
import { expect, test } from './support/test.mjs';

/** Where former versions stored the session. */
const RECORD = `poolpass.v1.${WEB_CLIENT}.session`;

const full = () => {
  Storage.prototype.setItem = () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };
};

const blocked = () => {
  for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
  }
};

test('a full storage: the session lives in the tab, and the kit says so', async ({ context, emulator }) => {
  const page = await kitPage(context, { prepare: full });
  expect(await call(page, 'signIn', ALICE)).toEqual({ isSignedIn: true, nextStep: { signInStep: 'DONE' } });
  await expect.poll(() => heard(page)).toEqual(['sessionPersistFailed', 'signedIn']);
  const { error } = (await page.evaluate(() => heard))[0];
  expect(error).toMatchObject({ name: 'StorageException', code: 'storage_write' });
  expect((await call(page, 'fetchAuthSession', {})).accessToken).toMatch(/^eyJ/);
  expect((await call(page, 'fetchAuthSession', { forceRefresh: true })).accessToken).toMatch(/^eyJ/);
  expect(await call(page, 'fetchUserAttributes', {})).toMatchObject({ email: 'alice@example.com' });
  expect(await call(page, 'signOut', {})).toEqual({ isRevoked: true });
  expect((await call(page, 'fetchAuthSession', {})).tokens).toBeUndefined();
  expect(await emulator.counts()).toMatchObject({ GetTokensFromRefreshToken: 1, RevokeToken: 1 });
});

test('a storage that fills up leaves no outdated session behind', async ({ context, emulator }) => {
  const client = { clientId: ROTATION_CLIENT };
  const page = await kitPage(context, client);
  await call(page, 'signIn', ALICE);
  expect(await storedSession(page, client)).toContain('accessToken');
  await page.evaluate(full);
  expect((await call(page, 'fetchAuthSession', { forceRefresh: true })).accessToken).toMatch(/^eyJ/);
  // The refresh token that was stored is used up.
  expect(await storedSession(page, client)).toBeNull();
  expect((await call(page, 'fetchAuthSession', {})).accessToken).toMatch(/^eyJ/);
  expect(await emulator.counts()).toMatchObject({ GetTokensFromRefreshToken: 1 });
});

test('a storage that is full for a while keeps a session whose refresh token stays', async ({ context, emulator }) => {
  const page = await kitPage(context);
  await call(page, 'signIn', ALICE);
  await page.evaluate(full);
  expect((await call(page, 'fetchAuthSession', { forceRefresh: true })).accessToken).toMatch(/^eyJ/);
  const again = await kitPage(context);
  expect((await call(again, 'fetchAuthSession', { forceRefresh: true })).accessToken).toMatch(/^eyJ/);
  expect(await emulator.counts()).toMatchObject({ GetTokensFromRefreshToken: 2 });
});

test('a session that a former version stored goes on, and ends with its sign-out', async ({ context }) => {
  const page = await kitPage(context);
  await call(page, 'signIn', ALICE);
  const record = await storedSession(page);
  await page.evaluate(([key, record]) => (localStorage.clear(), localStorage.setItem(key, record)), [RECORD, record]);
  const again = await kitPage(context);
  expect(await call(again, 'getCurrentUser', {})).toMatchObject({ username: 'alice' });
  expect((await call(again, 'fetchAuthSession', { forceRefresh: true })).accessToken).toMatch(/^eyJ/);
  expect(await call(again, 'signOut', {})).toEqual({ isRevoked: true });
  expect(await again.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('eyJ');
});

test('a blocked storage: the demo works in memory and says so', { tag: '@demo' }, async ({ page, demo }) => {
  await page.addInitScript(blocked);
  await demo.openSignedIn(ALICE);
  await expect(page.getByText('this tab’s memory')).toBeVisible();
  await demo.button('Refresh now').click();
  await expect(demo.notice).toHaveText('Your tokens were refreshed.');
  await page.reload();
  await expect(demo.heading('Sign in')).toBeVisible();
});

test('a full storage: the demo says that a reload ends the session', { tag: '@demo' }, async ({ page, demo }) => {
  await page.addInitScript(full);
  await demo.openSignedIn(ALICE);
  await expect(demo.notice).toContainText('until you reload this tab');
  await expect(demo.activity).toContainText('sessionPersistFailed');
});

for (const [kind, text] of Object.entries({
  'no JSON': '{"v":1,"accessToken":',
  'no token': '{"v":1,"accessToken":"x.y.z","receivedAt":0}',
  'of no version': '{}',
})) {
  test(`a stored record that is ${kind} is set aside, and the page starts`, { tag: '@demo' }, async ({ page, demo }) => {
    await page.addInitScript(([key, text]) => sessionStorage.done ?? (localStorage.setItem(key, text), (sessionStorage.done = 1)), [RECORD, text]);
    await demo.open();
    await expect(demo.heading('Sign in')).toBeVisible();
    await expect(demo.notice).toContainText('set aside');
    await expect(demo.activity).toContainText('sessionCorrupted');
    const { left, aside } = await page.evaluate(
      (key) => ({ left: localStorage.getItem(key), aside: localStorage.getItem(`${key}.corrupt`) }),
      RECORD,
    );
    expect(left).toBeNull();
    expect(aside).toBe(text);
    await demo.signIn(ALICE);
    await demo.expectSignedIn(ALICE);
    await page.reload();
    await demo.expectSignedIn(ALICE);
  });
}

test('a record of a later version is left alone', { tag: '@demo' }, async ({ page, demo }) => {
  const later = '{"v":2,"tokens":["in a new form"]}';
  await page.addInitScript(([key, text]) => localStorage.setItem(key, text), [RECORD, later]);
  await demo.open();
  await expect(demo.heading('Sign in')).toBeVisible();
  expect(await page.evaluate((key) => localStorage.getItem(key), RECORD)).toBe(later);
});

test('nothing is stored where the app asked for memory or for one tab', async ({ context }) => {
  for (const [storage, places] of [['memory', []], ['session', ['sessionStorage']]]) {
    const page = await kitPage(context, { storage });
    await call(page, 'signIn', ALICE);
    expect(await page.evaluate(() => auth.storage)).toBe(storage);
    for (const place of ['localStorage', 'sessionStorage']) {
      expect((await storedSession(page, { place })) !== null, place).toBe(places.includes(place));
    }
    await page.close();
  }
});
