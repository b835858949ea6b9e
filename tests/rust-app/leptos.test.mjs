// The Leptos example in Chromium, against poolpass-local. POOLPASS_RUST_APP is the folder that wasm-bindgen has filled.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { beforeEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createAppClient } from '../interop/administrator.mjs';
import { filesOf, serveApp } from '../interop/app_server.mjs';
import { freshCode } from '../interop/authenticator.mjs';
import { openPage, signInAtHostedUi } from '../interop/browser.mjs';
import { alice, bob, countingRequests, dave, endpoint, lastCode, reset, userPoolId } from '../interop/emulator.mjs';
import { makePool, makeUser, setMfa } from '../interop/pools.mjs';

const folder = pathToFileURL(`${process.env.POOLPASS_RUST_APP}/`);
const html = await readFile(new URL('../../examples/leptos/index.html', import.meta.url), 'utf8');
const scripts = `<script src="/settings.js"></script>
<script type="module">import start from '/app/poolpass-leptos.js'; start();</script>`;
const files = await filesOf(folder, '/app/');
const page = html.replace('http://localhost:9400', endpoint).replace('</head>', `${scripts}</head>`);
assert.ok(page.includes(endpoint) && page.includes(scripts));
const HOME = `${await serveApp({ page, files })}/`;

beforeEach(reset);

/** Opens the app in a new browser profile, with an app client of its own. */
async function openApp(t) {
  const clientId = await createAppClient([HOME], { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] });
  return openWith(t, { poolId: userPoolId, clientId });
}

/** Opens the app of a user pool in a new browser profile. */
async function openWith(t, { poolId, clientId }) {
  const set = (name, content) => `document.querySelector('meta[name=${name}]').content = '${content}';`;
  files['/settings.js'] = set('user-pool-id', poolId) + set('client-id', clientId);
  return open(await openPage(t));
}

async function open(page, address = HOME) {
  await page.goto(address);
  await page.getByRole('heading', { name: 'Poolpass in Leptos' }).waitFor();
  return page;
}

const click = (page, name) => page.getByRole('button', { name, exact: true }).click();
const isSignedIn = (page, { username }) => page.getByText(`Signed in as ${username}`).waitFor();
const isSignedOut = (page) => page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
const says = (page, text) => page.getByRole('status').filter({ hasText: text }).waitFor();

async function signIn(page, { username, password }) {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await click(page, 'Sign in');
}

test('a password signs in, a wrong one is refused, and a reload restores the session without a request', async (t) => {
  const page = await openApp(t);
  await signIn(page, { ...alice, password: 'Wrong-Horse7!' });
  await says(page, 'Incorrect username or password.');
  await signIn(page, alice);
  await isSignedIn(page, alice);
  const counts = await countingRequests(async () => isSignedIn(await open(page), alice));
  assert.deepEqual(counts, {});
});

test('a sign-in and a sign-out in one tab reach the other', async (t) => {
  const one = await openApp(t);
  const two = await open(await one.context().newPage());
  await isSignedOut(two);
  await signIn(one, alice);
  await isSignedIn(one, alice);
  await isSignedIn(two, alice);
  await click(two, 'Sign out');
  await isSignedOut(two);
  await isSignedOut(one);
  assert.equal(await one.getByLabel('User name').inputValue(), alice.username, 'gloo-storage has kept the name');
});

test('clearing the site’s data ends the session in all tabs', async (t) => {
  const one = await openApp(t);
  await signIn(one, alice);
  await isSignedIn(one, alice);
  const two = await open(await one.context().newPage());
  await isSignedIn(two, alice);
  await two.evaluate(() => localStorage.clear());
  await isSignedOut(one);
  await isSignedOut(two);
});

test('the hosted UI signs in and returns to the same page, and a sign-out ends its session too', async (t) => {
  const page = await open(await openApp(t), `${HOME}notes/7?view=all#top`);
  await click(page, 'Use the hosted UI');
  await page.waitForURL((url) => url.origin === endpoint);
  await signInAtHostedUi(page, bob);
  await isSignedIn(page, bob);
  await says(page, 'You signed in at the hosted UI.');
  assert.equal(page.url(), `${HOME}notes/7?view=all#top`, 'the page where the sign-in began');
  await click(page, 'Sign out');
  await page.waitForURL(HOME);
  await isSignedOut(page);
  await click(page, 'Use the hosted UI');
  await page.waitForURL((url) => url.origin === endpoint);
  await page.locator('[name=password]').waitFor();
});

test('an error of the hosted UI is shown, and the URL is clean', async (t) => {
  const page = await openApp(t);
  await click(page, 'Use the hosted UI');
  await page.waitForURL((url) => url.origin === endpoint);
  const state = new URL(page.url()).searchParams.get('state');
  await page.goto(`${HOME}?error=access_denied&error_description=No&state=${state}`);
  await says(page, 'No');
  assert.equal(page.url(), HOME);
});

