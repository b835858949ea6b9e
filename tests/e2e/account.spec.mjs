// The tab “Account & security”, and the user in the header.
import { ALICE, BOB } from './support/emulator.mjs';
import { Demo } from './support/demo.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const FACTORS = 'Pool with every factor';
const STRICT = 'Strict pool';

/** Opens the account of a test user. */
async function openAccount(demo, username, pool) {
  await demo.open();
  await demo.tryAs(username, pool);
  await demo.expectSignedIn({ username });
  await demo.show('Account & security');
}

const part = (page, name) => page.getByRole('region', { name, exact: true });

test('attributes are shown, changed, verified by a code and deleted', async ({ page, context, demo, emulator, troubles }) => {
  troubles.expect(REFUSED);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openAccount(demo, 'alice');
  const profile = part(page, 'Profile');
  await expect(profile.getByRole('listitem').filter({ hasText: 'alice@example.com' })).toContainText('verified');

  await profile.getByLabel('New value').fill("Al's");
  const line = "await auth.updateUserAttribute({ userAttribute: { attributeKey: 'nickname', value: 'Al\\'s' } });";
  await expect(profile.getByRole('group', { name: 'Code of Change the attribute' })).toHaveText(line);
  await profile.getByRole('button', { name: 'Copy the code of Change the attribute' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(line);
  await profile.getByRole('button', { name: 'Change the attribute', exact: true }).click();
  await demo.expectNotice('nickname is changed.');
  await expect(profile.getByRole('listitem').filter({ hasText: "Al's" })).toBeVisible();

  await profile.getByRole('button', { name: 'Change email', exact: true }).click();
  await expect(profile.getByLabel('New value')).toBeFocused();
  await profile.getByLabel('New value').fill('new@example.com');
  await profile.getByRole('button', { name: 'Change the attribute', exact: true }).click();
  await demo.expectNotice('A code was sent to n***@e***. The new value is not verified yet.');
  await expect(profile.getByRole('button', { name: 'Use this code' })).toBeVisible();
  const [code] = await emulator.codes('alice');
  await profile.getByLabel('Code', { exact: true }).fill(code === '000000' ? '000001' : '000000');
  await profile.getByRole('button', { name: 'Verify the address', exact: true }).click();
  await expect(demo.problem).toContainText('CodeMismatchException');
  await profile.getByRole('button', { name: 'Use this code' }).click();
  await profile.getByRole('button', { name: 'Verify the address', exact: true }).click();
  await demo.expectNotice('E-mail address verified.');

  await profile.getByRole('button', { name: 'Delete nickname', exact: true }).click();
  await profile.getByRole('button', { name: 'Delete the attribute', exact: true }).click();
  await demo.expectNotice('nickname is deleted.');
  await expect(profile.getByText("Al's")).toHaveCount(0);
});

test('the password is changed, and reset by a code', async ({ page, demo, troubles }) => {
  troubles.expect(REFUSED);
  await openAccount(demo, 'bob');
  const password = part(page, 'Password');
  await password.getByLabel('Current password').fill('wrong');
  await password.getByLabel('New password', { exact: true }).fill('Another-Horse9!');
  await password.getByRole('button', { name: 'Change the password', exact: true }).click();
  await expect(demo.problem).toContainText('NotAuthorizedException');
  await password.getByLabel('Current password').fill(BOB.password);
  await password.getByRole('button', { name: 'Change the password', exact: true }).click();
  await demo.expectNotice('The password is changed.');
  await expect(password.getByLabel('Current password')).toHaveValue('');

  await password.getByRole('button', { name: 'Request a code', exact: true }).click();
  await password.getByRole('button', { name: 'Use this code' }).click();
  await password.getByLabel('New password after the reset').fill('Third-Horse10!');
  await password.getByRole('button', { name: 'Set the new password', exact: true }).click();
  await demo.expectNotice('The password is reset.');
  await demo.show('Users');
  await demo.button('Sign out of this app only').click();
  await demo.signIn({ ...BOB, password: 'Third-Horse10!' });
  await demo.expectSignedIn(BOB);
});

test('an authenticator app is set up, asked for, and switched off', async ({ page, demo }) => {
  await openAccount(demo, 'alice');
  const factors = part(page, 'Second factors (MFA)');
  await expect(factors).toContainText('No second factor is on.');
  const app = part(page, 'Authenticator app');
  await app.getByRole('button', { name: 'Set up an authenticator app', exact: true }).click();
  await expect(app.getByRole('img', { name: /QR code/ })).toBeVisible();
  await app.getByRole('button', { name: 'Look at the app' }).click();
  await app.getByRole('button', { name: 'Use this code' }).click();
  await app.getByRole('button', { name: 'Verify the app', exact: true }).click();
  await expect(demo.notice).toContainText('The app is set up.');
  await factors.getByLabel('Authenticator app').selectOption('PREFERRED');
  await expect(factors.getByRole('group', { name: 'Code of Save the second factors' })).toHaveText("await auth.updateMFAPreference({ totp: 'PREFERRED' });");
  await factors.getByRole('button', { name: 'Save the second factors', exact: true }).click();
  await expect(factors).toContainText('On: Authenticator app (asked for first).');

  await demo.button('Switch to guest').click();
  await demo.show('Users');
  await demo.signIn(ALICE);
  await expect(demo.heading('Enter the code of your app')).toBeVisible();
});

test('a passkey is registered, signs in, and is deleted', async ({ page, context, demo }) => {
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
  await demo.open();
  await demo.tryAs('liam', FACTORS);
  await page.getByRole('radio', { name: 'Password, by SRP' }).check();
  await demo.button('Continue').click();
  await demo.password.fill('Correct-Horse7!');
  await demo.button('Continue').click();
  await demo.expectSignedIn({ username: 'liam' });
  await demo.show('Account & security');
  const passkeys = part(page, 'Passkeys');
  await expect(passkeys).toContainText('You have no passkeys here.');
  await passkeys.getByRole('button', { name: 'Register a passkey', exact: true }).click();
  await expect(passkeys.getByRole('listitem')).toHaveCount(1);

  await demo.show('Users');
  await demo.button('Sign out of this app only').click();
  await demo.username.fill('liam');
  await demo.button('Sign in with a passkey').click();
  await demo.expectSignedIn({ username: 'liam' });

  await demo.show('Account & security');
  await passkeys.getByRole('button', { name: /^Delete/ }).click();
  await demo.expectNotice('The passkey is deleted.');
  await expect(passkeys.getByRole('group', { name: 'Code of Delete' })).toContainText('auth.deleteWebAuthnCredential({ credentialId:');
  await expect(passkeys).toContainText('You have no passkeys here.');
});

test('a device is remembered, listed and forgotten', async ({ page, demo }) => {
  await demo.open();
  await demo.tryAs('oscar', STRICT);
  await demo.button('Look at the app').click();
  await demo.useCode();
  await demo.expectSignedIn({ username: 'oscar' });
  await demo.show('Account & security');
  const devices = part(page, 'Devices');
  await devices.getByRole('button', { name: 'Remember this device', exact: true }).click();
  await expect(devices.getByRole('listitem')).toHaveCount(1);
  await devices.getByRole('button', { name: /^Forget(?! this)/ }).click();
  await demo.expectNotice('The device is forgotten.');
  await expect(devices).toContainText('No device is known.');
});

test('the sessions on all devices are listed, and another one is ended', async ({ page, browser, demo }) => {
  const elsewhere = await browser.newContext();
  const other = new Demo(await elsewhere.newPage());
  for (const each of [other, demo]) {
    await each.open();
    await each.tryAs('grace', FACTORS);
    await each.useCode();
    await each.expectSignedIn({ username: 'grace' });
  }
  await demo.show('Account & security');
  const sessions = part(page, 'Sessions');
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  await expect(sessions.getByText('App, this one')).toHaveCount(1);
  await sessions.getByRole('button', { name: 'End App', exact: true }).click();
  await demo.expectNotice('The session is ended.');
  await expect(sessions.getByRole('listitem')).toHaveCount(1);
  await other.button('Refresh now').click();
  await expect(other.heading('Sign in')).toBeVisible();
  await elsewhere.close();
});

test('what a pool does not have is in another one, one press away', async ({ page, demo }) => {
  await openAccount(demo, 'alice');
  const passkeys = part(page, 'Passkeys');
  await expect(passkeys).toContainText('This user pool has no passkeys.');
  await passkeys.getByRole('button', { name: 'Use the pool with every factor' }).click();
  await expect(page.getByText('Nobody is signed in, so there is no account to show.')).toBeVisible();
  await demo.button('Go to the sign-in').click();
  await expect(page.getByRole('button', { name: /^grace/ })).toBeVisible();
  await demo.button('Switch to alice').click();
  await demo.expectSignedIn(ALICE);
});

test('a user is deleted only after the name was typed', async ({ page, demo, troubles, emulator }) => {
  troubles.expect(REFUSED);
  await openAccount(demo, 'bob');
  const deletion = part(page, 'Delete the user');
  await deletion.getByRole('button', { name: 'Delete this user', exact: true }).click();
  await demo.expectNotice('That is not your user name, so nothing was deleted.');
  expect((await emulator.counts()).DeleteUser).toBeUndefined();
  await deletion.getByLabel('Type your user name to confirm').fill('bob');
  await deletion.getByRole('button', { name: 'Delete this user', exact: true }).click();
  await expect(page.getByText('Nobody is signed in, so there is no account to show.')).toBeVisible();
  await demo.show('Users');
  await demo.signIn(BOB);
  await expect(demo.problem).toContainText('NotAuthorizedException');
});

test('the user in the header changes on every tab, and in every tab of the browser', async ({ page, context, demo }) => {
  const pressed = () => page.getByRole('group', { name: 'Signed-in user' }).getByRole('button', { pressed: true });
  await demo.open();
  await expect(pressed()).toHaveText('Switch to guest');
  await demo.button('Switch to alice').click();
  await expect(pressed()).toHaveText('Switch to alice');
  await demo.expectSignedIn(ALICE);
  for (const tab of ['Account & security', 'Your server', 'AppSync']) {
    await demo.show(tab);
    await expect(pressed()).toHaveText('Switch to alice');
    await demo.button('Switch to bob').click();
    await expect(pressed()).toHaveText('Switch to bob');
    await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true');
    await demo.button('Switch to alice').click();
    await expect(pressed()).toHaveText('Switch to alice');
  }
  const second = new Demo(await context.newPage());
  await second.open();
  await second.expectSignedIn(ALICE);
  await second.button('Switch to guest').click();
  await expect(second.heading('Sign in')).toBeVisible();
  await demo.toFront();
  await expect(pressed()).toHaveText('Switch to guest');
});
