// Scenario 5: guests, who keep their identity when they sign in, and are guests again afterwards.
import { ALICE, BOB, WEB_CLIENT } from './support/emulator.mjs';
import { EDITORS_ROLE, GUEST_ROLE, SHARED, USER_ROLE, awsPage, fetched, roleOf } from './support/identity.mjs';
import { call } from './support/kit.mjs';
import { credentialsKeys } from './support/stored.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const FORBIDDEN = /status of 403/;
const identityOf = async (page) => (await call(page, 'getCredentials', {})).identityId;
const ownNotes = (identityId) => SHARED.replace('shared', encodeURIComponent(identityId));

test('the demo: a guest signs in and out, and the identity and the permissions follow', async ({ page, demo, emulator, troubles }) => {
  troubles.expect(FORBIDDEN);
  const who = async (role) => {
    await demo.show('Guests & third parties');
    await demo.button('Show my AWS identity').click();
    await expect(demo.fact('Role').filter({ visible: true })).toHaveText(role);
    return demo.fact('Identity ID').filter({ visible: true }).textContent();
  };
  const newest = page.getByRole('list', { name: /^Identities/ }).getByRole('listitem').first();
  await demo.open();
  const guest = await who(GUEST_ROLE);
  const first = page.getByRole('region', { name: 'Guest, then user' });
  await expect(first).toContainText('You are a guest.');
  await expect(newest).toContainText('a guest, as poolpass-guest');
  await demo.tries('Read the shared notes', '200, allowed');
  await demo.tries('Write my own notes', '403, refused');
  await demo.tries('Write the shared notes', '403, refused');

  await demo.show('Users');
  await demo.signIn(BOB);
  await demo.expectSignedIn(BOB);
  expect(await who(USER_ROLE)).toBe(guest);
  await expect(newest).toContainText('bob, as poolpass-user');
  await expect(newest).toContainText('the same identity as before');
  await expect(first).toContainText('You are signed in as bob.');
  await demo.tries('Write my own notes', '200, allowed');
  await demo.tries('Write the shared notes', '403, refused');
  expect((await emulator.counts()).GetId).toBe(1);

  await demo.show('Users');
  await demo.button('Sign out').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  expect(await who(GUEST_ROLE)).not.toBe(guest);
  await expect(newest).toContainText('a different identity');
  await demo.tries('Read the shared notes', '200, allowed');
  await demo.tries('Write my own notes', '403, refused');
});

test('a guest who signs in in another tab is that user here too, under the same identity', async ({ context, emulator, troubles }) => {
  troubles.expect(FORBIDDEN);
  const [here, there] = [await awsPage(context), await awsPage(context)];
  const guest = await identityOf(here);
  expect(await fetched(here, ownNotes(guest), { method: 'PUT', body: 'x' })).toMatchObject({ status: 403 });
  await call(there, 'signIn', ALICE);
  expect(await identityOf(there)).toBe(guest);
  expect(await roleOf(here)).toBe(EDITORS_ROLE);
  expect(await identityOf(here)).toBe(guest);
  expect(await fetched(here, ownNotes(guest), { method: 'PUT', body: 'x' })).toMatchObject({ status: 200 });
  await call(there, 'signOut', {});
  expect(await roleOf(here)).toBe(GUEST_ROLE);
  expect(await emulator.counts()).toMatchObject({ GetId: 2, GetCredentialsForIdentity: 3 });
});

test('a guest’s identity stays over a reload', async ({ context, emulator }) => {
  const page = await awsPage(context);
  const guest = await identityOf(page);
  const again = await awsPage(context);
  expect(await identityOf(again)).toBe(guest);
  expect(await emulator.counts()).toEqual({ GetId: 1, GetCredentialsForIdentity: 1 });
});

