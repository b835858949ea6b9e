// Step-up: the signed-in user is asked for what the session lacks.
import { APP_PAGE, arrival, leave, openApp, ready } from './support/app.mjs';
import { ALICE, FRANK } from './support/emulator.mjs';
import { HostedPages } from './support/hosted.mjs';
import { call, kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const ZOE = { username: 'zoe', password: 'Correct-Horse7!' };
const THREE = 'urn:cognito:loa:3';
/** A password and the code of an authenticator app. */
const FOUR = 'urn:cognito:loa:4';

/** A page of a pool where zoe has signed in with her password, and has SMS as second factor since. */
async function signedIn(context, emulator) {
  const made = await emulator.administer('CreateUserPool', { PoolName: 'step-up' });
  const userPoolId = made.UserPool.Id;
  const administer = (operation, input) => emulator.administer(operation, { UserPoolId: userPoolId, ...input });
  const client = await administer('CreateUserPoolClient', {
    ClientName: 'step-up',
    ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const userPoolClientId = client.UserPoolClient.ClientId;
  await administer('SetUserPoolMfaConfig', {
    MfaConfiguration: 'OPTIONAL',
    SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' } },
  });
  const attributes = { phone_number: '+15551234567', phone_number_verified: 'true' };
  await administer('AdminCreateUser', {
    Username: ZOE.username,
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    MessageAction: 'SUPPRESS',
  });
  await administer('AdminSetUserPassword', { Username: ZOE.username, Password: ZOE.password, Permanent: true });
  const page = await kitPage(context, { config: { userPool: { userPoolId, userPoolClientId } } });
  expect(await call(page, 'signIn', ZOE)).toMatchObject({ isSignedIn: true });
  await administer('AdminSetUserMFAPreference', { Username: ZOE.username, SMSMfaSettings: { Enabled: true, PreferredMfa: true } });
  await emulator.forgetRequests();
  return { page, userPoolId, userPoolClientId };
}

const acr = (page) => page.evaluate(async () => (await auth.fetchAuthSession()).tokens.accessToken.payload.acr);

test('the second factor alone is asked for, and then it is enough', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const { page } = await signedIn(context, emulator);
  const asked = await call(page, 'requireAuth', { acr: THREE });
  expect(asked).toMatchObject({ isSignedIn: false, nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_SMS_CODE' } });
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1 });
  expect(await acr(page)).toBeUndefined();
  const [code] = await emulator.codes('zoe');
  const wrong = code === '000000' ? '111111' : '000000';
  expect(await call(page, 'confirmSignIn', { challengeResponse: wrong })).toMatchObject({ name: 'CodeMismatchException', retryable: true });
  expect(await call(page, 'confirmSignIn', { challengeResponse: code })).toMatchObject({ isSignedIn: true });
  expect(await acr(page)).toBe(THREE);
  await emulator.forgetRequests();
  for (const input of [{ acr: THREE }, { acr: 'urn:cognito:loa:1' }, { acr: [THREE], maxAge: 60 }]) {
    expect(await call(page, 'requireAuth', input)).toMatchObject({ isSignedIn: true, nextStep: { signInStep: 'DONE' } });
  }
  expect(await emulator.counts()).toEqual({});
});

test('a reload keeps the step', async ({ context, emulator }) => {
  const { page, userPoolId, userPoolClientId } = await signedIn(context, emulator);
  await call(page, 'requireAuth', { acr: THREE });
  await page.reload();
  await page.evaluate(
    async ([userPoolId, userPoolClientId]) => {
      const { createAuth } = await import('/poolpass/index.js');
      const { endpoint } = JSON.parse(document.body.textContent);
      window.auth = await createAuth({ userPool: { userPoolId, userPoolClientId }, endpoint });
    },
    [userPoolId, userPoolClientId],
  );
  expect(await call(page, 'pendingSignIn')).toMatchObject({ nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_SMS_CODE' } });
  const [code] = await emulator.codes('zoe');
  expect(await call(page, 'confirmSignIn', { challengeResponse: code })).toMatchObject({ isSignedIn: true });
  expect(await acr(page)).toBe(THREE);
});

test('whoever has signed out meanwhile stays signed out', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const { page } = await signedIn(context, emulator);
  await call(page, 'requireAuth', { acr: THREE });
  const [code] = await emulator.codes('zoe');
  await call(page, 'signOut');
  expect(await call(page, 'confirmSignIn', { challengeResponse: code })).toMatchObject({ failed: true });
  expect(await call(page, 'getCurrentUser')).toMatchObject({ failed: true, code: 'signed_out' });
});

test('bad requirements are errors before any request', async ({ context, emulator }) => {
  const { page } = await signedIn(context, emulator);
  for (const input of [{}, { acr: [] }, { acr: 3 }, { maxAge: 'x' }, { level: 3 }]) {
    expect(await call(page, 'requireAuth', input)).toMatchObject({ failed: true, code: 'bad_input' });
  }
  expect(await emulator.counts()).toEqual({});
});

test('at the hosted page: the level is asked for there, and the new tokens name it', async ({ context, emulator }) => {
  const page = await openApp(context);
  const hosted = new HostedPages(page);
  await leave(page, { options: { acrValues: FOUR, maxAge: 300 } });
  await hosted.signIn(FRANK);
  await hosted.expectPage('Enter your code');
  await hosted.code.fill(await emulator.totp('frank'));
  await hosted.button('Continue').click();
  expect(await arrival(page)).toMatchObject({ user: { username: 'frank' } });
  expect(await acr(page)).toBe(FOUR);
  await emulator.forgetRequests();
  expect(await call(page, 'requireAuth', { acr: FOUR, maxAge: 300 })).toMatchObject({ isSignedIn: true });
  expect(await emulator.counts()).toEqual({});
});

test('at the hosted page: who has no factor for the level is told, and stays signed in as before', async ({ context, troubles }) => {
  troubles.expect(REFUSED);
  const page = await openApp(context);
  const hosted = new HostedPages(page);
  await leave(page);
  await hosted.signIn(ALICE);
  expect(await arrival(page)).toMatchObject({ user: { username: 'alice' } });
  await leave(page, { options: { acrValues: THREE } });
  await hosted.signIn(ALICE);
  await expect(hosted.problem).toContainText('a stronger way to sign in');
  await page.goto(APP_PAGE);
  await ready(page);
  expect(await call(page, 'getCurrentUser')).toMatchObject({ username: 'alice' });
});
