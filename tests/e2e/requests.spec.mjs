// No more round trips than the protocol needs, counted at both ends.
import { ALICE } from './support/emulator.mjs';
import { operationsOf } from './support/requests.mjs';
import { expect, test } from './support/test.mjs';

test('two requests for a sign-in by SRP, none for a reload', async ({ page, demo, emulator }) => {
  const operations = operationsOf(page);
  await demo.openSignedIn(ALICE);
  expect(operations).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1, RespondToAuthChallenge: 1 });

  operations.length = 0;
  await emulator.forgetRequests();
  const toEmulator = [];
  page.on('request', (request) => request.url().startsWith(emulator.endpoint) && toEmulator.push(request.url()));
  await page.reload();
  await demo.expectSignedIn(ALICE);
  await page.reload();
  await demo.expectSignedIn(ALICE);
  // The network being quiet: a request that came late would still be seen.
  await page.waitForLoadState('networkidle');
  expect(operations).toEqual([]);
  expect(toEmulator).toEqual([]);
  expect(await emulator.counts()).toEqual({});
});

test('one request for a sign-in that sends the password', async ({ page, demo, emulator }) => {
  await demo.open();
  await page.getByText('Flow and code').click();
  await page.getByRole('radio', { name: 'Send the password' }).check();
  await demo.signIn(ALICE);
  await demo.expectSignedIn(ALICE);
  await expect(page.getByText('Password, sent over TLS')).toBeVisible();
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1 });
});

test('a button fills in a test user', async ({ page, demo, emulator }) => {
  await demo.open();
  await page.getByRole('button', { name: /^bob/ }).click();
  await expect(demo.username).toHaveValue('bob');
  await expect(demo.button('Sign in')).toBeFocused();
  await demo.button('Sign in').click();
  await demo.expectSignedIn({ username: 'bob' });
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1, RespondToAuthChallenge: 1 });
});

test('one request each for GetUser, a refresh and a sign-out', async ({ page, demo, emulator }) => {
  await demo.openSignedIn(ALICE);
  await emulator.forgetRequests();
  await demo.button('Call GetUser').click();
  await expect(page.getByRole('region', { name: 'GetUser response' })).toContainText('alice@example.com');
  const token = page.locator('pre.raw').first();
  const before = await token.textContent();
  await demo.button('Refresh now').click();
  await expect(demo.notice).toHaveText('Your tokens were refreshed.');
  await expect(token).not.toHaveText(before);
  await expect(demo.activity).toContainText('tokenRefresh');
  await demo.button('Sign out').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  await expect.poll(() => emulator.counts()).toEqual({ GetUser: 1, GetTokensFromRefreshToken: 1, RevokeToken: 1 });
});
