// Bad input is refused before any request.
import { call, kitPage } from './support/kit.mjs';
import { operationsOf } from './support/requests.mjs';
import { expect, test } from './support/test.mjs';

test('an empty user name or password is refused before any request', async ({ page, demo, emulator }) => {
  const operations = operationsOf(page);
  await demo.open();
  for (const [user, words, name, field] of [
    [{ username: '', password: 'x' }, 'Enter your user name.', 'EmptySignInUsername', demo.username],
    [{ username: 'alice', password: '' }, 'Enter your password.', 'EmptySignInPassword', demo.password],
    [{ username: 'two words', password: 'x' }, 'no white space', 'InvalidUsername', demo.username],
  ]) {
    await demo.signIn(user);
    await expect(demo.problem).toContainText(words);
    await expect(demo.problem).toContainText(name);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  }
  await page.getByRole('link', { name: 'Sign up' }).click();
  await demo.button('Sign up').click();
  await expect(demo.problem).toContainText('EmptySignUpUsername');
  await page.goBack();
  await page.getByRole('link', { name: 'Enter your code' }).click();
  await demo.username.fill('alice');
  await demo.button('Confirm').click();
  await expect(demo.problem).toContainText('EmptyConfirmSignUpCode');
  expect(operations).toEqual([]);
  expect(await emulator.counts()).toEqual({});
});

test('bad input to the kit is named before any request', async ({ context, emulator }) => {
  const page = await kitPage(context);
  for (const [method, input, name] of [
    ['signIn', { username: '', password: 'x' }, 'EmptySignInUsername'],
    ['signIn', { username: 'alice' }, 'EmptySignInPassword'],
    ['signIn', { username: 'alice', password: 'x', options: { authFlow: 'USER_SRP_AUTH' } }, 'InvalidInput'],
    ['signUp', { username: 'alice', password: '' }, 'EmptySignUpPassword'],
    ['confirmSignUp', { username: 'alice', confirmationCode: ' ' }, 'EmptyConfirmSignUpCode'],
    ['resendSignUpCode', { username: '' }, 'EmptyResendSignUpCodeUsername'],
    ['getCurrentUser', {}, 'UserUnAuthenticatedException'],
    ['fetchUserAttributes', {}, 'UserUnAuthenticatedException'],
  ]) {
    expect(await call(page, method, input), method).toMatchObject({ failed: true, isError: true, name });
  }
  expect(await emulator.counts()).toEqual({});
});
