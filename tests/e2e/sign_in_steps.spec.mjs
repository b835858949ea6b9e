// Every step of a sign-in, as the demo's test users meet them.
import { ALICE, DAVE, FRANK } from './support/emulator.mjs';
import { Demo } from './support/demo.mjs';
import { tabTo } from './support/keyboard.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED, UNREACHED } from './support/troubles.mjs';

const FACTORS = 'Pool with every factor';
const STRICT = 'Strict pool';
const NEW_PASSWORD = 'Another-Horse9!';

const other = (code) => (code === '000000' ? '000001' : '000000');

test('a temporary password is replaced, and a weak one is refused', async ({ page, demo, emulator, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open();
  await demo.tryAs('dave');
  await expect(demo.heading('Choose a password')).toBeFocused();
  const field = page.getByLabel('New password', { exact: true });
  await field.fill('weak');
  await demo.button('Continue').click();
  await expect(demo.problem).toContainText('InvalidPasswordException');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill(NEW_PASSWORD);
  await expect(page.locator('.code-line code')).toHaveText("await auth.confirmSignIn({ challengeResponse: '…' });");
  await demo.button('Continue').click();
  await demo.expectSignedIn(DAVE);
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1, RespondToAuthChallenge: 3 });
});

test('a wrong code can be tried again, by keyboard alone', async ({ page, demo, emulator, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open();
  await tabTo(page, demo.username);
  await page.keyboard.type('frank');
  await tabTo(page, demo.password);
  await page.keyboard.type(FRANK.password);
  await page.keyboard.press('Enter');
  await expect(demo.heading('Enter the code of your app')).toBeFocused();
  await tabTo(page, demo.code);
  await page.keyboard.type(other(await emulator.totp('frank')));
  await page.keyboard.press('Enter');
  await expect(demo.problem).toBeFocused();
  await expect(demo.problem).toContainText('CodeMismatchException');
  await expect(demo.code).toHaveAttribute('aria-invalid', 'true');
  await tabTo(page, demo.button('Try again'));
  await page.keyboard.press('Enter');
  await expect(demo.code).toBeFocused();
  await page.keyboard.type(await emulator.totp('frank'));
  await page.keyboard.press('Enter');
  await demo.expectSignedIn(FRANK);
});

for (const [username, heading, destination] of [
  ['grace', 'Enter the code of the e-mail', 'g***@e***'],
  ['heidi', 'Enter the code of the SMS', '+*******0001'],
]) {
  test(`${username} is asked for a code that the inbox has`, async ({ page, demo }) => {
    await demo.open();
    await demo.tryAs(username, FACTORS);
    await expect(demo.heading(heading)).toBeVisible();
    await expect(page.getByText(`A code was sent to ${destination}`)).toBeVisible();
    await demo.useCode();
    await demo.expectSignedIn({ username });
    await page.reload();
    await demo.expectSignedIn({ username });
  });
}

test('one of three second factors is chosen', async ({ page, demo }) => {
  await demo.open();
  await demo.tryAs('ivan', FACTORS);
  await expect(demo.heading('Choose a second factor')).toBeVisible();
  await page.getByRole('radio', { name: 'Authenticator app' }).check();
  await expect(page.locator('.code-line code')).toHaveText("await auth.confirmSignIn({ challengeResponse: 'TOTP' });");
  await demo.button('Continue').click();
  await expect(demo.heading('Enter the code of your app')).toBeFocused();
  await demo.button('Look at the app').click();
  await demo.useCode();
  await demo.expectSignedIn({ username: 'ivan' });
});

test('a user without a password chooses a code', async ({ page, demo }) => {
  await demo.open();
  await demo.tryAs('judy', FACTORS);
  await expect(demo.heading('Choose how to sign in')).toBeVisible();
  await expect(page.getByRole('radio')).toHaveCount(2);
  await page.getByRole('radio', { name: 'Code by SMS' }).check();
  await demo.button('Continue').click();
  await expect(demo.heading('Enter the code of the SMS')).toBeVisible();
  await demo.useCode();
  await demo.expectSignedIn({ username: 'judy' });
  await expect(page.getByText('The user’s choice of factor')).toBeVisible();
});

test('a user who chooses the password is asked for it', async ({ page, demo, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open();
  await demo.tryAs('liam', FACTORS);
  await page.getByRole('radio', { name: 'Password, by SRP' }).check();
  await demo.button('Continue').click();
  await expect(demo.heading('Enter your password')).toBeFocused();
  await demo.password.fill('Correct-Horse7!');
  await demo.button('Continue').click();
  await demo.expectSignedIn({ username: 'liam' });
});

test('a reset password leads to the reset and back', async ({ page, demo, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open();
  await demo.tryAs('kim', FACTORS);
  await expect(demo.heading('Reset your password')).toBeVisible();
  await expect(demo.username).toHaveValue('kim');
  await demo.button('Send a new code').click();
  await demo.button('Use this code').click();
  await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
  await demo.button('Set the new password').click();
  await expect(demo.heading('Sign in')).toBeFocused();
  await demo.signIn({ username: 'kim', password: NEW_PASSWORD });
  await demo.expectSignedIn({ username: 'kim' });
});

test('a chain: a password, a name, a code by e-mail, and a device to remember or not', async ({ page, demo, emulator }) => {
  await demo.open();
  await demo.tryAs('mia', STRICT);
  await expect(demo.heading('Choose a password')).toBeVisible();
  await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
  await page.getByLabel('Your name').fill("Mia O'Neill");
  await expect(page.locator('.code-line code')).toHaveText(
    "await auth.confirmSignIn({ challengeResponse: '…', options: { userAttributes: { name: 'Mia O\\'Neill' } } });",
  );
  await demo.button('Continue').click();
  await expect(demo.heading('Enter the code of the e-mail')).toBeFocused();
  await demo.useCode();
  await demo.expectSignedIn({ username: 'mia' });
  await expect(page.getByRole('row', { name: "name Mia O'Neill" })).toBeVisible();
  await demo.button('Not now').click();
  await expect(page.getByRole('region', { name: 'Is this your own device?' })).toBeHidden();
  expect((await emulator.counts()).UpdateDeviceStatus).toBeUndefined();
});

test('an authenticator app is set up by its QR code', async ({ page, demo, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open();
  await demo.tryAs('nina', STRICT);
  await expect(demo.heading('Set up a second factor')).toBeVisible();
  await page.getByRole('radio', { name: 'Authenticator app' }).check();
  await demo.button('Continue').click();
  await expect(demo.heading('Set up an authenticator app')).toBeFocused();
  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  const secret = await page.locator('.secret').textContent();
  const link = page.getByRole('link', { name: 'Open in an app on this device' });
  await expect(link).toHaveAttribute('href', `otpauth://totp/Poolpass%20demo:nina?secret=${secret}&issuer=Poolpass%20demo`);
  await demo.code.fill('12345');
  await demo.button('Continue').click();
  await expect(demo.problem).toBeVisible();
  await demo.button('Look at the app').click();
  await demo.useCode();
  await demo.expectSignedIn({ username: 'nina' });
});

test('codes by e-mail are set up with an address', async ({ page, demo }) => {
  await demo.open();
  await demo.tryAs('nina', STRICT);
  await page.getByRole('radio', { name: 'E-mail' }).check();
  await demo.button('Continue').click();
  await expect(demo.heading('Set up codes by e-mail')).toBeFocused();
  await demo.email.fill('nina@example.com');
  await demo.button('Continue').click();
  await expect(demo.heading('Enter the code of the e-mail')).toBeFocused();
  await demo.useCode();
  await demo.expectSignedIn({ username: 'nina' });
});

test('a remembered device needs no code the next time', async ({ page, demo, emulator }) => {
  await demo.open();
  await demo.tryAs('oscar', STRICT);
  await expect(demo.heading('Enter the code of your app')).toBeVisible();
  await demo.button('Look at the app').click();
  await demo.useCode();
  await demo.expectSignedIn({ username: 'oscar' });
  await demo.button('Remember this device').click();
  await demo.expectNotice('This device is remembered. The next sign-in needs no code.');
  await demo.signOut('Sign out of this app only');
  await emulator.forgetRequests();
  await demo.tryAs('oscar');
  await demo.expectSignedIn({ username: 'oscar' });
  await expect(page.getByRole('region', { name: 'Is this your own device?' })).toBeHidden();
});

test('a custom challenge shows its public parameters', async ({ page, demo }) => {
  await demo.open();
  await demo.username.fill('alice');
  await page.getByText('Flow and code').click();
  await page.getByRole('radio', { name: 'Custom challenge', exact: true }).check();
  await demo.button('Sign in').click();
  await expect(demo.heading('Answer the challenge')).toBeFocused();
  await demo.button('Use this code').click();
  await demo.button('Continue').click();
  await demo.expectSignedIn(ALICE);
  await expect(page.getByText('Custom challenge', { exact: true })).toBeVisible();
});

test('a challenge that nobody knows yet can be answered', async ({ page, demo, emulator }) => {
  const challenge = { ChallengeName: 'RIDDLE', Session: 's'.repeat(40), ChallengeParameters: { USER_ID_FOR_SRP: 'alice', QUESTION: 'Why?' } };
  let answer;
  await page.route(`${emulator.endpoint}/`, async (route) => {
    const operation = route.request().headers()['x-amz-target']?.split('.').pop();
    if (operation === 'InitiateAuth') return route.fulfill({ json: challenge, headers: { 'access-control-allow-origin': '*' } });
    if (operation !== 'RespondToAuthChallenge') return route.continue();
    answer = route.request().postDataJSON();
    return route.fulfill({ json: { ...challenge, ChallengeName: 'SECOND_RIDDLE' }, headers: { 'access-control-allow-origin': '*' } });
  });
  await demo.open();
  await page.getByText('Flow and code').click();
  await page.getByRole('radio', { name: 'Send the password' }).check();
  await demo.signIn(ALICE);
  await expect(demo.heading('Answer RIDDLE')).toBeFocused();
  await expect(demo.fact('QUESTION')).toHaveText('Why?');
  await page.getByRole('textbox', { name: 'ANSWER' }).fill('Because');
  await demo.button('Continue').click();
  await expect(demo.heading('Answer SECOND_RIDDLE')).toBeFocused();
  expect(answer).toMatchObject({ ChallengeName: 'RIDDLE', ChallengeResponses: { ANSWER: 'Because' } });
});

test('a reload in the middle comes back to the step', async ({ page, demo, emulator }) => {
  await demo.open();
  await demo.tryAs('frank');
  await expect(demo.heading('Enter the code of your app')).toBeVisible();
  await page.reload();
  await expect(demo.heading('Enter the code of your app')).toBeVisible();
  expect(await emulator.counts()).toMatchObject({ InitiateAuth: 1 });
  await demo.button('Look at the app').click();
  await demo.useCode();
  await demo.expectSignedIn(FRANK);
});

test('a second tab has a sign-in of its own, and signs the first one in too', async ({ page, context, demo }) => {
  await demo.open();
  await demo.tryAs('frank');
  await expect(demo.heading('Enter the code of your app')).toBeVisible();
  const second = new Demo(await context.newPage());
  await second.open('#challenge');
  await expect(second.heading('Sign in')).toBeVisible();
  await second.signIn(ALICE);
  await second.expectSignedIn(ALICE);
  await demo.toFront();
  await demo.expectSignedIn(ALICE);
});

test('whoever starts again, or goes back, begins anew', async ({ page, demo }) => {
  await demo.open();
  await demo.tryAs('frank');
  await expect(demo.heading('Enter the code of your app')).toBeVisible();
  await demo.button('Start again').click();
  await expect(demo.heading('Sign in')).toBeFocused();
  await expect(demo.username).toHaveValue('frank');
  await demo.signIn(ALICE);
  await demo.expectSignedIn(ALICE);
});

test('a step that is over says to start again, and one that was not reached is kept', async ({ page, demo, emulator, troubles }) => {
  troubles.expect(REFUSED, UNREACHED);
  await demo.open();
  await demo.tryAs('frank');
  await expect(demo.heading('Enter the code of your app')).toBeVisible();
  await emulator.fault({ operation: 'RespondToAuthChallenge', kind: 'dropBefore' });
  await demo.code.fill('123456');
  await demo.button('Continue').click();
  await expect(demo.problem).toContainText('NetworkError');
  await expect(demo.code).toHaveValue('123456');
  await emulator.advance(4 * 60_000);
  await demo.button('Continue').click();
  await expect(demo.problem).toContainText('session_expired');
  await demo.problem.getByRole('button', { name: 'Start again' }).click();
  await expect(demo.heading('Sign in')).toBeFocused();
});

test('a second part of the wasm that cannot be loaded is an error, and the next sign-in tries again', async ({ page, demo, troubles }) => {
  const part = '**/poolpass*_deferred.js*';
  troubles.expect(/_deferred\.js|net::ERR_/);
  await page.route(part, (route) => route.abort('connectionrefused'));
  await demo.open();
  await demo.tryAs('frank');
  await expect(demo.problem).toContainText('A part of poolpass cannot be loaded');
  await page.unroute(part);
  await demo.tryAs('frank');
  await expect(demo.heading('Enter the code of your app')).toBeFocused();
});

test('a password alone needs nothing of the second part', async ({ page, demo }) => {
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await demo.open();
  await demo.tryAs('alice');
  await demo.expectSignedIn(ALICE);
  await demo.signOut('Sign out of this app only');
  expect(asked.filter((url) => url.includes('_deferred.js'))).toEqual([]);
});
