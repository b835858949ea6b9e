// Scenario 4: AWS credentials from the identity pool, and what they sign.
import { ALICE, BOB, TOKEN_LIFE_MS, WEB_CLIENT } from './support/emulator.mjs';
import { EDITORS_ROLE, GUEST_ROLE, IDENTITY_POOL, SHARED, USER_ROLE, awsPage, fetched, roleArn, roleOf } from './support/identity.mjs';
import { call } from './support/kit.mjs';
import { credentialsKeys } from './support/stored.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const FORBIDDEN = /status of 403/;
const MANY = 10_000;
const TABS = 4;
const ROUNDS = 5;
const MINUTE_MS = 60_000;
const KEY = 'AWS services';

/** Moves the time on, for the emulator and for pages. */
async function pass(ms, emulator, ...pages) {
  await emulator.advance(ms);
  for (const page of pages) await page.evaluate((ms) => moveClock(ms), ms);
}

for (const { user, role, writesShared } of [
  { user: BOB, role: USER_ROLE, writesShared: '403, refused' },
  { user: ALICE, role: EDITORS_ROLE, writesShared: '200, allowed' },
]) {
  test(`${user.username} has the role ${role} and its permissions`, async ({ demo, emulator, troubles }) => {
    troubles.expect(FORBIDDEN);
    await demo.openSignedIn(user);
    await demo.show(KEY);
    // Never fetched unless asked for.
    expect(await emulator.counts()).toEqual({ InitiateAuth: 1, RespondToAuthChallenge: 1 });
    await demo.button('Get AWS credentials').click();
    await expect(demo.fact('Role').filter({ visible: true })).toHaveText(role);
    await expect(demo.fact('Identity ID').filter({ visible: true })).toHaveText(/^eu-west-1:[\w-]{36}$/);
    await expect(demo.fact('Expires').filter({ visible: true })).toContainText('in 59 minutes');
    const sts = await demo.tries('Call GetCallerIdentity', '200, allowed');
    await expect(sts).toContainText(`assumed-role/${role}/CognitoIdentityCredentials`);
    await expect(sts).toContainText(/Signature Version 4 for sts, with the temporary key ASIA\w{4}…/);
    await demo.show('API Gateway');
    await demo.tries('Read the shared notes (IAM)', '200, allowed');
    await demo.tries('Write my own notes (IAM)', '200, allowed');
    const shared = await demo.tries('Write the shared notes (IAM)', writesShared);
    await expect(shared).toContainText(writesShared.startsWith('403') ? 'is not authorized to perform: execute-api:Invoke' : `assumed-role/${role}`);
    expect(await emulator.counts()).toMatchObject({ GetId: 1, GetCredentialsForIdentity: 1 });
  });
}

test('a guest can read but not write', async ({ demo, troubles }) => {
  troubles.expect(FORBIDDEN);
  await demo.open('#aws');
  await demo.button('Get AWS credentials').click();
  await expect(demo.fact('Role').filter({ visible: true })).toHaveText(GUEST_ROLE);
  await demo.show('API Gateway');
  await demo.tries('Read the shared notes (IAM)', '200, allowed');
  await expect(await demo.tries('Write my own notes (IAM)', '403, refused')).toContainText(`assumed-role/${GUEST_ROLE}`);
  await demo.tries('Write the shared notes (IAM)', '403, refused');
});

for (const who of ['a guest', 'a user']) {
  test(`${MANY} calls at once on a cold page for ${who}: one GetId, one GetCredentialsForIdentity`, async ({ context, emulator }) => {
    const page = await awsPage(context);
    if (who === 'a user') await call(page, 'signIn', BOB);
    await page.reload();
    await page.close();
    const cold = await awsPage(context);
    await emulator.forgetRequests();
    const { keys, kinds } = await cold.evaluate(async (many) => {
      const all = await Promise.all(Array.from({ length: many }, () => auth.getCredentials()));
      return { keys: new Set(all.map(({ accessKeyId }) => accessKeyId)).size, kinds: [...new Set(all.map(({ expiration }) => expiration instanceof Date))] };
    }, MANY);
    expect({ keys, kinds }).toEqual({ keys: 1, kinds: [true] });
    expect(await emulator.counts()).toEqual({ GetId: 1, GetCredentialsForIdentity: 1 });
  });
}

