// Scenario 6: AppSync in the demo. Each authorization mode, its permissions, and live updates.
import { Demo } from './support/demo.mjs';
import { ALICE, BOB } from './support/emulator.mjs';
import { expect, test } from './support/test.mjs';

const FORBIDDEN = /status of 40[13]/;
const OK = '200, allowed';
const REFUSED = '200, a field failed';
const MODES = ['API key', 'User pool', 'IAM', 'Lambda token'];

/** Chooses an authorization mode or a channel. */
const choose = (page, name) => page.getByRole('radio', { name, exact: true }).check();
const region = (page, name) => page.getByRole('region', { name });
const state = (page, name) => region(page, name).locator('.live').getByRole('status');
const items = (page, name) => region(page, name).getByRole('list', { name: /newest first$/ }).getByRole('listitem');

/** Tries the five requests. The order is that of the page. */
async function may(demo, expected) {
  const names = ['List the notes', 'Create my own note', 'Create a shared note', 'Update the welcome note', 'Delete the welcome note'];
  for (const [index, name] of names.entries()) await demo.tries(name, expected[index]);
}

test('the default mode is the user pool for a user and the API key for a guest', async ({ context, page, demo }) => {
  const chosen = (name) => expect(page.getByRole('radio', { name, exact: true })).toBeChecked();
  await demo.openSignedIn(BOB);
  await demo.show('AppSync');
  await chosen('User pool');
  await page.reload();
  await chosen('User pool');
  await expect(await demo.tries('List the notes', OK)).toContainText(/access token: eyJ\w{5}… \(\d+ characters\)/);
  await demo.show('Users');
  await demo.button('Sign out').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  await demo.show('AppSync');
  await chosen('API key');
  const other = new Demo(await context.newPage());
  await other.openSignedIn(ALICE);
  await chosen('User pool');
});

test('another mode stays chosen when the user signs in or out', async ({ page, demo }) => {
  await demo.open('#appsync');
  await choose(page, 'IAM');
  await demo.show('Users');
  await demo.signIn(BOB);
  await demo.expectSignedIn(BOB);
  await demo.show('AppSync');
  await expect(page.getByRole('radio', { name: 'IAM', exact: true })).toBeChecked();
});

test('an API key can read, and every field that writes is refused', async ({ page, demo }) => {
  await demo.open('#appsync');
  await choose(page, 'API key');
  await may(demo, [OK, REFUSED, REFUSED, REFUSED, REFUSED]);
  await expect(demo.trial('List the notes')).toContainText('"title": "Welcome"');
  await expect(demo.trial('List the notes')).toContainText(/API key: da2-pool… \(\d+ characters\)/);
  const refused = demo.trial('Delete the welcome note');
  await expect(refused).toContainText('Not Authorized to access deleteNote on type Mutation');
  await expect(refused).toContainText('"deleteNote": null');
});

test('a guest’s signature can read but not write', async ({ page, demo }) => {
  await demo.open('#appsync');
  await choose(page, 'IAM');
  await may(demo, [OK, REFUSED, REFUSED, REFUSED, REFUSED]);
  await expect(demo.trial('List the notes')).toContainText(/Signature Version 4 for appsync, with the temporary key ASIA\w{4}…/);
});

test('the Lambda authorizer’s token can write its own notes', async ({ page, demo }) => {
  await demo.open('#appsync');
  await choose(page, 'Lambda token');
  await may(demo, [OK, OK, REFUSED, REFUSED, REFUSED]);
  await expect(demo.trial('Create my own note')).toContainText('"owner": "lambda"');
});

test('without a user, the user pool mode sends nothing', async ({ page, demo, emulator }) => {
  await demo.open('#appsync');
  await choose(page, 'User pool');
  await emulator.forgetRequests();
  await expect(await demo.tries('List the notes', 'Not sent')).toContainText('UserUnAuthenticatedException');
  await demo.button('Subscribe to new notes').click();
  await expect(state(page, 'Live: new notes')).toContainText('UserUnAuthenticatedException');
  await expect(demo.button('Subscribe to new notes')).toBeVisible();
  expect(await emulator.counts()).toEqual({});
});

