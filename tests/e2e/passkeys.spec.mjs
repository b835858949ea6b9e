// Passkeys in a page of the package, with Chromium's virtual authenticator.
import { call, heard } from './support/kit.mjs';
import { passkeyPage, passkeyPool, ZOE } from './support/passkeys.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const BY_PASSKEY = { username: 'zoe', options: { authFlowType: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' } };
const BY_AUTOFILL = { ...BY_PASSKEY, options: { ...BY_PASSKEY.options, autofill: true } };
const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };

/** Begins a sign-in by autofill; its outcome is `outcome` on the page. */
const beginAutofill = (page) =>
  page.evaluate((input) => {
    window.ending = new AbortController();
    window.outcome = undefined;
    window.autofill = auth.signIn({ ...input, signal: ending.signal }).then((result) => (outcome = result), (error) => (outcome = plain(error)));
  }, BY_AUTOFILL);
const outcomeOf = (page) => page.evaluate(() => autofill.then(() => outcome));
const isWaiting = (page) => page.evaluate(() => outcome === undefined);

/** zoe has a passkey and is signed out. */
async function withPasskey(page) {
  await call(page, 'signIn', ZOE);
  expect(await call(page, 'associateWebAuthnCredential')).toBeUndefined();
  await call(page, 'signOut');
}

test('a passkey is registered, listed, used and deleted, in the fewest requests', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const { page, held } = await passkeyPage(context, await passkeyPool(emulator));
  await call(page, 'signIn', ZOE);
  await emulator.forgetRequests();
  expect(await call(page, 'associateWebAuthnCredential')).toBeUndefined();
  expect(await emulator.counts()).toEqual({ StartWebAuthnRegistration: 1, CompleteWebAuthnRegistration: 1 });
  const [kept] = await held();
  const credentialId = Buffer.from(kept.credentialId, 'base64').toString('base64url');

  const listed = await page.evaluate(async () => {
    const { credentials, nextToken } = await auth.listWebAuthnCredentials();
    return { credentials: credentials.map((credential) => ({ ...credential, isDate: credential.createdAt instanceof Date })), nextToken };
  });
  expect(listed).toEqual({
    nextToken: undefined,
    credentials: [
      {
        credentialId, friendlyCredentialName: expect.any(String), relyingPartyId: 'localhost', authenticatorAttachment: 'platform',
        authenticatorTransports: ['internal'], createdAt: expect.anything(), isDate: true,
      },
    ],
  });
  expect(await call(page, 'associateWebAuthnCredential')).toMatchObject({
    name: 'PasskeyAlreadyExists', code: 'passkey', reason: 'passkey_exists', retryable: false, message: 'This device already has a passkey of this user.',
  });

  await call(page, 'signOut');
  await emulator.forgetRequests();
  expect(await call(page, 'signIn', BY_PASSKEY)).toEqual(DONE);
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1, RespondToAuthChallenge: 1 });
  expect(await call(page, 'getCurrentUser')).toMatchObject({ username: 'zoe', signInDetails: { loginId: 'zoe', authFlowType: 'USER_AUTH' } });

  expect(await call(page, 'deleteWebAuthnCredential', { credentialId })).toBeUndefined();
  expect(await call(page, 'listWebAuthnCredentials')).toMatchObject({ credentials: [] });
  // The browser is told (signalUnknownCredential), and forgets it.
  await expect.poll(held).toEqual([]);
});

test('a passkey that was deleted elsewhere is forgotten when the list says so', async ({ context, emulator }) => {
  const { page, held } = await passkeyPage(context, await passkeyPool(emulator));
  await call(page, 'signIn', ZOE);
  await call(page, 'associateWebAuthnCredential');
  const [{ credentialId }] = await held();
  const token = await page.evaluate(async () => (await auth.fetchAuthSession()).tokens.accessToken.toString());
  await fetch(emulator.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.DeleteWebAuthnCredential', 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ AccessToken: token, CredentialId: Buffer.from(credentialId, 'base64').toString('base64url') }),
  });
  expect(await held()).toHaveLength(1);
  expect(await call(page, 'listWebAuthnCredentials')).toMatchObject({ credentials: [] });
  await expect.poll(held).toEqual([]);
});

