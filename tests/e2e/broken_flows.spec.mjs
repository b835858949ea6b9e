// Flows that somebody has tampered with, and servers that fail: each settles with a typed error, and no token read waits for it.
import { ALICE } from './support/emulator.mjs';
import {
  APP_PAGE, arrival, arrivalBesideReads, callback, expectNothingLeft, leave, msAfterReply, onReturn, openApp, openTab, ready,
} from './support/app.mjs';
import { HostedPages } from './support/hosted.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED, UNREACHED } from './support/troubles.mjs';

const KEPT = { customState: { kept: ['ü', 1] }, returnTo: `/${APP_PAGE}?x=1#deep` };
const AGAIN = 'Start the sign-in again.';

async function signInThere(page) {
  const back = callback(page);
  await new HostedPages(page).signIn(ALICE);
  return back;
}

async function openAndLeave(context) {
  const page = await openApp(context, { query: '?x=1#deep' });
  await leave(page, { customState: KEPT.customState });
  return page;
}

/** The end of a flow: its error, which came while others read tokens without waiting, nobody signed in, nothing left over. */
async function expectFailure(page, error) {
  const { hasTokens, user, answer } = await arrivalBesideReads(page);
  expect(answer).toMatchObject({ failed: true, isError: true, recoverySuggestion: expect.any(String), ...error });
  expect({ hasTokens, user }).toMatchObject({ hasTokens: false, user: { name: 'UserUnAuthenticatedException' } });
  expect(new URL(page.url()).searchParams.has('state')).toBe(false);
  const told = await page.evaluate(() => heard.filter(({ event }) => event === 'signInWithRedirect_failure').map(({ data }) => data));
  expect(told).toMatchObject([{ code: error.code }]);
  await expectNothingLeft(page);
}

/** What the record says when it is taken up again, changed in both storages. */
function changeRecords(changes) {
  for (const storage of [sessionStorage, localStorage]) {
    for (const [key, text] of Object.entries({ ...storage })) {
      if (key.includes('.flow.')) storage.setItem(key, JSON.stringify({ ...JSON.parse(text), ...changes }));
    }
  }
}

const THERE = [
  ['the user refuses', { parameters: { error: 'access_denied', error_description: 'User cancelled it' }, remove: ['code'] },
    { code: 'oauth', reason: 'access_denied', message: expect.stringContaining('User cancelled it'), recoverySuggestion: AGAIN }],
  ['a provider’s trouble in its own words', { parameters: { error: 'invalid_request', error_description: 'Google Error - 500 <b>x</b> ü' }, remove: ['code'] },
    { code: 'oauth', reason: 'invalid_request', message: expect.stringContaining('Google Error - 500 <b>x</b> ü') }],
  ['an error that no specification knows', { parameters: { error: 'out_of_coffee' }, remove: ['code'] }, { code: 'oauth' }],
  ['an error beside a code: the code is not used', { parameters: { error: 'server_error' } }, { code: 'oauth', reason: 'server_error', retryable: true }],
  ['neither code nor error', { remove: ['code'] }, { code: 'redirect_flow', reason: 'flow_no_code' }],
  ['another server’s answer (RFC 9207)', { parameters: { iss: 'https://evil.example' } }, { code: 'token_invalid', reason: 'wrong_issuer' }],
];

for (const [name, forge, error] of THERE) {
  test(`the hosted page answers: ${name}`, async ({ context, emulator }) => {
    const page = await openAndLeave(context);
    await emulator.fault({ operation: '/oauth2/authorize', kind: 'forge', ...forge });
    await signInThere(page);
    await expectFailure(page, { ...error, ...KEPT });
    expect(await emulator.counts()).not.toHaveProperty('/oauth2/token');
  });
}

const TOKEN_ENDPOINT = [
  ['refuses the code', { kind: 'error', status: 400, type: 'invalid_grant', message: 'Code is spent' }, { code: 'oauth', reason: 'invalid_grant', status: 400 }],
  ['does not know the client', { kind: 'error', status: 400, type: 'invalid_client' }, { code: 'oauth', reason: 'invalid_client', recoverySuggestion: expect.stringContaining('userPoolClientId') }],
  ['is broken', { kind: 'error', status: 500, type: 'server_error' }, { code: 'oauth', reason: 'server_error', status: 500, retryable: true }],
  ['answers something else', { kind: 'garbage' }, { code: 'invalid_response' }],
  ['cuts the connection before', { kind: 'dropBefore' }, { code: 'network', name: 'NetworkError' }],
  ['cuts the connection after', { kind: 'dropAfter' }, { code: 'network', name: 'NetworkError' }],
  ['cuts its answer short', { kind: 'truncate' }, { code: 'network', name: 'NetworkError' }],
];

for (const [name, fault, error] of TOKEN_ENDPOINT) {
  test(`the token endpoint ${name}`, async ({ context, emulator, troubles }) => {
    troubles.expect(REFUSED, UNREACHED, /status of 500/);
    const page = await openAndLeave(context);
    await emulator.fault({ operation: '/oauth2/token', ...fault });
    await signInThere(page);
    await expectFailure(page, { ...error, ...KEPT });
    // A code is good for one try: it is not sent a second time.
    expect((await emulator.counts())['/oauth2/token']).toBe(1);
  });
}

