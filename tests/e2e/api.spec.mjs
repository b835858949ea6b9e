// Scenarios 2 and 3: a server of one's own and API Gateway, with the tokens of the user pool.
import { ALICE, BOB } from './support/emulator.mjs';
import { expect, test } from './support/test.mjs';

/** What the browser writes to the console about a refusal. */
const TOLD = [/status of 40[13]/, /blocked by CORS policy/, /ERR_FAILED/];
const HIDDEN = 'The browser hides the response from this page';

test('the server reads the user and the groups from the token, and refuses a changed token', async ({ page, demo, troubles }) => {
  troubles.expect(...TOLD);
  await demo.openSignedIn(ALICE);
  await demo.show('Your server');
  const rights = page.getByRole('table', { name: 'Your permissions' });
  await expect(rights.getByRole('row', { name: 'Groups editors' })).toBeVisible();
  await expect(rights.getByRole('row', { name: /^Preferred role .*poolpass-editors$/ })).toBeVisible();
  const asked = await demo.tries('Send my ID token', '200, allowed');
  await expect(asked).toContainText('/api/http/me');
  await expect(asked).toContainText(/ID token \(bearer\): eyJ\S{5}… \(\d+ characters\)/);
  await expect(asked).toContainText('"cognito:groups": "[editors]"');
  await expect(await demo.tries('Send a token that I changed', '401, refused')).toContainText('invalid signature');
  await expect(await demo.tries('Send no token', '401, refused')).toContainText('WWW-Authenticate: Bearer');
});

test('a user without groups has no group permissions, and a guest has none', async ({ page, demo, emulator }) => {
  await demo.openSignedIn(BOB);
  await demo.show('Your server');
  const rights = page.getByRole('table', { name: 'Your permissions' });
  await expect(rights.getByRole('row', { name: 'Groups none' })).toBeVisible();
  await demo.tries('Send my ID token', '200, allowed');
  await demo.show('Users');
  await demo.signOut();
  await emulator.forgetRequests();
  await demo.show('Your server');
  await expect(page.getByText('Nobody is signed in.')).toBeVisible();
  // What another was answered is gone.
  await expect(page.getByText('200, allowed')).toHaveCount(0);
  await expect(await demo.tries('Send my ID token', 'Not sent')).toContainText('UserUnAuthenticatedException');
  expect(await emulator.counts()).toEqual({});
});

test('API Gateway: tokens from a password sign-in are accepted where no scope is required', async ({ demo, emulator, troubles }) => {
  troubles.expect(...TOLD);
  await demo.openSignedIn(BOB);
  await demo.show('API Gateway');
  await emulator.forgetRequests();
  await expect(await demo.tries('Who am I?', '200, allowed')).toContainText('"cognito:username": "bob"');
  await expect(await demo.tries('Read the shared notes', HIDDEN)).toContainText('access token (bearer)');
  await expect(await demo.tries('Send no token', HIDDEN)).toContainText('without CORS headers');
  await demo.tries('Who am I? (HTTP API)', '200, allowed');
  await expect(await demo.tries('Read the shared notes (HTTP API)', '403, refused')).toContainText('insufficient_scope');
  await demo.tries('Send no token (HTTP API)', '401, refused');
  await demo.tries('Write the shared notes', '403, refused');
  // The statuses that the page could not see; and no refusal was answered by a refresh that could not help.
  const log = (await emulator.requests()).map(({ operation, status }) => [operation, status]);
  expect(log).toEqual([
    ['/api/rest/me', 200],
    ['/api/rest/notes/shared', 401],
    ['/api/rest/me', 401],
    ['/api/http/me', 200],
    ['/api/http/notes/shared', 403],
    ['/api/http/me', 401],
    ['/api/lambda/notes/shared', 403],
  ]);
});

test('API Gateway: tokens from the hosted page have the scope, and an editor can write', async ({ demo, hosted }) => {
  await demo.open();
  await demo.button('Sign in with the hosted page').click();
  await hosted.signIn(ALICE);
  await demo.expectSignedIn(ALICE);
  await demo.show('API Gateway');
  await demo.tries('Read the shared notes', '200, allowed');
  await expect(await demo.tries('Read the shared notes (HTTP API)', '200, allowed')).toContainText('"notes/read"');
  await expect(await demo.tries('Write the shared notes', '200, allowed')).toContainText('"group": "editors"');
});
