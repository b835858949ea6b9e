// The demo and the hosted pages, with users of the user pool.
import { ALICE, BOB, DAVE, FRANK } from './support/emulator.mjs';
import { Demo } from './support/demo.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const BY_HOSTED_PAGE = 'Sign in with the hosted page';

test('signing in on the hosted page returns verified tokens, the app’s state and its address', async ({ page, demo, hosted, emulator }) => {
  await demo.open('?view=all#/notes/3?x=1&y=ü');
  await expect(page.getByText('Sign in to read note 3.')).toBeVisible();
  const address = page.url();
  await page.getByLabel('App state').fill('Grüße, 你好 👋 "\\ %2F+&');
  await demo.button(BY_HOSTED_PAGE).click();
  await hosted.signIn(ALICE);

  await demo.expectSignedIn(ALICE);
  await expect(demo.notice).toHaveText('You are signed in.');
  await expect(demo.fact('App state')).toHaveText('{"way":"Sign in with the hosted page","words":"Grüße, 你好 👋 \\"\\\\ %2F+&"}');
  await expect(demo.fact('Sign-in method')).toHaveText('Hosted page');
  await expect(demo.fact('Scopes')).toHaveText('openid email profile aws.cognito.signin.user.admin notes/read');
  await expect(page.getByRole('region', { name: 'The page you requested' })).toContainText('note 3');
  await expect(page).toHaveURL(address);
  expect(await emulator.counts()).toMatchObject({ '/oauth2/authorize': 1, '/oauth2/token': 1 });

  await demo.button('Call userInfo').click();
  await expect(page.getByRole('table', { name: 'User claims' }).getByRole('row', { name: 'email alice@example.com' })).toBeVisible();
  await demo.button('Call GetUser').click();
  await expect(page.getByRole('region', { name: 'GetUser response' })).toContainText('alice@example.com');
  await demo.button('Refresh now').click();
  await expect(demo.notice).toHaveText('Your tokens were refreshed.');
  // The refreshed tokens are of the same kind.
  await demo.button('Call userInfo').click();
  await expect(demo.notice).toHaveText('userInfo responded.');
  await page.reload();
  await demo.expectSignedIn(ALICE);
  await expect(page).toHaveURL(address);
});

test('the hosted page reports a wrong password, and a second attempt signs in', async ({ demo, hosted, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open();
  await demo.button(BY_HOSTED_PAGE).click();
  await hosted.signIn({ ...ALICE, password: 'Wrong-Horse7!' });
  await expect(hosted.problem).toHaveText('Incorrect username or password.');
  await expect(hosted.username).toHaveValue('alice');
  await hosted.signIn(ALICE);
  await demo.expectSignedIn(ALICE);
});

test('a sign-up on the hosted page signs in to the demo', async ({ demo, hosted, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const user = Demo.newUser();
  await demo.open();
  await demo.button('Sign up on the hosted page').click();
  await hosted.signUp({ ...user, password: 'weak' });
  await expect(hosted.problem).toContainText('Password did not conform with policy');
  await hosted.signUp(user);
  await hosted.expectPage('Confirm your account');
  await hosted.button('Send another code').click();
  await expect.poll(() => emulator.codes(user.username)).toHaveLength(2);
  const [code] = await emulator.codes(user.username);
  await hosted.code.fill(code);
  await hosted.button('Confirm').click();
  await demo.expectSignedIn(user);
});

test('a forgotten password is reset on the hosted page, which signs in to the demo', async ({ demo, hosted, emulator }) => {
  const password = 'An0ther-horse!';
  await demo.open();
  await demo.button('Forgot your password?').click();
  await hosted.expectPage('Forgot your password?');
  await hosted.username.fill(BOB.username);
  await hosted.button('Send the code').click();
  await hosted.expectPage('Set a new password');
  const [code] = await emulator.codes(BOB.username);
  await hosted.code.fill(code);
  await hosted.choosePassword(password);
  await demo.expectSignedIn(BOB);
  await demo.signOutThere();
  await demo.signIn({ ...BOB, password });
  await demo.expectSignedIn(BOB);
});

test('a temporary password is replaced on the hosted page', async ({ demo, hosted }) => {
  await demo.open();
  await demo.button(BY_HOSTED_PAGE).click();
  await hosted.signIn(DAVE);
  await hosted.expectPage('Change your password');
  await hosted.choosePassword('N0t-temporary!');
  await demo.expectSignedIn(DAVE);
});

test('the hosted page asks for the code of an authenticator app', async ({ demo, hosted, emulator, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open();
  await demo.button(BY_HOSTED_PAGE).click();
  await hosted.signIn(FRANK);
  await hosted.expectPage('Enter your code');
  const code = await emulator.totp('frank');
  await hosted.code.fill(code === '000000' ? '000001' : '000000');
  await hosted.button('Continue').click();
  await expect(hosted.problem).toBeVisible();
  await hosted.code.fill(await emulator.totp('frank'));
  await hosted.button('Continue').click();
  await demo.expectSignedIn(FRANK);
});

test('signing out also ends the hosted session: the next sign-in asks for the password', async ({ page, demo, hosted, emulator }) => {
  await demo.open();
  await demo.button(BY_HOSTED_PAGE).click();
  await hosted.signIn(ALICE);
  await demo.expectSignedIn(ALICE);
  await demo.signOutThere();
  expect(await emulator.counts()).toMatchObject({ '/logout': 1, RevokeToken: 1 });
  await expect(page).toHaveURL(/#sign-in$/);
  await demo.button(BY_HOSTED_PAGE).click();
  await hosted.signIn(BOB);
  await demo.expectSignedIn(BOB);
});

test('signing out of this app only keeps the hosted session: the next sign-in asks nothing', async ({ demo, hosted, emulator }) => {
  await demo.open();
  await demo.button(BY_HOSTED_PAGE).click();
  await hosted.signIn(ALICE);
  await demo.expectSignedIn(ALICE);
  await demo.button('Sign out of this app only').click();
  await expect(demo.notice).toHaveText('You are signed out.');
  await emulator.forgetRequests();
  await demo.button(BY_HOSTED_PAGE).click();
  await demo.expectSignedIn(ALICE);
  expect(await emulator.counts()).not.toHaveProperty('/login');
  expect(await emulator.counts()).not.toHaveProperty('/logout');
});

test('switching the user is one step', async ({ demo, hosted, emulator }) => {
  await demo.open();
  await demo.button(BY_HOSTED_PAGE).click();
  await hosted.signIn(ALICE);
  await demo.expectSignedIn(ALICE);
  await demo.button('Switch user').click();
  await hosted.signIn(BOB);
  await demo.expectSignedIn(BOB);
  await expect(demo.fact('Return to')).toHaveText('/');
  await expect(demo.fact('App state')).toHaveText('none');
  expect(await emulator.counts()).toMatchObject({ '/logout': 1, '/oauth2/token': 2, RevokeToken: 1 });
});