test('a passkey is chosen among the first factors, and a user without one is asked for another', async ({ context, emulator }) => {
  const { page } = await passkeyPage(context, await passkeyPool(emulator));
  const without = await call(page, 'signIn', BY_PASSKEY);
  expect(without.nextStep).toMatchObject({ signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION' });
  expect(without.nextStep.availableChallenges).not.toContain('WEB_AUTHN');
  expect(await call(page, 'signIn', BY_AUTOFILL)).toMatchObject({ code: 'passkey', reason: 'passkey_missing', name: 'PasskeyRetrievalFailed' });

  await withPasskey(page);
  const { nextStep } = await call(page, 'signIn', { username: 'zoe', options: { authFlowType: 'USER_AUTH' } });
  expect(nextStep.availableChallenges).toContain('WEB_AUTHN');
  expect(await call(page, 'confirmSignIn', { challengeResponse: 'WEB_AUTHN' })).toEqual(DONE);
});

test('a passkey counts as two factors where the pool says so', async ({ context, emulator }) => {
  const pool = await passkeyPool(emulator, {
    web: { UserVerification: 'required', FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION' },
    pool: { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn:aws:ses:eu-west-1:000000000000:identity/example.com' } },
    mfa: { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} },
  });
  const { page } = await passkeyPage(context, pool);
  await call(page, 'signIn', ZOE);
  await call(page, 'associateWebAuthnCredential');
  await call(page, 'updateMFAPreference', { email: 'PREFERRED', passkey: 'ENABLED' });
  await call(page, 'signOut');
  expect(await call(page, 'signIn', ZOE)).toMatchObject({ nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE' } });
  expect(await call(page, 'signIn', BY_PASSKEY)).toEqual(DONE);
});

test('a cancelled dialog can be opened again, also in another tab', async ({ context, emulator }) => {
  const pool = await passkeyPool(emulator);
  const { page, held } = await passkeyPage(context, pool);
  await withPasskey(page);
  // The browser tells nobody why: NotAllowedError.
  const cancel = (page) =>
    page.evaluate(() => {
      navigator.credentials.get = async () => {
        throw new DOMException('The operation either timed out or was not allowed.', 'NotAllowedError');
      };
    });
  await cancel(page);
  await emulator.forgetRequests();
  expect(await call(page, 'signIn', BY_PASSKEY)).toMatchObject({
    name: 'PasskeyAuthenticationCanceled', code: 'passkey', reason: 'passkey_cancelled', retryable: true,
  });
  expect(await call(page, 'pendingSignIn')).toMatchObject({ isSignedIn: false, nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_PASSKEY' } });
  expect(await call(page, 'confirmSignIn', { challengeResponse: 'WEB_AUTHN' })).toMatchObject({ reason: 'passkey_cancelled' });

  const passkeys = await held();
  const text = await call(page, 'serializeSignIn');
  const other = await passkeyPage(context, pool, { passkeys });
  expect(await call(other.page, 'resumeSignIn', { serialized: text })).toMatchObject({ nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_PASSKEY' } });
  expect(await call(other.page, 'confirmSignIn', { challengeResponse: 'WEB_AUTHN' })).toEqual(DONE);
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1, RespondToAuthChallenge: 1 });
});

test('an abort ends the dialog', async ({ context, emulator }) => {
  const { page, setUserThere } = await passkeyPage(context, await passkeyPool(emulator));
  await withPasskey(page);
  await setUserThere(false);
  const error = await page.evaluate(async (input) => {
    const ending = new AbortController();
    const signIn = auth.signIn({ ...input, signal: ending.signal }).catch(plain);
    setTimeout(() => ending.abort(), 300);
    return signIn;
  }, BY_PASSKEY);
  expect(error).toMatchObject({ name: 'AbortError', code: 'aborted' });
  await setUserThere(true);
  expect(await call(page, 'signIn', BY_PASSKEY)).toEqual(DONE);
});

test('the page of another relying party is refused by the browser', async ({ context, emulator }) => {
  const { page } = await passkeyPage(context, await passkeyPool(emulator, { web: { RelyingPartyId: 'login.example.com' } }));
  await call(page, 'signIn', ZOE);
  expect(await call(page, 'associateWebAuthnCredential')).toMatchObject({
    name: 'RelyingPartyMismatch', code: 'passkey', reason: 'passkey_wrong_domain', recoverySuggestion: expect.stringContaining('relying party ID'),
  });
});

test('without passkeys in the browser the error says so', async ({ context, emulator }) => {
  const prepare = () => {
    delete window.PublicKeyCredential;
  };
  const pool = await passkeyPool(emulator);
  const { page, held } = await passkeyPage(context, pool);
  await withPasskey(page);
  const passkeys = await held();
  const { page: old } = await passkeyPage(context, pool, { prepare, passkeys });
  expect(await call(old, 'signIn', BY_PASSKEY)).toMatchObject({ name: 'PasskeyNotSupported', reason: 'passkey_not_supported' });
  await call(old, 'signIn', ZOE);
  expect(await call(old, 'associateWebAuthnCredential')).toMatchObject({ name: 'PasskeyNotSupported', reason: 'passkey_not_supported' });
});

test('a browser of before the JSON helpers makes and uses passkeys', async ({ context, emulator }) => {
  const prepare = () => {
    for (const name of ['parseCreationOptionsFromJSON', 'parseRequestOptionsFromJSON']) delete PublicKeyCredential[name];
    delete PublicKeyCredential.prototype.toJSON;
  };
  const { page } = await passkeyPage(context, await passkeyPool(emulator), { prepare });
  await withPasskey(page);
  expect(await call(page, 'signIn', BY_PASSKEY)).toEqual(DONE);
});

test('autofill signs in, and leaves the page alone until then', async ({ context, emulator }) => {
  const { page } = await passkeyPage(context, await passkeyPool(emulator));
  await withPasskey(page);
  await emulator.forgetRequests();
  await beginAutofill(page);
  expect(await outcomeOf(page)).toEqual(DONE);
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1, RespondToAuthChallenge: 1 });
  expect((await heard(page)).filter((name) => name === 'signedIn')).toHaveLength(2);
});

/** The user of this browser chooses none of the suggestions until `choose()`. */
const hesitant = () => {
  const get = navigator.credentials.get.bind(navigator.credentials);
  window.asked = [];
  navigator.credentials.get = (options) => {
    asked.push(options.mediation ?? 'dialog');
    if (options.mediation !== 'conditional' || window.chosen) return get({ ...options, mediation: undefined });
    return new Promise((resolve, reject) => {
      options.signal.addEventListener('abort', () => reject(options.signal.reason));
      window.choose = () => {
        window.chosen = true;
        resolve(get({ ...options, mediation: undefined }));
      };
    });
  };
};

test('autofill begins anew before the challenge expires', async ({ context, emulator }) => {
  const { page } = await passkeyPage(context, await passkeyPool(emulator), { prepare: hesitant });
  await withPasskey(page);
  await emulator.forgetRequests();
  await page.clock.install();
  await beginAutofill(page);
  for (const times of [1, 2, 3]) {
    await expect.poll(() => page.evaluate(() => asked.length)).toBe(times);
    expect(await emulator.counts()).toEqual({ InitiateAuth: times });
    await page.clock.fastForward(140_000);
    expect(await page.evaluate(() => asked.length)).toBe(times);
    await emulator.advance(150_000);
    await page.clock.fastForward(10_000);
  }
  await expect.poll(() => page.evaluate(() => asked.length)).toBe(4);
  expect(await isWaiting(page)).toBe(true);
  await page.evaluate(() => choose());
  expect(await outcomeOf(page)).toEqual(DONE);
});

test('autofill waits while a dialog is open, goes on after one that failed, and ends when the user signs in otherwise', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const { page } = await passkeyPage(context, await passkeyPool(emulator), { prepare: hesitant });
  await withPasskey(page);
  await beginAutofill(page);
  await expect.poll(() => page.evaluate(() => asked)).toEqual(['conditional']);
  expect(await call(page, 'signIn', { ...ZOE, password: 'Wrong-Lemon9&' })).toMatchObject({ reason: 'wrong_password' });
  const cancelled = await page.evaluate(async (input) => {
    const { get } = navigator.credentials;
    navigator.credentials.get = async () => {
      navigator.credentials.get = get;
      throw new DOMException('', 'NotAllowedError');
    };
    return auth.signIn(input).catch(plain);
  }, BY_PASSKEY);
  expect(cancelled).toMatchObject({ reason: 'passkey_cancelled' });
  await expect.poll(() => page.evaluate(() => asked)).toEqual(['conditional', 'conditional']);
  expect(await isWaiting(page)).toBe(true);
  expect(await call(page, 'signIn', ZOE)).toEqual(DONE);
  expect(await outcomeOf(page)).toMatchObject({ name: 'PasskeyOperationAborted', reason: 'passkey_superseded' });
});

test('an abort, and disposal, end a wait for autofill', async ({ context, emulator }) => {
  const { page } = await passkeyPage(context, await passkeyPool(emulator), { prepare: hesitant });
  await withPasskey(page);
  await beginAutofill(page);
  await expect.poll(() => page.evaluate(() => asked.length)).toBe(1);
  await page.evaluate(() => ending.abort());
  expect(await outcomeOf(page)).toMatchObject({ code: 'aborted' });
  await beginAutofill(page);
  await expect.poll(() => page.evaluate(() => asked.length)).toBe(2);
  await page.evaluate(() => auth.dispose());
  expect(await outcomeOf(page)).toMatchObject({ code: 'disposed' });
});

test('without the part for passkeys a call says which files are missing, and the step is kept', async ({ context, emulator, troubles }) => {
  const pool = await passkeyPool(emulator);
  const { page, held } = await passkeyPage(context, pool);
  await withPasskey(page);
  const { page: broken } = await passkeyPage(context, pool, { passkeys: await held() });
  await broken.route('**/passkeys.js', (route) => route.abort('connectionrefused'));
  troubles.expect(/passkeys\.js|net::ERR_/);
  expect(await call(broken, 'signIn', BY_PASSKEY)).toMatchObject({ name: 'NetworkError', code: 'network', retryable: true });
  expect(await call(broken, 'pendingSignIn')).toMatchObject({ nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_PASSKEY' } });
});