test('a user who has an identity goes on with it in another browser, whatever the guest there was', async ({ browser, context }) => {
  const page = await awsPage(context);
  await call(page, 'signIn', BOB);
  const bob = await identityOf(page);
  const elsewhere = await browser.newContext();
  const other = await awsPage(elsewhere);
  expect(await identityOf(other)).not.toBe(bob);
  await call(other, 'signIn', BOB);
  expect(await identityOf(other)).toBe(bob);
  expect(await roleOf(other)).toBe(USER_ROLE);
  expect(await identityOf(page)).toBe(bob);
  await elsewhere.close();
});

test('who signs in while a guest’s credentials are on their way gets the user’s', async ({ context, emulator }) => {
  const page = await awsPage(context);
  await emulator.fault({ operation: 'GetCredentialsForIdentity', kind: 'late', delayMs: 1_500 });
  await page.evaluate(() => {
    window.early = auth.getCredentials();
  });
  await expect.poll(async () => (await emulator.counts()).GetCredentialsForIdentity).toBe(1);
  await call(page, 'signIn', BOB);
  const guest = await page.evaluate(async () => (await early).identityId);
  expect(await roleOf(page)).toBe(USER_ROLE);
  expect(await identityOf(page)).toBe(guest);
});

test('after a sign-out, credentials that were requested for the user are neither given nor stored', async ({ context, emulator }) => {
  const page = await awsPage(context);
  await call(page, 'signIn', BOB);
  await emulator.fault({ operation: 'GetCredentialsForIdentity', kind: 'late', delayMs: 1_500 });
  await page.evaluate(() => {
    window.early = auth.getCredentials().catch(plain);
  });
  await expect.poll(async () => (await emulator.counts()).GetCredentialsForIdentity).toBe(1);
  await call(page, 'signOut', {});
  // The call goes on for who is there now: a guest.
  const { identityId } = await page.evaluate(() => early);
  const keys = await credentialsKeys(page);
  expect(keys.filter((key) => !key.endsWith('.guest'))).toEqual([]);
  expect(JSON.parse(await page.evaluate((key) => localStorage.getItem(key), keys[0])).identityId).toBe(identityId);
  expect(await roleOf(page)).toBe(GUEST_ROLE);
});

test('an identity that was deleted is made again, once', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await awsPage(context);
  const guest = await identityOf(page);
  await emulator.deleteIdentity(guest);
  await emulator.forgetRequests();
  const { identityId } = await call(page, 'getCredentials', { forceRefresh: true });
  expect(identityId).not.toBe(guest);
  expect(await emulator.counts()).toEqual({ GetCredentialsForIdentity: 2, GetId: 1 });
});

for (const { title, fault, error } of [
  { title: 'throttling', fault: { kind: 'error', status: 400, type: 'TooManyRequestsException', message: 'Slow down.' }, error: { name: 'TooManyRequestsException', retryable: true } },
  { title: 'an internal error', fault: { kind: 'error', status: 500, type: 'InternalErrorException', message: 'Oops.' }, error: { name: 'InternalErrorException', status: 500, retryable: true } },
  { title: 'no network', fault: { kind: 'dropBefore' }, error: { name: 'NetworkError', code: 'network', retryable: true } },
  { title: 'a reply that is no JSON', fault: { kind: 'garbage' }, error: { code: 'invalid_response', retryable: false } },
]) {
  test(`${title} is a typed error that all callers get, and the next call may succeed`, async ({ context, emulator, troubles }) => {
    troubles.expect(REFUSED, /status of 500/, /net::ERR_/);
    const page = await awsPage(context);
    const operation = 'GetCredentialsForIdentity';
    // More often than any repetition goes.
    await emulator.fault({ operation, times: 20, ...fault });
    const errors = await page.evaluate(() => Promise.all(Array.from({ length: 5 }, () => auth.getCredentials().catch(plain))));
    for (const each of errors) expect(each).toMatchObject({ failed: true, isError: true, ...error });
    await emulator.forgetFaults();
    expect(await roleOf(page)).toBe(GUEST_ROLE);
  });
}