test('returning by the back button reports a cancelled sign-in', async (t) => {
  const page = await openApp(t);
  await page.route(`${endpoint}/oauth2/authorize?*`, (route) => route.fulfill({ status: 204 })); // the page stays
  const left = page.waitForRequest((request) => request.url().startsWith(`${endpoint}/oauth2/authorize?`));
  await click(page, 'Use the hosted UI');
  await left;
  // What a browser sends when it shows the page from its back/forward cache, which headless Chromium lacks.
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await says(page, 'The user came back without signing in.');
});

test('a popup signs in and closes, and the page stays', async (t) => {
  const page = await open(await openApp(t), `${HOME}notes/7`);
  const opened = page.waitForEvent('popup');
  await click(page, 'Use a popup');
  const popup = await opened;
  const closed = popup.waitForEvent('close');
  await popup.waitForURL((url) => url.origin === endpoint);
  await signInAtHostedUi(popup, bob);
  await closed;
  await isSignedIn(page, bob);
  await says(page, 'You signed in in the popup.');
  assert.equal(page.url(), `${HOME}notes/7`);
});

test('fetch sends the ID token to the API', async (t) => {
  const page = await openApp(t);
  await signIn(page, alice);
  await isSignedIn(page, alice);
  await click(page, 'Ask the API who I am');
  await says(page, '200: ');
  await says(page, alice.email);
});

const ann = { username: 'ann', password: 'Correct-Horse7!', email: 'ann@example.com', email_verified: 'true' };

/** A user pool with second factors, in which ann is a user. */
async function poolWith(mfa, factors, settings = {}) {
  const made = await makePool(settings, { mfa, factors });
  await makeUser(made, ann);
  return made;
}

async function enter(page, label, text) {
  await page.getByLabel(label).fill(text);
  await click(page, 'Continue');
}

test('a code by e-mail is asked for: a wrong one can be tried again, and a reload keeps the step', async (t) => {
  const made = await poolWith('OPTIONAL', ['EMAIL_OTP']);
  await setMfa(made, ann.username, { EmailMfaSettings: { Enabled: true, PreferredMfa: true } });
  const page = await openWith(t, made);
  await signIn(page, ann);
  await page.getByText('Enter the code that we sent to a***@e***.').waitFor();
  const code = await lastCode(ann.email);
  await enter(page, 'Code', code === '000000' ? '000001' : '000000');
  await says(page, 'code');
  await open(page);
  await page.getByText('Enter the code that we sent to a***@e***.').waitFor();
  const counts = await countingRequests(async () => {
    await enter(page, 'Code', ` ${code} `);
    await isSignedIn(page, ann);
  });
  assert.deepEqual(counts, { RespondToAuthChallenge: 1 });
  await click(page, 'Sign out');
  await isSignedOut(page);
});

test('an authenticator app is set up where one is required, and its code is asked for from then on', async (t) => {
  const page = await openWith(t, await poolWith('ON', ['SOFTWARE_TOKEN_MFA']));
  await signIn(page, ann);
  const secret = await page.locator('code').innerText();
  const uri = `otpauth://totp/Poolpass%20in%20Leptos:ann?secret=${secret}&issuer=Poolpass%20in%20Leptos`;
  assert.equal(await page.getByRole('link', { name: 'Add this app' }).getAttribute('href'), uri);
  const used = [];
  await enter(page, 'Code', await freshCode(secret, used));
  await isSignedIn(page, ann);
  await click(page, 'Sign out');
  await isSignedOut(page);
  await signIn(page, ann);
  await page.getByText('Enter the code of your authenticator app.').waitFor();
  await enter(page, 'Code', await freshCode(secret, used));
  await isSignedIn(page, ann);
});

test('a user with several second factors chooses one', async (t) => {
  const made = await poolWith('OPTIONAL', ['EMAIL_OTP', 'SMS_MFA']);
  await makeUser(made, { ...ann, username: 'amy', phone_number: '+15551234567', phone_number_verified: 'true' });
  await setMfa(made, 'amy', { EmailMfaSettings: { Enabled: true }, SMSMfaSettings: { Enabled: true } });
  const page = await openWith(t, made);
  await signIn(page, { ...ann, username: 'amy' });
  await click(page, 'Send a code by text message');
  await page.getByText('Enter the code that we sent to +*******4567.').waitFor();
  await enter(page, 'Code', await lastCode('+15551234567'));
  await isSignedIn(page, { username: 'amy' });
});

test('a temporary password is replaced: one that the policy refuses can be tried again', async (t) => {
  const page = await openApp(t);
  await signIn(page, dave);
  await enter(page, 'New password', 'short');
  await says(page, 'policy');
  await enter(page, 'New password', 'Permanent-Horse1!');
  await isSignedIn(page, dave);
});
