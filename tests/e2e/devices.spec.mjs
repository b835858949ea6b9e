// Remembered devices with the package in a browser: a pool that asks for a code, and what takes its place.
import { kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { trackedPool } from './support/tracked_pool.mjs';
import { REFUSED } from './support/troubles.mjs';

const DEVICE = 'device.ann';

/** Calls a method. An error comes back as its plain members. */
const call = (page, method, input) =>
  page.evaluate(
    async ([method, input]) => {
      try {
        return (await auth[method](input)) ?? null;
      } catch (error) {
        return plain(error);
      }
    },
    [method, input],
  );

const stored = (page, ends) =>
  page.evaluate((ends) => {
    const key = Object.keys(localStorage).find((key) => key.endsWith(`.${ends}`));
    return key === undefined ? null : JSON.parse(localStorage.getItem(key));
  }, ends);

/** Signs in, with the code that was sent if one is asked for. Returns the result and whether a code was asked for. */
async function signIn(page, pool, options = {}) {
  const first = await call(page, 'signIn', { username: 'ann', password: pool.password, options });
  if (first.nextStep?.signInStep !== 'CONFIRM_SIGN_IN_WITH_SMS_CODE') return { result: first, asked: false };
  const result = await call(page, 'confirmSignIn', { challengeResponse: await pool.code() });
  return { result, asked: true };
}

test('a remembered device needs no code, also after a sign-out, in another tab and by another flow', async ({ context, emulator }) => {
  const pool = await trackedPool(emulator);
  const page = await kitPage(context, pool.settings);
  expect(await signIn(page, pool)).toMatchObject({ asked: true, result: { isSignedIn: true, nextStep: { signInStep: 'DONE' } } });
  const record = await stored(page, DEVICE);
  expect(record).toMatchObject({ v: 1, key: expect.stringMatching(/^eu-west-1_/), group: expect.any(String), password: expect.any(String) });
  for (const [authFlowType, answers] of [['USER_SRP_AUTH', 3], ['USER_PASSWORD_AUTH', 2]]) {
    await call(page, 'signOut', {});
    expect(await stored(page, DEVICE)).toEqual(record);
    await emulator.forgetRequests();
    const tab = await kitPage(context, pool.settings);
    expect(await signIn(tab, pool, { authFlowType })).toMatchObject({ asked: false, result: { isSignedIn: true } });
    expect(await emulator.counts()).toEqual({ InitiateAuth: 1, RespondToAuthChallenge: answers });
    await tab.close();
  }
});

test('the device has the name of the browser, is listed with dates, and is forgotten', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const pool = await trackedPool(emulator);
  const page = await kitPage(context, pool.settings);
  await signIn(page, pool);
  const { key } = await stored(page, DEVICE);
  const listed = await page.evaluate(async () => {
    const [device, ...others] = await auth.fetchDevices();
    const dates = [device.createDate, device.lastModifiedDate, device.lastAuthenticatedDate];
    return { ...device, others: others.length, areDates: dates.every((date) => date instanceof Date && !Number.isNaN(date.getTime())) };
  });
  expect(listed).toMatchObject({ id: key, others: 0, areDates: true, attributes: { 'dev:device_remembered_status': 'remembered' } });
  expect(listed.name).toMatch(/Chrom/);
  expect(listed.name).not.toMatch(/Not|undefined/);
  expect(await call(page, 'getDevice', {})).toMatchObject({ id: key, name: listed.name });
  // As it was listed: Amplify's apps pass the whole device.
  expect(await page.evaluate(async () => (await auth.forgetDevice({ device: (await auth.fetchDevices())[0] })) ?? null)).toBeNull();
  expect(await stored(page, DEVICE)).toBeNull();
  expect(await call(page, 'getDevice', {})).toMatchObject({ failed: true, name: 'ResourceNotFoundException', reason: 'device_unknown' });
  await call(page, 'signOut', {});
  expect(await signIn(page, pool)).toMatchObject({ asked: true, result: { isSignedIn: true } });
});

test('where the pool asks the user, a yes remembers the device', async ({ context, emulator }) => {
  const pool = await trackedPool(emulator, { onPrompt: true });
  const page = await kitPage(context, pool.settings);
  expect(await signIn(page, pool)).toMatchObject({ asked: true, result: { isSignedIn: true, canRememberDevice: true } });
  await call(page, 'signOut', {});
  const again = await signIn(page, pool);
  expect(again).toMatchObject({ asked: true, result: { isSignedIn: true } });
  expect(again.result.canRememberDevice).toBeUndefined();
  expect(await call(page, 'rememberDevice')).toBeNull();
  await call(page, 'signOut', {});
  expect(await signIn(page, pool)).toMatchObject({ asked: false, result: { isSignedIn: true } });
});

test('a device that an administrator forgot costs a code, not the sign-in', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const pool = await trackedPool(emulator);
  const page = await kitPage(context, pool.settings);
  await signIn(page, pool);
  const { key } = await stored(page, DEVICE);
  await call(page, 'signOut', {});
  await pool.administer('AdminForgetDevice', { Username: 'ann', DeviceKey: key });
  expect(await signIn(page, pool)).toMatchObject({ asked: true, result: { isSignedIn: true } });
  expect((await stored(page, DEVICE)).key).not.toBe(key);
});

test('a refresh names the device, in a tab that has never seen its record', async ({ context, emulator }) => {
  const pool = await trackedPool(emulator);
  const page = await kitPage(context, pool.settings);
  await signIn(page, pool);
  await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.device')).forEach((key) => localStorage.removeItem(key)));
  const tab = await kitPage(context, pool.settings);
  await emulator.forgetRequests();
  const refreshed = await tab.evaluate(async () => Boolean((await auth.fetchAuthSession({ forceRefresh: true })).tokens));
  expect(refreshed).toBe(true);
  expect(await emulator.counts()).toEqual({ GetTokensFromRefreshToken: 1 });
});

test('a confirmation that fails is an event, and the user is signed in', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const pool = await trackedPool(emulator);
  const page = await kitPage(context, pool.settings);
  await emulator.fault({ operation: 'ConfirmDevice', kind: 'error', times: 1, status: 400, type: 'InvalidParameterException', message: 'no' });
  expect(await signIn(page, pool)).toMatchObject({ result: { isSignedIn: true } });
  await expect.poll(() => page.evaluate(() => heard.map(({ event, error }) => [event, error?.name]))).toEqual([
    ['signedIn', undefined],
    ['confirmDevice_failure', 'InvalidParameterException'],
  ]);
  expect(await stored(page, DEVICE)).toBeNull();
});
