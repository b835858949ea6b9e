// Codes, states, verifiers, nonces and tokens are where they must be, and nowhere once a flow is over.
import { ALICE, WEB_CLIENT } from './support/emulator.mjs';
import { arrival, callback, flowRecords, installApp, leave, openTab } from './support/app.mjs';
import { HostedPages } from './support/hosted.mjs';
import { call } from './support/kit.mjs';
import { sessionKey, storedSession } from './support/stored.mjs';
import { expect, test } from './support/test.mjs';

const APP = new URL(process.env.POOLPASS_DEMO_URL).origin;

/** Everything that is said between the pages and the servers. */
function listen(context) {
  const requests = [];
  context.on('request', (request) => requests.push(request));
  return async () => Promise.all(requests.map(async (request) => ({ url: request.url(), headers: await request.allHeaders().catch(() => ({})) })));
}

/** What a flow has to keep while the user is away, from its record. */
function secretsOf(records) {
  const [[key, text]] = Object.entries(records).filter(([, text]) => JSON.parse(text).phase === 'away');
  const { verifier, nonce } = JSON.parse(text);
  return { state: key.split('.flow.')[1], verifier, nonce };
}

/** Every entry of the tab's history, of whichever site. */
async function historyOf(page) {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  return entries.map(({ url, title }) => `${url} ${title}`);
}

/** Where on the page somebody could find something: addresses, referrer, storages without the session, history, logs. */
async function placesOf(page, troubles, emulator) {
  const inPage = await page.evaluate((session) => {
    const storage = { ...localStorage };
    delete storage[session];
    return {
      address: location.href,
      referrer: document.referrer,
      'cookies, name, title, state': JSON.stringify([document.cookie, window.name, document.title, history.state]),
      storages: Object.values(storage).concat(Object.values({ ...sessionStorage })).join('\n'),
      'entries of this page': JSON.stringify(navigation.entries().map((entry) => [entry.url, entry.getState()])),
      'requests as the page sees them': performance.getEntriesByType('resource').map(({ name }) => name).join('\n'),
    };
  }, await sessionKey(page));
  return {
    ...inPage,
    'history of the app': (await historyOf(page)).filter((entry) => entry.startsWith(APP)).join('\n'),
    consoles: troubles.consoleTexts.join('\n'),
    journal: JSON.stringify(await emulator.requests()),
  };
}

function found(places, secrets) {
  const isIn = (secret, text) => text.includes(secret) || text.includes(encodeURIComponent(secret));
  return Object.entries(places).flatMap(([place, text]) => {
    const names = Object.entries(secrets).filter(([, secret]) => isIn(secret, text));
    return names.map(([name]) => `${name} in ${place}`);
  });
}

async function tokensOf(page) {
  const { accessToken, idToken, refreshToken } = JSON.parse(await storedSession(page));
  return { accessToken, idToken, refreshToken };
}

/** Checks everything about a tab in which a flow has ended. */
async function expectClean({ page, secrets, traffic, troubles, emulator }) {
  for (const [name, secret] of Object.entries(secrets)) expect(secret?.length, name).toBeGreaterThan(20);
  expect(found(await placesOf(page, troubles, emulator), secrets)).toEqual([]);
  // The hosted page's addresses carry what the request needs, and nothing of the answer.
  const { state, nonce, ...answer } = secrets;
  expect(found({ history: (await historyOf(page)).join('\n') }, answer)).toEqual([]);
  const requests = await traffic();
  expect(found({ referers: requests.map(({ headers }) => headers.referer ?? '').join('\n') }, secrets)).toEqual([]);
  // The code goes through one address: the one that the hosted page leads back to.
  const { code, ...others } = answer;
  const withCode = requests.filter(({ url }) => code && url.includes(code));
  expect(withCode.length).toBeLessThanOrEqual(1);
  expect(found({ addresses: requests.map(({ url }) => url).join('\n') }, others)).toEqual([]);
}

for (const [name, input, enter] of [
  ['with a password', {}, (hosted) => hosted.signIn(ALICE)],
  ['through Google', { provider: 'Google' }, (hosted) => hosted.choosePerson(/^Ada/)],
  ['through Apple', { provider: 'Apple' }, async (hosted) => {
    await hosted.choosePerson(/^Ada/);
    await hosted.button('Continue').click();
  }],
]) {
  test(`nothing is left of a redirect ${name}`, async ({ context, emulator, troubles }) => {
    const traffic = listen(context);
    await installApp(context);
    const [page, other] = [await openTab(context, '?x=1#y'), await openTab(context)];
    await leave(page, { ...input, customState: 'kept' });
    const flow = secretsOf((await flowRecords(other)).origin);
    const back = callback(page);
    await enter(new HostedPages(page));
    const code = new URL(await back).searchParams.get('code');
    expect(await arrival(page)).toMatchObject({ customState: 'kept' });
    await call(page, 'fetchAuthSession', { forceRefresh: true });
    await call(page, 'userInfo');
    const secrets = { ...flow, code, ...(await tokensOf(page)) };
    await expectClean({ page, secrets, traffic, troubles, emulator });
    // Away and back again: what the browser has kept of the address is clean.
    await page.goto('about:blank');
    await page.goBack();
    await arrival(page);
    await expectClean({ page, secrets, traffic, troubles, emulator });
    // And after signing out at the hosted page.
    await Promise.all([page.waitForEvent('load'), page.evaluate(() => void auth.signOut())]);
    expect(await arrival(page)).toBeNull();
    expect((await emulator.counts())['/logout']).toBe(1);
    await expectClean({ page, secrets, traffic, troubles, emulator });
    expect(await storedSession(page)).toBeNull();
  });
}

test('nothing is left of a sign-in in a window', async ({ context, emulator, troubles }) => {
  const traffic = listen(context);
  await installApp(context);
  const page = await openTab(context, '?x=1#y');
  const opened = page.waitForEvent('popup');
  const outcome = page.evaluate(() => auth.signInWithPopup({ customState: 'kept' }).catch(plain));
  const popup = await opened;
  const hosted = new HostedPages(popup);
  await hosted.expectPage('Sign in');
  const flow = secretsOf((await flowRecords(page)).tab);
  expect((await flowRecords(page)).origin).toEqual({});
  const back = callback(popup);
  await hosted.signIn(ALICE);
  const code = new URL(await back).searchParams.get('code');
  expect(await outcome).toMatchObject({ customState: 'kept' });
  await expectClean({ page, secrets: { ...flow, code, ...(await tokensOf(page)) }, traffic, troubles, emulator });
});

test('nothing is left of a flow that failed, nor in its error', async ({ context, emulator, troubles }) => {
  const traffic = listen(context);
  await installApp(context);
  const [page, other] = [await openTab(context), await openTab(context)];
  await leave(page);
  const flow = secretsOf((await flowRecords(other)).origin);
  await emulator.fault({ operation: '/oauth2/token', kind: 'forge', token: 'id', claims: { nonce: 'another' } });
  const back = callback(page);
  await new HostedPages(page).signIn(ALICE);
  const code = new URL(await back).searchParams.get('code');
  const error = await arrival(page);
  expect(error).toMatchObject({ failed: true, reason: 'wrong_nonce' });
  const secrets = { ...flow, code };
  await expectClean({ page, secrets, traffic, troubles, emulator });
  const told = await page.evaluate(() => JSON.stringify(heard));
  expect(found({ error: JSON.stringify(error), events: told }, secrets)).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain('eyJ');
});
