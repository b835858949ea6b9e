// An app client with a secret: the page asks the app's server for each hash, and the secret never comes to the page.
import { createHmac } from 'node:crypto';
import { ALICE } from './support/emulator.mjs';
import { call, heard, kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const POOL = 'eu-west-1_PoolPass1';
const SECRET = '2drvauk7vwzzutkw95r2f4qkks4rfgy134o5og2080opxn7yftd';

async function confidentialClient(emulator) {
  const made = await emulator.administer('CreateUserPoolClient', {
    UserPoolId: POOL,
    ClientName: 'confidential',
    ClientSecret: SECRET,
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  return made.UserPoolClient.ClientId;
}

/** A page whose `auth` asks the server, and the user names that it asked for. `askServer` is the server. */
async function askingPage(context, emulator, answer) {
  const clientId = await confidentialClient(emulator);
  const asked = [];
  const page = await kitPage(context);
  await page.exposeFunction('askServer', (username) => {
    asked.push(username);
    return answer ? answer(username) : createHmac('sha256', SECRET).update(username + clientId).digest('base64');
  });
  await page.evaluate(
    async ([userPoolId, userPoolClientId]) => {
      const { createAuth } = await import('/poolpass/index.js');
      const { endpoint } = JSON.parse(document.body.textContent);
      const clientSecret = async (username) => {
        if (window.serverIsAway) throw Object.assign(new Error('The server is away.'), { mine: 42 });
        return askServer(username);
      };
      auth.dispose();
      window.auth = await createAuth({ userPool: { userPoolId, userPoolClientId, clientSecret }, endpoint });
      window.heard = [];
      auth.on('tokenRefresh_failure', ({ event, data }) => heard.push({ event, error: { ...data.error } }));
    },
    [POOL, clientId],
  );
  return { page, asked };
}

test('a page without the secret signs in, refreshes and signs out everywhere', async ({ context, emulator }) => {
  const { page, asked } = await askingPage(context, emulator);
  const bodies = [];
  page.on('request', (request) => bodies.push(request.postData() ?? ''));
  await emulator.forgetRequests();
  expect(await call(page, 'signIn', { username: 'alice@example.com', password: ALICE.password })).toMatchObject({ isSignedIn: true });
  expect(asked).toEqual(['alice@example.com', 'alice']);
  const { accessToken } = await call(page, 'fetchAuthSession');
  expect((await call(page, 'fetchAuthSession', { forceRefresh: true })).accessToken).not.toBe(accessToken);
  expect(asked).toEqual(['alice@example.com', 'alice', 'alice']);
  expect(await emulator.counts()).toEqual({ InitiateAuth: 2, RespondToAuthChallenge: 1 });
  const out = await page.evaluate(async () => {
    const { isRevoked, error } = await auth.signOut();
    return { isRevoked, code: error.code, message: error.message };
  });
  expect(out).toMatchObject({ isRevoked: false, code: 'bad_config', message: expect.stringContaining('userPool.clientSecret') });
  await call(page, 'signIn', ALICE);
  expect(await call(page, 'signOut', { global: true })).toEqual({ isRevoked: true });
  const stores = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect([...bodies, stores].filter((text) => text.includes(SECRET))).toEqual([]);
});

test('what the function throws comes to the caller as it is, and the session continues', async ({ context, emulator }) => {
  const { page } = await askingPage(context, emulator);
  await call(page, 'signIn', ALICE);
  const thrown = await page.evaluate(async () => {
    window.serverIsAway = true;
    const caught = [];
    for (const act of [() => auth.fetchAuthSession({ forceRefresh: true }), () => auth.signUp({ username: 'zoe', password: 'Correct-Horse7!' })]) {
      await act().catch(({ message, mine }) => caught.push({ message, mine }));
    }
    return caught;
  });
  expect(thrown).toEqual(Array(2).fill({ message: 'The server is away.', mine: 42 }));
  await expect.poll(() => heard(page)).toEqual(['tokenRefresh_failure']);
  expect(await call(page, 'getCurrentUser')).toMatchObject({ username: 'alice' });
  await page.evaluate(() => (window.serverIsAway = false));
  expect(await call(page, 'fetchAuthSession', { forceRefresh: true })).toMatchObject({ userSub: expect.any(String) });
});

test('an answer that is no text is an error before any request', async ({ context, emulator }) => {
  const { page } = await askingPage(context, emulator, () => ({ hash: 'x' }));
  await emulator.forgetRequests();
  expect(await call(page, 'signIn', ALICE)).toMatchObject({ failed: true, code: 'bad_input', message: expect.stringContaining('clientSecret') });
  expect(await emulator.counts()).toEqual({});
});

test('a wrong hash is Cognito’s error, with advice', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const { page } = await askingPage(context, emulator, () => 'd3Jvbmc=');
  expect(await call(page, 'signIn', ALICE)).toMatchObject({ code: 'service', reason: 'client_has_secret', recoverySuggestion: expect.stringContaining('clientSecret') });
});

test('the hosted UI wants the secret itself', async ({ context, emulator }) => {
  const userPoolClientId = await confidentialClient(emulator);
  const page = await kitPage(context);
  const error = await page.evaluate(
    async ([userPoolId, userPoolClientId]) => {
      const { createAuth } = await import('/poolpass/index.js');
      const { endpoint } = JSON.parse(document.body.textContent);
      const oauth = { domain: 'poolpass-local.auth.eu-west-1.amazoncognito.com', redirectSignIn: [location.href] };
      const auth = await createAuth({ userPool: { userPoolId, userPoolClientId, oauth, clientSecret: () => '' }, endpoint, storage: 'memory' });
      return auth.signInWithRedirect().catch(plain);
    },
    [POOL, userPoolClientId],
  );
  expect(error).toMatchObject({ code: 'bad_config', message: expect.stringContaining('userPool.clientSecret') });
});

test('the device’s fingerprint goes along if AWS’s script is on the page', async ({ context, emulator }) => {
  const prepare = () => {
    window.AmazonCognitoAdvancedSecurityData = { getData: (...given) => `print of ${given.join(' ')}` };
  };
  const page = await kitPage(context, { prepare });
  const prints = [];
  page.on('request', (request) => {
    const operation = request.headers()['x-amz-target']?.split('.')[1];
    if (operation) prints.push([operation, JSON.parse(request.postData()).UserContextData?.EncodedData]);
  });
  await emulator.forgetRequests();
  await call(page, 'signIn', ALICE);
  await call(page, 'fetchUserAttributes');
  const print = `print of alice ${POOL} poolpasslocalwebclient0001`;
  expect(prints).toEqual([['InitiateAuth', print], ['RespondToAuthChallenge', print], ['GetUser', undefined]]);
});
