// Setting up an authenticator app and choosing second factors, in a page of the package.
import { ALICE } from './support/emulator.mjs';
import { call, kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

async function signedIn(context) {
  const page = await kitPage(context);
  expect(await call(page, 'signIn', ALICE)).toMatchObject({ isSignedIn: true });
  return page;
}

/** Begins to set an app up. `uri` is for the names that an app would choose, `plain` for the account of the user. */
const setUp = (page) =>
  page.evaluate(async () => {
    const { sharedSecret, getSetupUri } = await auth.setUpTOTP();
    return { sharedSecret, isUrl: getSetupUri('x') instanceof URL, uri: getSetupUri('My App: Dev', 'Zoë M').href, plain: getSetupUri('Poolpass').href };
  });

test('an authenticator app is set up with a wrong code first, and then asked for', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await signedIn(context);
  expect(await call(page, 'fetchMFAPreference')).toEqual({});
  await emulator.forgetRequests();
  const { sharedSecret, isUrl, uri, plain } = await setUp(page);
  expect(await emulator.counts()).toEqual({ AssociateSoftwareToken: 1 });
  expect(sharedSecret).toMatch(/^[A-Z2-7]{32,}$/);
  expect(isUrl).toBe(true);
  expect(uri).toBe(`otpauth://totp/My%20App%3A%20Dev:Zo%C3%AB%20M?secret=${sharedSecret}&issuer=My%20App%3A%20Dev`);
  expect(plain).toBe(`otpauth://totp/Poolpass:alice?secret=${sharedSecret}&issuer=Poolpass`);

  const code = await emulator.totpOf(sharedSecret);
  const verify = (code) => call(page, 'verifyTOTPSetup', { code, options: { friendlyDeviceName: 'phone' } });
  expect(await verify('')).toMatchObject({ name: 'EmptyVerifyTOTPSetupCode', code: 'bad_input' });
  expect(await verify(code === '000000' ? '111111' : '000000')).toMatchObject({ name: 'EnableSoftwareTokenMFAException', retryable: true });
  expect(await verify(`${code.slice(0, 3)} ${code.slice(3)}`)).toBeUndefined();
  expect(await call(page, 'updateMFAPreference', { totp: 'PREFERRED' })).toBeUndefined();
  expect(await call(page, 'fetchMFAPreference')).toEqual({ enabled: ['TOTP'], preferred: 'TOTP' });
  expect(await call(page, 'fetchAuthFactors')).toMatchObject({ username: 'alice', factors: expect.arrayContaining(['PASSWORD']), preferred: 'TOTP' });

  await call(page, 'signOut');
  expect(await call(page, 'signIn', ALICE)).toMatchObject({ isSignedIn: false, nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_TOTP_CODE' } });
});

test('a new secret takes the place of one that was never verified', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await signedIn(context);
  const first = await setUp(page);
  await page.reload();
  const again = await kitPage(context);
  const second = await setUp(again);
  expect(second.sharedSecret).not.toBe(first.sharedSecret);
  expect(await call(again, 'verifyTOTPSetup', { code: await emulator.totpOf(first.sharedSecret) })).toMatchObject({ failed: true });
  expect(await call(again, 'verifyTOTPSetup', { code: await emulator.totpOf(second.sharedSecret) })).toBeUndefined();
});

test('a factor that is not set up cannot be turned on', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await signedIn(context);
  expect(await call(page, 'updateMFAPreference', { totp: 'ENABLED' })).toMatchObject({ name: 'InvalidParameterException', reason: 'factor_not_set_up' });
  await emulator.forgetRequests();
  expect(await call(page, 'updateMFAPreference', { totp: 'enabled' })).toMatchObject({ code: 'bad_input' });
  expect(await emulator.counts()).toEqual({});
});
