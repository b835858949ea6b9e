// A forgotten password, and a changed one, in a page of the package.
import { ALICE, BOB, DAVE } from './support/emulator.mjs';
import { call, heard, kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const NEW = 'Purple-Elephant3#';
const HOUR_MS = 3_600_000;

const wrong = (code) => (code === '000000' ? '111111' : '000000');

test('a forgotten password: the code comes by mail, a wrong one can be corrected, the new password signs in', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context);
  expect(await call(page, 'resetPassword', { username: 'alice' })).toEqual({
    isPasswordReset: false,
    nextStep: {
      resetPasswordStep: 'CONFIRM_RESET_PASSWORD_WITH_CODE',
      codeDeliveryDetails: { destination: 'a***@e***', deliveryMedium: 'EMAIL', attributeName: 'email' },
    },
  });
  const [code] = await emulator.codes('alice');
  const confirm = (confirmationCode, newPassword = NEW) => call(page, 'confirmResetPassword', { username: 'alice', confirmationCode, newPassword });
  expect(await confirm(wrong(code))).toMatchObject({ name: 'CodeMismatchException', code: 'service', retryable: true });
  expect(await confirm(code, 'short')).toMatchObject({ name: 'InvalidPasswordException', retryable: false, recoverySuggestion: expect.stringContaining('policy') });
  expect(await confirm(code)).toBeUndefined();
  expect(await call(page, 'signIn', ALICE)).toMatchObject({ name: 'NotAuthorizedException', reason: 'wrong_password' });
  expect(await call(page, 'signIn', { username: 'alice', password: NEW })).toMatchObject({ isSignedIn: true });
});

test('a reload, and another tab, between the code and the new password change nothing', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context);
  await call(page, 'resetPassword', { username: 'alice' });
  const [code] = await emulator.codes('alice');
  await page.close();
  const other = await kitPage(context);
  expect(await call(other, 'confirmResetPassword', { username: 'alice', confirmationCode: code, newPassword: NEW })).toBeUndefined();
  expect(await call(other, 'confirmResetPassword', { username: 'alice', confirmationCode: code, newPassword: NEW })).toMatchObject({ failed: true, code: 'service' });
});

test('an expired code says so, and what to do', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context);
  await call(page, 'resetPassword', { username: 'alice' });
  const [code] = await emulator.codes('alice');
  await emulator.advance(HOUR_MS + 1000);
  const expired = await call(page, 'confirmResetPassword', { username: 'alice', confirmationCode: code, newPassword: NEW });
  expect(expired).toMatchObject({ name: 'ExpiredCodeException', retryable: false, recoverySuggestion: expect.stringContaining('Request a new code') });
});

test('who cannot have a code is told why, and when too many were asked for', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context);
  expect(await call(page, 'resetPassword', { username: DAVE.username })).toMatchObject({
    name: 'NotAuthorizedException',
    reason: 'temporary_password',
    recoverySuggestion: expect.stringContaining('temporary password'),
  });
  await emulator.fault({ operation: 'ForgotPassword', kind: 'error', status: 400, type: 'LimitExceededException', message: 'Attempt limit exceeded, please try after some time.' });
  await emulator.forgetRequests();
  expect(await call(page, 'resetPassword', { username: 'alice' })).toMatchObject({ name: 'LimitExceededException', reason: 'attempt_limit', retryable: false });
  expect(await emulator.counts()).toEqual({ ForgotPassword: 1 });
  await emulator.forgetRequests();
  await emulator.fault({ operation: 'ForgotPassword', kind: 'error', status: 400, type: 'TooManyRequestsException', message: 'Rate exceeded' });
  expect(await call(page, 'resetPassword', { username: 'alice' })).toMatchObject({ isPasswordReset: false });
  expect(await emulator.counts()).toEqual({ ForgotPassword: 2 });
});

test('a signed-in user changes the password, and stays signed in', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context);
  await call(page, 'signIn', BOB);
  await emulator.forgetRequests();
  expect(await call(page, 'updatePassword', { oldPassword: 'Wrong-Staple8?', newPassword: NEW })).toMatchObject({ reason: 'wrong_password' });
  expect(await call(page, 'updatePassword', { oldPassword: '', newPassword: NEW })).toMatchObject({ name: 'EmptyUpdatePassword', code: 'bad_input' });
  expect(await call(page, 'updatePassword', { oldPassword: BOB.password, newPassword: NEW })).toBeUndefined();
  expect(await emulator.counts()).toEqual({ ChangePassword: 2 });
  expect(await call(page, 'fetchUserAttributes')).toMatchObject({ email: 'bob@example.com' });
  expect(await heard(page)).toEqual(['signedIn']);
});

/** What Cognito has done is not reported as failed. */
test('a change counts although another tab signs out meanwhile', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context);
  await call(page, 'signIn', BOB);
  const other = await kitPage(context);
  await emulator.forgetRequests();
  await emulator.fault({ operation: 'ChangePassword', kind: 'late', delayMs: 1500 });
  const changed = call(page, 'updatePassword', { oldPassword: BOB.password, newPassword: NEW });
  await expect.poll(async () => (await emulator.counts()).ChangePassword).toBe(1);
  await call(other, 'signOut');
  expect(await changed).toBeUndefined();
  expect(await call(page, 'getCurrentUser')).toMatchObject({ code: 'signed_out' });
  expect(await call(page, 'signIn', { ...BOB, password: NEW })).toMatchObject({ isSignedIn: true });
});