for (const mode of ['User pool', 'IAM']) {
  test(`bob with ${mode} writes his own notes; shared ones need an editor`, async ({ page, demo }) => {
    await demo.openSignedIn(BOB);
    await demo.show('AppSync');
    await choose(page, mode);
    await may(demo, [OK, OK, REFUSED, REFUSED, REFUSED]);
    await expect(demo.trial('Create my own note')).toContainText(mode === 'IAM' ? /"owner": "eu-west-1:/ : '"owner": "bob"');
    await expect(await demo.tries('List the notes', OK)).toContainText('Buy milk');
  });

  test(`alice with ${mode} is an editor, and deletes the shared note`, async ({ page, demo }) => {
    await demo.openSignedIn(ALICE);
    await demo.show('AppSync');
    await choose(page, mode);
    await may(demo, [OK, OK, OK, OK, OK]);
    await expect(await demo.tries('List the notes', OK)).not.toContainText('Welcome');
    await expect(demo.trial('List the notes')).toContainText('Party at six');
  });
}

test('new notes arrive live, also after a cut connection, until the user stops them', async ({ page, demo, emulator, troubles }) => {
  troubles.expect(/WebSocket/);
  await demo.openSignedIn(BOB);
  await demo.show('AppSync');
  await choose(page, 'User pool');
  await demo.button('Subscribe to new notes').click();
  await expect(state(page, 'Live: new notes')).toHaveText('Live');
  await expect(region(page, 'Live: new notes')).toContainText(/access token: eyJ\w{5}… \(\d+ characters\)/);
  await expect(region(page, 'Live: new notes')).toContainText(/\/graphql\/realtime\s+subscription { onCreateNote/);
  await demo.tries('Create my own note', OK);
  await expect(items(page, 'Live: new notes')).toHaveText([/Buy milk by bob, private$/]);
  await emulator.fault({ operation: '/graphql/realtime', kind: 'dropBefore', times: 2 });
  await emulator.disturbSockets({ cut: true });
  await expect(state(page, 'Live: new notes')).toHaveText('Connection lost. Reconnecting…');
  await expect(state(page, 'Live: new notes')).toHaveText('Live again, after 1 interruption');
  await demo.tries('Create my own note', OK);
  await expect(items(page, 'Live: new notes')).toHaveCount(2);
  await region(page, 'Live: new notes').getByRole('button', { name: 'Stop' }).click();
  await expect(state(page, 'Live: new notes')).toHaveText('Stopped');
  await expect.poll(async () => (await emulator.sockets()).flatMap(({ subscriptions }) => subscriptions)).toEqual([]);
  await demo.tries('Create my own note', OK);
  await expect(items(page, 'Live: new notes')).toHaveCount(2);
});

test('a guest receives an editor’s shared note, but not a private one', async ({ browser, page, demo }) => {
  await demo.open('#appsync');
  await choose(page, 'IAM');
  await demo.button('Subscribe to new notes').click();
  await expect(state(page, 'Live: new notes')).toHaveText('Live');
  const elsewhere = await browser.newContext();
  const editor = new Demo(await elsewhere.newPage());
  await editor.openSignedIn(ALICE);
  await editor.show('AppSync');
  await choose(editor.page, 'User pool');
  await editor.tries('Create my own note', OK);
  await editor.tries('Create a shared note', OK);
  await expect(items(page, 'Live: new notes')).toHaveText([/Party at six by alice, shared$/]);
  await elsewhere.close();
});

test('channels: subscribed and published to in each mode, and refused where publishing is not allowed', async ({ page, demo, troubles }) => {
  troubles.expect(FORBIDDEN);
  await demo.openSignedIn(BOB);
  await demo.show('AppSync');
  await choose(page, 'API key');
  await choose(page, '/notes/room');
  await demo.button('Subscribe to the channel').click();
  await expect(state(page, 'Live: events')).toHaveText('Live');
  await expect(await demo.tries('Publish', '401, refused')).toContainText('Unauthorized');
  const said = [];
  for (const mode of MODES.slice(1)) {
    await choose(page, mode);
    await page.getByLabel('Message').fill(`by ${mode}`);
    await expect(await demo.tries('Publish', OK)).toContainText('"channel":"/notes/room"');
    said.unshift(new RegExp(`by ${mode}$`));
    await expect(items(page, 'Live: events')).toHaveText(said);
  }
  // A channel that nobody listens to: nothing comes.
  await choose(page, '/default/room');
  await choose(page, 'API key');
  await demo.tries('Publish', OK);
  await page.getByLabel('Message').fill('last');
  await choose(page, '/notes/room');
  await choose(page, 'IAM');
  await demo.tries('Publish', OK);
  await expect(items(page, 'Live: events')).toHaveText([/last$/, ...said]);
});

test('a guest’s signature can subscribe to channels but not publish', async ({ page, demo, troubles }) => {
  troubles.expect(FORBIDDEN);
  await demo.open('#appsync');
  await choose(page, 'IAM');
  await demo.button('Subscribe to the channel').click();
  await expect(state(page, 'Live: events')).toHaveText('Live');
  await demo.tries('Publish', '403, refused');
  await choose(page, 'API key');
  await demo.tries('Publish', OK);
  await expect(items(page, 'Live: events')).toHaveText([/Hello$/]);
});

test('signing out ends the user’s subscriptions and removes their messages', async ({ page, demo }) => {
  await demo.openSignedIn(BOB);
  await demo.show('AppSync');
  await choose(page, 'User pool');
  await demo.button('Subscribe to new notes').click();
  await expect(state(page, 'Live: new notes')).toHaveText('Live');
  await demo.tries('Create my own note', OK);
  await expect(items(page, 'Live: new notes')).toHaveCount(1);
  await demo.show('Users');
  await demo.button('Sign out').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  await demo.show('AppSync');
  await expect(demo.button('Subscribe to new notes')).toBeVisible();
  await expect(page.getByText('Buy milk by bob')).toHaveCount(0);
});
