// A page with a fresh session answers without the wasm, and everything that the session's record can tell is respected.
import { ALICE, BOB, WEB_CLIENT } from './support/emulator.mjs';
import { call, heard, kitPage } from './support/kit.mjs';
import { sessionKey, storedSession } from './support/stored.mjs';
import { expect, test } from './support/test.mjs';

const HOUR_MS = 3_600_000;

/** A page of somebody who is signed in: its configuration is known to the browser, and its session is fresh. */
async function signedIn(context, user = ALICE) {
  const page = await kitPage(context);
  expect(await call(page, 'signIn', user)).toMatchObject({ isSignedIn: true });
  await expect.poll(() => page.evaluate(() => localStorage.getItem('poolpass.v1.checked'))).not.toBeNull();
  return page;
}

/** Another page, and the files of the package that it loads. */
async function another(context, options) {
  const files = [];
  const note = (request) => {
    const [, file] = new URL(request.url()).pathname.split('/poolpass/');
    if (file) files.push(file);
  };
  context.on('request', note);
  const page = await kitPage(context, options);
  context.off('request', note);
  page.on('request', note);
  return { page, wasm: () => files.filter((file) => file.endsWith('.wasm')), rest: () => files.filter((file) => /everything|_rest/.test(file)) };
}

const answers = (page) =>
  page.evaluate(async () => {
    const { tokens, userSub } = await auth.fetchAuthSession();
    const plain = (token) => token && { text: token.toString(), payload: token.payload };
    const { accessToken, idToken, ...more } = tokens;
    return {
      session: { accessToken: plain(accessToken), idToken: plain(idToken), ...more, userSub },
      user: await auth.getCurrentUser(),
      groups: await auth.groups(),
      claims: await auth.claims(),
      storage: auth.storage,
    };
  });

test('a page with a fresh session answers without the wasm, and as the wasm would', async ({ context, emulator }) => {
  await signedIn(context);
  await emulator.counts();
  const { page, wasm, rest } = await another(context);
  const thin = await answers(page);
  expect([...wasm(), ...rest()]).toEqual([]);
  expect(thin).toMatchObject({ user: { username: 'alice', signInDetails: { authFlowType: 'USER_SRP_AUTH' } }, groups: ['editors'], storage: 'local' });
  // This loads the wasm, which knows more from then on.
  expect(await call(page, 'fetchUserAttributes', {})).toMatchObject({ email: 'alice@example.com' });
  expect([wasm().length, rest().length]).toEqual([1, 1]);
  expect(await answers(page)).toEqual(thin);
});

test('input is checked as the wasm would, and a signal counts', async ({ context }) => {
  await signedIn(context);
  const { page } = await another(context);
  expect(await call(page, 'getCurrentUser', { unknown: 1 })).toMatchObject({ code: 'bad_input' });
  const aborted = await page.evaluate(() => auth.fetchAuthSession({ signal: AbortSignal.abort('enough') }).catch(({ code }) => code));
  expect(aborted).toBe('aborted');
  const disposed = await page.evaluate(() => {
    auth.dispose();
    return auth.fetchAuthSession().catch(({ code }) => code);
  });
  expect(disposed).toBe('disposed');
});

test('a sign-out in another tab counts at once, and is heard without the wasm', async ({ context }) => {
  const first = await signedIn(context);
  const { page, wasm } = await another(context);
  expect((await answers(page)).user.username).toBe('alice');
  await call(first, 'signOut', {});
  expect((await call(page, 'fetchAuthSession', {})).tokens).toBeUndefined();
  expect(await call(page, 'getCurrentUser', {})).toMatchObject({ code: 'signed_out' });
  await expect.poll(() => heard(page)).toContain('signedOut');
  expect(wasm().length).toBe(1);
});

test('another user who signs in elsewhere is the answer, and is heard, without the wasm', async ({ context }) => {
  const first = await signedIn(context);
  const { page, wasm } = await another(context);
  expect((await answers(page)).user.username).toBe('alice');
  expect(await call(first, 'signIn', BOB)).toMatchObject({ isSignedIn: true });
  await expect.poll(() => heard(page)).toContain('signedIn');
  await expect.poll(async () => (await answers(page)).user.username).toBe('bob');
  expect(wasm()).toEqual([]);
});

