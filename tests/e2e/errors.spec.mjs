// Errors are typed and shown in words, and lose nothing that the user typed.
import { ALICE, CAROL } from './support/emulator.mjs';
import { Demo } from './support/demo.mjs';
import { call, kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED, UNREACHED } from './support/troubles.mjs';

test('a wrong password shows an error in words with the focus, and keeps what was typed', async ({ demo, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open();
  await demo.signIn({ ...ALICE, password: 'Wrong-Horse7!' });
  await expect(demo.problem).toContainText('Incorrect username or password.');
  await expect(demo.problem).toContainText('NotAuthorizedException');
  await expect(demo.problem).toBeFocused();
  await expect(demo.username).toHaveValue('alice');
  await expect(demo.password).toHaveValue('Wrong-Horse7!');
  await expect(demo.button('Sign in')).not.toHaveAttribute('aria-busy');
  await demo.password.fill(ALICE.password);
  await demo.button('Sign in').click();
  await demo.expectSignedIn(ALICE);
});

for (const authFlowType of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH']) {
  test(`a wrong password by ${authFlowType} is a typed error`, async ({ context, troubles }) => {
    troubles.expect(REFUSED);
    const page = await kitPage(context);
    const wrong = { username: 'alice', password: 'Wrong-Horse7!', options: { authFlowType } };
    const expected = {
      failed: true,
      isError: true,
      name: 'NotAuthorizedException',
      code: 'service',
      reason: 'wrong_password',
      message: 'Incorrect username or password.',
      retryable: false,
      status: 400,
    };
    expect(await call(page, 'signIn', wrong)).toMatchObject(expected);
    // A user who is not there looks the same.
    expect(await call(page, 'signIn', { ...wrong, username: 'nobody-of-that-name' })).toMatchObject(expected);
    expect((await call(page, 'fetchAuthSession', {})).tokens).toBeUndefined();
  });
}

test('without errors.js an error has its code and a short message, and the next one has its texts', async ({ context, troubles }) => {
  troubles.expect(REFUSED);
  troubles.expect(UNREACHED);
  const page = await kitPage(context);
  const expected = { failed: true, isError: true, name: 'EmptySignInUsername', code: 'bad_input', retryable: false };
  await page.route('**/errors.js', (route) => route.abort('connectionrefused'));
  expect(await call(page, 'signIn', { ...ALICE, username: '' })).toMatchObject({ ...expected, message: 'bad_input' });
  await page.unrouteAll();
  expect(await call(page, 'signIn', { ...ALICE, username: '' })).toMatchObject({ ...expected, message: 'username is required to signIn' });
});

test('no emulator while signing in: a network error, and the form keeps what was typed', async ({ page, demo, emulator, troubles }) => {
  troubles.expect(UNREACHED);
  await demo.open();
  await page.route(`${emulator.endpoint}/`, (route) => route.abort('connectionrefused'));
  await demo.signIn(ALICE);
  await expect(demo.problem).toContainText('A network error has occurred.');
  await expect(demo.problem).toContainText('NetworkError');
  await expect(demo.problem).toContainText('Check the connection and try again');
  await expect(demo.username).toHaveValue(ALICE.username);
  await expect(demo.password).toHaveValue(ALICE.password);
  await page.unrouteAll();
  await demo.button('Sign in').click();
  await demo.expectSignedIn(ALICE);
});

test('the test users are listed again when poolpass-local responds again', async ({ page, demo, emulator, troubles }) => {
  troubles.expect(UNREACHED);
  await demo.open('#sign-up');
  const address = `${emulator.endpoint}/_poolpass/config`;
  await page.route(address, (route) => route.abort('connectionrefused'));
  await page.getByRole('link', { name: 'Sign in' }).click();
  const users = page.getByRole('region', { name: 'Test users' });
  await expect(users).toContainText('responding');
  await page.unroute(address);
  await page.getByRole('link', { name: 'Sign up' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await expect(users.getByRole('button', { name: /^alice/ })).toBeVisible();
  await expect(users).not.toContainText('responding');
});

test('connections cut while signing up and confirming: nothing typed is lost, and a retry works', async ({ page, demo, emulator, troubles }) => {
  troubles.expect(UNREACHED);
  const user = Demo.newUser();
  await demo.open('#sign-up');
  await emulator.fault({ operation: 'SignUp', kind: 'dropBefore' });
  await demo.signUp(user);
  await expect(demo.problem).toContainText('NetworkError');
  await expect(demo.username).toHaveValue(user.username);
  await expect(demo.email).toHaveValue(user.email);
  await expect(demo.password).toHaveValue(user.password);
  await demo.button('Sign up').click();

  await expect(demo.heading('Confirm your sign-up')).toBeVisible();
  const [code] = await emulator.codes(user.username);
  await emulator.fault({ operation: 'ConfirmSignUp', kind: 'dropBefore' });
  await demo.code.fill(code);
  await demo.button('Confirm').click();
  await expect(demo.problem).toContainText('NetworkError');
  await expect(demo.code).toHaveValue(code);
  await demo.button('Confirm').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  expect(await emulator.counts()).toMatchObject({ SignUp: 2, ConfirmSignUp: 2 });
});

test('an unconfirmed user is asked for the code, and a new code replaces the old one', async ({ demo, emulator, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open();
  await demo.signIn(CAROL);
  await expect(demo.heading('Confirm your sign-up')).toBeFocused();
  await expect(demo.notice).toContainText('not confirmed');
  await expect(demo.username).toHaveValue('carol');

  await demo.button('Send a new code').click();
  await expect(demo.notice).toContainText('A new code was sent to c***@e***');
  const [first] = await emulator.codes('carol');
  await demo.code.fill(first === '000000' ? '000001' : '000000');
  await demo.button('Confirm').click();
  await expect(demo.problem).toContainText('CodeMismatchException');
  await expect(demo.problem).toContainText('Enter the latest code');
  await expect(demo.code).toHaveAttribute('aria-invalid', 'true');

  await demo.button('Send a new code').click();
  await expect.poll(() => emulator.codes('carol')).toHaveLength(2);
  const [second] = await emulator.codes('carol');
  // A mail client's copy brings blanks along.
  await demo.code.fill(` ${second.slice(0, 3)} ${second.slice(3)} `);
  await demo.button('Confirm').click();
  await expect(demo.notice).toContainText('Your sign-up is confirmed.');
  await expect(demo.username).toHaveValue('carol');
  await expect(demo.password).toHaveValue(CAROL.password);
  await demo.button('Sign in').click();
  await demo.expectSignedIn(CAROL);
});

test('Cognito’s refusals keep their names and say what to do', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context);
  const newUser = Demo.newUser();
  const signUp = ({ username, password, email }) => call(page, 'signUp', { username, password, options: { userAttributes: { email } } });
  expect(await signUp({ ...newUser, username: 'alice' })).toMatchObject({ name: 'UsernameExistsException' });
  expect(await signUp({ ...newUser, password: 'short' })).toMatchObject({
    name: 'InvalidPasswordException',
    recoverySuggestion: expect.stringContaining('policy'),
  });
  expect(await call(page, 'signIn', { username: 'erin', password: 'Correct-Horse7!' })).toMatchObject({
    name: 'NotAuthorizedException',
    reason: 'user_disabled',
    recoverySuggestion: expect.stringContaining('administrator'),
  });
  expect(await call(page, 'signIn', { username: 'dave', password: 'Temporary-1!' })).toMatchObject({
    nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED' },
  });
  expect(await signUp(newUser)).toMatchObject({ isSignUpComplete: false, nextStep: { signUpStep: 'CONFIRM_SIGN_UP' } });
  const [code] = await emulator.codes(newUser.username);
  await emulator.advance(25 * 3_600_000);
  expect(await call(page, 'confirmSignUp', { username: newUser.username, confirmationCode: code })).toMatchObject({
    name: 'ExpiredCodeException',
    recoverySuggestion: expect.stringContaining('resendSignUpCode'),
  });
});