test('reads answer while the token endpoint takes its time, and its answer is taken at once', async ({ context, emulator }) => {
  const page = await openAndLeave(context);
  await emulator.fault({ operation: '/oauth2/token', kind: 'late', delayMs: 2_000 });
  await signInThere(page);
  await ready(page);
  const after = msAfterReply(page);
  const { hasTokens, user, answer, order } = await arrivalBesideReads(page);
  expect(order).toEqual(['tokens', 'user', 'answer']);
  expect({ hasTokens, user }).toMatchObject({ hasTokens: false, user: { name: 'UserUnAuthenticatedException' } });
  expect(answer).toMatchObject({ user: { username: 'alice' }, ...KEPT });
  expect(await after).toBeLessThan(1_000);
});

test('a throttled token endpoint is asked again', async ({ context, emulator, troubles }) => {
  troubles.expect(/status of 429/);
  const page = await openAndLeave(context);
  await emulator.fault({ operation: '/oauth2/token', kind: 'error', status: 429, type: 'temporarily_unavailable' });
  await signInThere(page);
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' }, ...KEPT });
  expect((await emulator.counts())['/oauth2/token']).toBe(2);
});

const RECORDS = [
  ['another verifier', { verifier: 'A'.repeat(43) }, { code: 'oauth', reason: 'invalid_grant' }],
  ['another redirect URI', { redirectUri: 'http://localhost:3000/' }, { code: 'oauth', reason: 'unauthorized_client' }],
  ['another nonce', { nonce: 'another' }, { code: 'token_invalid', reason: 'wrong_nonce' }],
  ['more than ten minutes ago', { createdAt: 1_700_000_000_000 }, { code: 'redirect_flow', reason: 'flow_expired' }],
];

for (const [name, changes, error] of RECORDS) {
  test(`the flow’s record says ${name}`, async ({ context, troubles }) => {
    troubles.expect(REFUSED);
    const page = await openAndLeave(context);
    await onReturn(page, changeRecords, changes);
    await signInThere(page);
    await expectFailure(page, { ...error, ...KEPT });
  });
}

test('a flow that took more than ten minutes by this device’s clock', async ({ context, emulator }) => {
  const page = await openAndLeave(context);
  await onReturn(page, () => {
    const now = Date.now;
    Date.now = () => now() + 600_001;
  });
  await signInThere(page);
  await expectFailure(page, { code: 'redirect_flow', reason: 'flow_expired', recoverySuggestion: AGAIN, ...KEPT });
  expect(await emulator.counts()).not.toHaveProperty('/oauth2/token');
});

test('a record that cannot be read, or that is lost, is an unknown flow', async ({ context }) => {
  for (const work of [() => [sessionStorage, localStorage].forEach((storage) => storage.clear()), changeRecords]) {
    const page = await openTabAndLeave(context);
    await onReturn(page, work, { verifier: 7 });
    await signInThere(page);
    expect(await arrival(page)).toMatchObject({ failed: true, code: 'redirect_flow', reason: 'flow_unknown', recoverySuggestion: AGAIN });
  }
  async function openTabAndLeave() {
    const page = await openApp(context);
    await leave(page, { options: { prompt: 'login' } });
    return page;
  }
});

test('a state that nobody here began is refused; one that is not ours is left alone', async ({ context, emulator }) => {
  const page = await openAndLeave(context);
  const state = new URL(page.url()).searchParams.get('state');
  await emulator.fault({ operation: '/oauth2/authorize', kind: 'forge', parameters: { state: state.slice(0, -1) + (state.endsWith('A') ? 'B' : 'A') } });
  await signInThere(page);
  expect(await arrival(page)).toMatchObject({ failed: true, code: 'redirect_flow', reason: 'flow_unknown' });
  expect(new URL(page.url()).search).toBe('');
  await page.goto(`${APP_PAGE}?code=theirs&state=somebody-else`);
  expect(await arrival(page)).toBeNull();
  expect(new URL(page.url()).search).toBe('?code=theirs&state=somebody-else');
  expect(await emulator.counts()).not.toHaveProperty('/oauth2/token');
});

test('a callback address that is called again is told as used, in every tab, and spends nothing', async ({ context, emulator }) => {
  const page = await openAndLeave(context);
  const address = await signInThere(page);
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' } });
  await page.goto(address);
  expect(await arrival(page)).toMatchObject({ failed: true, code: 'redirect_flow', reason: 'flow_used' });
  expect(new URL(page.url()).search).toBe('');
  const other = await openTab(context, address.slice(address.indexOf('?')));
  expect(await arrival(other)).toMatchObject({ failed: true, code: 'redirect_flow', reason: 'flow_used' });
  // The session that is there stays.
  expect(await page.evaluate(() => auth.getCurrentUser())).toMatchObject({ username: 'alice' });
  expect((await emulator.counts())['/oauth2/token']).toBe(1);
});

test('a code that was used before is refused', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await openAndLeave(context);
  const code = new URL(await signInThere(page)).searchParams.get('code');
  await arrival(page);
  await page.evaluate(() => auth.signOut({ redirect: false }));
  await leave(page, { customState: KEPT.customState, options: { prompt: 'login' } });
  await emulator.fault({ operation: '/oauth2/authorize', kind: 'forge', parameters: { code } });
  await signInThere(page);
  await expectFailure(page, { code: 'oauth', reason: 'invalid_grant', status: 400, ...KEPT });
});