for (const [clock, ms] of [['set back', -HOUR_MS], ['past the expiry', 2 * HOUR_MS]]) {
  test(`with a clock ${clock} the tokens are renewed`, async ({ context, emulator }) => {
    await signedIn(context);
    await emulator.counts();
    const { page, wasm } = await another(context);
    await page.evaluate((ms) => moveClock(ms), ms);
    expect((await call(page, 'fetchAuthSession', {})).accessToken).toMatch(/^eyJ/);
    expect(wasm().length).toBe(1);
    expect(await emulator.counts()).toMatchObject({ GetTokensFromRefreshToken: 1 });
  });
}

test('a record of a later version is left alone, and a corrupt one is moved aside', async ({ context }) => {
  const first = await signedIn(context);
  const [key, text] = [await sessionKey(first), await storedSession(first)];
  const put = (text) => first.evaluate(([key, text]) => localStorage.setItem(key, text), [key, text]);
  await put(JSON.stringify({ ...JSON.parse(text), v: 2 }));
  const later = await another(context);
  expect((await call(later.page, 'fetchAuthSession', {})).tokens).toBeUndefined();
  expect(JSON.parse(await storedSession(first)).v).toBe(2);
  await put('{"v":1,"accessToken":"x.y.z","freshFrom":0,"freshUntil":9e15}');
  const corrupt = await another(context);
  expect((await call(corrupt.page, 'fetchAuthSession', {})).tokens).toBeUndefined();
  await expect.poll(() => heard(corrupt.page)).toContain('sessionCorrupted');
});

test('a configuration is checked when it changes', async ({ context }) => {
  await signedIn(context);
  const { wasm } = await another(context, { config: { origins: [{ origin: 'https://api.example.com', auth: 'access' }] } });
  expect(wasm().length).toBe(1);
  const page = (await another(context)).page;
  const code = await page.evaluate(async () => {
    const { createAuth } = await import('/poolpass/index.js');
    const { endpoint, region, userPoolId } = JSON.parse(document.body.textContent);
    return createAuth({ region, userPool: { userPoolId, userPoolClientId: 'nope!' }, endpoint }).catch(({ code }) => code);
  });
  expect(code).toBe('bad_config');
});

test('a storage that is cleared after an answer is told as signed out', async ({ context }) => {
  const first = await signedIn(context);
  const { page } = await another(context);
  expect((await answers(page)).user.username).toBe('alice');
  await first.evaluate(() => localStorage.clear());
  await expect.poll(() => heard(page)).toContain('signedOut');
  const { error } = (await page.evaluate(() => window.heard)).find(({ event }) => event === 'signedOut');
  expect(error).toMatchObject({ reason: 'storage_cleared' });
});

test('a session that a former version stored is the wasm’s to answer', async ({ context }) => {
  const first = await signedIn(context);
  const key = await sessionKey(first);
  await first.evaluate((key) => {
    const { freshFrom, freshUntil, ...former } = JSON.parse(localStorage.getItem(key));
    localStorage.setItem(key, JSON.stringify(former));
  }, key);
  const { page, wasm } = await another(context);
  expect(await call(page, 'getCurrentUser', {})).toMatchObject({ username: 'alice' });
  expect(wasm().length).toBe(1);
  expect(key).toContain(WEB_CLIENT);
});

test('a sign-in by redirect that was left is found by the next page', { tag: '@hosted-ui' }, async ({ context }) => {
  const first = await signedIn(context);
  await first.evaluate((client) => {
    const record = { v: 1, phase: 'finishing', createdAt: Date.now(), customState: 'mine' };
    sessionStorage.setItem(`poolpass.v1.${client}.flow.pp1rxxxxxxxxstate`, JSON.stringify(record));
  }, WEB_CLIENT);
  await first.reload();
  expect(await first.evaluate(async () => {
    const { createAuth } = await import('/poolpass/index.js');
    const { endpoint, region, userPoolId } = JSON.parse(document.body.textContent);
    window.auth = await createAuth({ region, userPool: { userPoolId, userPoolClientId: 'poolpasslocalwebclient0001' }, endpoint, storage: 'local', handleRedirect: false });
    return auth.handleRedirect().then(() => 'none', ({ reason, customState }) => [reason, customState]);
  })).toEqual(['flow_interrupted', 'mine']);
});