test(`${TABS} tabs share one identity and one set of credentials, also when they renew them`, async ({ context, emulator }) => {
  const pages = [];
  for (let tab = 0; tab < TABS; tab += 1) pages.push(await awsPage(context));
  await call(pages[0], 'signIn', BOB);
  let last;
  for (let round = 1; round <= ROUNDS; round += 1) {
    await emulator.forgetRequests();
    for (const page of pages) {
      await page.evaluate(() => {
        window.asked = new Promise((resolve) => {
          const channel = new BroadcastChannel('start');
          channel.onmessage = () => {
            channel.close();
            resolve(auth.getCredentials().then(({ accessKeyId, identityId }) => `${accessKeyId} ${identityId}`, plain));
          };
        });
      });
    }
    await pages[0].evaluate(() => new BroadcastChannel('start').postMessage('now'));
    const found = new Set(await Promise.all(pages.map((page) => page.evaluate(() => asked))));
    expect([...found]).toHaveLength(1);
    expect([...found][0]).toMatch(/^ASIA\w+ eu-west-1:/);
    expect([...found][0]).not.toBe(last);
    last = [...found][0];
    const first = round === 1 ? { GetId: 1 } : { GetTokensFromRefreshToken: 1 };
    expect(await emulator.counts(), `round ${round}`).toEqual({ ...first, GetCredentialsForIdentity: 1 });
    await pass(TOKEN_LIFE_MS, emulator, ...pages);
  }
});

test('credentials are used while they are good, renewed before they expire, and keep the identity', async ({ context, emulator }) => {
  const page = await awsPage(context);
  await call(page, 'signIn', BOB);
  const first = await call(page, 'getCredentials', {});
  await pass(50 * MINUTE_MS, emulator, page);
  expect((await call(page, 'getCredentials', {})).accessKeyId).toBe(first.accessKeyId);
  // Five minutes before the end at the latest.
  await pass(6 * MINUTE_MS, emulator, page);
  const second = await call(page, 'getCredentials', {});
  expect(second.accessKeyId).not.toBe(first.accessKeyId);
  expect(second.identityId).toBe(first.identityId);
  await pass(TOKEN_LIFE_MS, emulator, page);
  expect(await fetched(page, SHARED)).toMatchObject({ status: 200 });
  expect(await emulator.counts()).toMatchObject({ GetId: 1, GetCredentialsForIdentity: 3 });
});

test('basic flow: a role for 15 minutes works over an hour', async ({ context, emulator }) => {
  const basicFlow = { authenticatedRoleArn: roleArn(USER_ROLE), guestRoleArn: roleArn(GUEST_ROLE), durationSeconds: 900 };
  const page = await awsPage(context, { config: { identityPool: { identityPoolId: IDENTITY_POOL, allowGuestAccess: true, basicFlow } } });
  await call(page, 'signIn', BOB);
  const keys = new Set();
  const identities = new Set();
  for (let minute = 0; minute <= 60; minute += 1) {
    expect(await fetched(page, SHARED), `after ${minute} minutes`).toMatchObject({ status: 200 });
    const { accessKeyId, identityId } = await call(page, 'getCredentials', {});
    keys.add(accessKeyId);
    identities.add(identityId);
    await pass(MINUTE_MS, emulator, page);
  }
  expect(identities.size).toBe(1);
  const { AssumeRoleWithWebIdentity, GetOpenIdToken, GetCredentialsForIdentity } = await emulator.counts();
  expect({ AssumeRoleWithWebIdentity, GetOpenIdToken, GetCredentialsForIdentity }).toEqual({
    AssumeRoleWithWebIdentity: keys.size,
    GetOpenIdToken: keys.size,
    GetCredentialsForIdentity: undefined,
  });
  // Every 13 or 14 minutes: no more often than that, and never too late.
  expect(keys.size).toBe(5);
});

test('a role that the user’s token names can be asked for, and no other', async ({ context, troubles }) => {
  troubles.expect(REFUSED);
  const page = await awsPage(context);
  await call(page, 'signIn', ALICE);
  expect(await call(page, 'getCredentials', { roleArn: roleArn(EDITORS_ROLE) })).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/) });
  expect(await call(page, 'getCredentials', { roleArn: roleArn(GUEST_ROLE) })).toMatchObject({ failed: true, name: 'NotAuthorizedException' });
});

test('who gives up waiting gets an AbortError, and the others their credentials', async ({ context, emulator }) => {
  const page = await awsPage(context);
  await emulator.fault({ operation: 'GetId', kind: 'late', delayMs: 1_500 });
  await page.evaluate(() => {
    window.controller = new AbortController();
    const { signal } = controller;
    const asked = [auth.getCredentials({ signal }), auth.getCredentials()];
    window.outcome = Promise.all(asked.map((each) => each.then(({ accessKeyId }) => accessKeyId, plain)));
  });
  await expect.poll(async () => (await emulator.counts()).GetId).toBe(1);
  await page.evaluate(() => controller.abort());
  const [given, stayed] = await page.evaluate(() => outcome);
  expect(given).toMatchObject({ failed: true, name: 'AbortError', code: 'aborted' });
  expect(stayed).toMatch(/^ASIA/);
  expect(await emulator.counts()).toEqual({ GetId: 1, GetCredentialsForIdentity: 1 });
});

