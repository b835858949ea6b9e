// A session ends by Cognito's word alone.
import { ALICE, TOKEN_LIFE_MS } from './support/emulator.mjs';
import { call, heard, kitPage } from './support/kit.mjs';
import { storedSession as stored } from './support/stored.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED, UNREACHED } from './support/troubles.mjs';

async function signedInAndExpired(context, emulator) {
  const page = await kitPage(context);
  await call(page, 'signIn', ALICE);
  const { accessToken } = await call(page, 'fetchAuthSession', {});
  await emulator.advance(TOKEN_LIFE_MS);
  await page.evaluate((ms) => moveClock(ms), TOKEN_LIFE_MS);
  await emulator.forgetRequests();
  return { page, accessToken };
}

const refusal = (status, type, message) => ({ kind: 'error', status, type, message });

for (const { title, fault, error } of [
  {
    title: 'an internal error',
    fault: refusal(500, 'InternalErrorException', 'Something went wrong.'),
    error: { name: 'InternalErrorException', code: 'service', status: 500, retryable: true },
  },
  {
    title: 'throttling',
    fault: refusal(429, 'TooManyRequestsException', 'Too many requests.'),
    error: { name: 'TooManyRequestsException', code: 'service', status: 429, retryable: true },
  },
  {
    title: 'a trigger that fails',
    fault: refusal(400, 'NotAuthorizedException', 'PreTokenGeneration failed with error no.'),
    error: { name: 'NotAuthorizedException', code: 'service', status: 400, retryable: false },
  },
  { title: 'a connection cut before', fault: { kind: 'dropBefore' }, error: { name: 'NetworkError', code: 'network', retryable: true } },
  { title: 'a reply that is lost', fault: { kind: 'dropAfter' }, error: { name: 'NetworkError', code: 'network', retryable: true } },
  { title: 'a reply cut short', fault: { kind: 'truncate', bytes: 10 }, error: { name: 'NetworkError', code: 'network', retryable: true } },
  { title: 'a reply that is no JSON', fault: { kind: 'garbage' }, error: { name: 'InvalidResponseException', code: 'invalid_response', retryable: false } },
]) {
  test(`the session survives ${title}`, async ({ context, emulator, troubles }) => {
    troubles.expect(REFUSED, UNREACHED, /status of (429|500)/);
    const { page, accessToken } = await signedInAndExpired(context, emulator);
    const before = await stored(page);
    await emulator.fault({ operation: 'GetTokensFromRefreshToken', ...fault });

    expect(await call(page, 'fetchAuthSession', {})).toMatchObject({ failed: true, isError: true, ...error });
    expect(await stored(page)).toBe(before);
    expect(await call(page, 'getCurrentUser', {})).toMatchObject({ username: 'alice' });
    await expect.poll(() => heard(page)).toEqual(['signedIn', 'tokenRefresh_failure']);
    // A refresh is never sent twice by itself.
    expect(await emulator.counts()).toEqual({ GetTokensFromRefreshToken: 1 });

    const healed = await call(page, 'fetchAuthSession', {});
    expect(healed.accessToken).toMatch(/^eyJ/);
    expect(healed.accessToken).not.toBe(accessToken);
    await expect.poll(() => heard(page)).toEqual(['signedIn', 'tokenRefresh_failure', 'tokenRefresh']);
  });
}

test('tokens with some time left are used while no refresh gets through', async ({ context, emulator, troubles }) => {
  troubles.expect(UNREACHED);
  const page = await kitPage(context);
  await call(page, 'signIn', ALICE);
  const { accessToken } = await call(page, 'fetchAuthSession', {});
  const almost = TOKEN_LIFE_MS - 90_000;
  await emulator.advance(almost);
  await page.evaluate((ms) => moveClock(ms), almost);
  await emulator.fault({ operation: 'GetTokensFromRefreshToken', kind: 'dropBefore' });
  expect((await call(page, 'fetchAuthSession', {})).accessToken).toBe(accessToken);
  expect(await call(page, 'fetchAuthSession', {})).toMatchObject({ userSub: expect.any(String) });
  expect((await call(page, 'fetchAuthSession', {})).accessToken).not.toBe(accessToken);
});

test('a session that was ended elsewhere is over, and says why', { tag: '@demo' }, async ({ browser, page, demo, emulator, troubles }) => {
  troubles.expect(REFUSED);
  await demo.openSignedIn(ALICE);

  const elsewhere = await browser.newContext();
  const other = await kitPage(elsewhere);
  await call(other, 'signIn', ALICE);
  expect(await call(other, 'signOut', { global: true })).toEqual({ isRevoked: true });
  await elsewhere.close();

  await demo.button('Refresh now').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  await expect(demo.problem).toContainText('Refresh Token has been revoked');
  await expect(demo.problem).toBeFocused();
  await expect(demo.notice).toHaveText('Your session has ended.');
  await expect(demo.activity).toContainText('signedOut');
  expect(await stored(page)).toBeNull();
  await page.reload();
  await expect(demo.heading('Sign in')).toBeVisible();
  expect(await emulator.counts()).toMatchObject({ GetTokensFromRefreshToken: 1, GlobalSignOut: 1 });
});

test('an access token that was revoked elsewhere is noticed by GetUser', { tag: '@demo' }, async ({ browser, demo, troubles }) => {
  troubles.expect(REFUSED);
  await demo.openSignedIn(ALICE);
  const elsewhere = await browser.newContext();
  const other = await kitPage(elsewhere);
  await call(other, 'signIn', ALICE);
  await call(other, 'signOut', { global: true });
  await elsewhere.close();
  await demo.button('Call GetUser').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  await expect(demo.notice).toHaveText('Your session has ended.');
});

test('signing out works without a network, and says that revoking did not', { tag: '@demo' }, async ({ page, demo, emulator, troubles }) => {
  troubles.expect(UNREACHED);
  await demo.openSignedIn(ALICE);
  await page.route(`${emulator.endpoint}/`, (route) => route.abort('internetdisconnected'));
  await demo.button('Sign out').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  await expect(demo.notice).toContainText('the tokens could not be revoked: A network error has occurred.');
  expect(await stored(page)).toBeNull();
});

test('signing out everywhere ends the session in other browsers', { tag: '@demo' }, async ({ browser, demo, troubles }) => {
  troubles.expect(REFUSED);
  const elsewhere = await browser.newContext();
  const other = await kitPage(elsewhere);
  await call(other, 'signIn', ALICE);
  await demo.openSignedIn(ALICE);
  await demo.button('Sign out everywhere').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  await expect
    .poll(async () => (await call(other, 'fetchAuthSession', { forceRefresh: true })).tokens, 'the other browser’s session')
    .toBeUndefined();
  await expect.poll(() => heard(other)).toContain('signedOut');
  await elsewhere.close();
});