test('where guests are not allowed nobody is asked for credentials', async ({ context, emulator }) => {
  const page = await awsPage(context, { config: { identityPool: { identityPoolId: IDENTITY_POOL } } });
  expect(await call(page, 'getCredentials', {})).toMatchObject({ failed: true, isError: true, name: 'NoCredentialsException', code: 'no_credentials' });
  expect(await fetched(page, SHARED)).toMatchObject({ failed: true, name: 'NoCredentialsException' });
  expect(await emulator.counts()).toEqual({});
});

test('signing out forgets the identity: a guest’s rights again', async ({ context, troubles }) => {
  troubles.expect(FORBIDDEN);
  const page = await awsPage(context);
  await call(page, 'signIn', BOB);
  const { identityId } = await call(page, 'getCredentials', {});
  const own = SHARED.replace('shared', encodeURIComponent(identityId));
  expect(await fetched(page, own, { method: 'PUT', body: 'x' })).toMatchObject({ status: 200 });
  await call(page, 'signOut', {});
  expect(await credentialsKeys(page)).toEqual([]);
  expect(await roleOf(page)).toBe(GUEST_ROLE);
  expect((await call(page, 'getCredentials', {})).identityId).not.toBe(identityId);
  expect(await fetched(page, own, { method: 'PUT', body: 'x' })).toMatchObject({ status: 403 });
});

/** Replaces the page's `auth` by one whose `logins` never answers; `calls()` tells how often it was called. */
async function neverAnswered(page) {
  await page.evaluate(async ([identityPoolId, origin]) => {
    const { createAuth } = await import('/poolpass/index.js');
    let calls = 0;
    const logins = () => {
      calls += 1;
      return new Promise(() => {});
    };
    const origins = [{ origin, auth: 'iam', service: 'execute-api', region: 'eu-west-1' }];
    window.calls = () => calls;
    window.auth = await createAuth({ identityPool: { identityPoolId, allowGuestAccess: true }, endpoint: origin, origins, logins, storage: 'memory' });
    const url = `${origin}/api/iam/notes/shared`;
    /** Calls everything that asks for logins; the errors by name of the method. */
    window.askAll = async (signal) => {
      const asked = {
        getCredentials: auth.getCredentials({ signal }),
        fetch: auth.fetch(url, { signal }),
        sign: auth.sign({ url }, { signal }),
        presign: auth.presign(url, { signal }),
        unlinkIdentity: auth.unlinkIdentity({ providers: ['accounts.google.com'], signal }),
      };
      const errors = await Promise.all(Object.values(asked).map((each) => each.then(() => 'done', plain)));
      return Object.fromEntries(Object.keys(asked).map((method, index) => [method, errors[index]]));
    };
  }, [IDENTITY_POOL, process.env.POOLPASS_ENDPOINT]);
}

const METHODS = ['getCredentials', 'fetch', 'sign', 'presign', 'unlinkIdentity'];

test('while the app’s logins are awaited, a signal, a disposal and 15 seconds end each call', async ({ context, emulator }) => {
  const page = await awsPage(context);
  await emulator.forgetRequests();

  await neverAnswered(page);
  const fired = await page.evaluate(() => askAll(AbortSignal.abort()));
  for (const method of METHODS) expect(fired[method], method).toMatchObject({ isError: true, name: 'AbortError', code: 'aborted' });
  expect(await page.evaluate(() => calls())).toBe(0);

  const fires = await page.evaluate(async () => {
    const controller = new AbortController();
    const errors = askAll(controller.signal);
    while (calls() < 5) await new Promise((resolve) => setTimeout(resolve));
    controller.abort();
    return errors;
  });
  for (const method of METHODS) expect(fires[method], method).toMatchObject({ isError: true, name: 'AbortError', code: 'aborted' });

  const disposed = await page.evaluate(async () => {
    const errors = askAll();
    while (calls() < 10) await new Promise((resolve) => setTimeout(resolve));
    auth.dispose();
    return errors;
  });
  for (const method of METHODS) expect(disposed[method], method).toMatchObject({ isError: true, code: 'disposed' });

  await neverAnswered(page);
  await page.clock.install();
  await page.evaluate(() => {
    window.late = undefined;
    askAll().then((errors) => (window.late = errors));
  });
  await expect.poll(() => page.evaluate(() => calls())).toBe(5);
  await page.clock.runFor(15_000);
  await expect.poll(() => page.evaluate(() => late)).toBeDefined();
  const late = await page.evaluate(() => late);
  for (const method of METHODS) {
    expect(late[method], method).toMatchObject({ isError: true, code: 'timeout', retryable: true, message: expect.stringContaining('logins') });
  }
  expect(await emulator.counts()).toEqual({});
});
