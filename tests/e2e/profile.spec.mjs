// The user's attributes, and the end of a user, in a page of the package.
import { ALICE, CAROL } from './support/emulator.mjs';
import { call, heard, kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED, UNREACHED } from './support/troubles.mjs';

const DONE = { isUpdated: true, nextStep: { updateAttributeStep: 'DONE' } };

async function signedIn(context, user = ALICE) {
  const page = await kitPage(context);
  expect(await call(page, 'signIn', user)).toMatchObject({ isSignedIn: true });
  return page;
}

test('attributes are changed, verified with a code and removed', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await signedIn(context);
  await emulator.forgetRequests();
  const waiting = {
    isUpdated: false,
    nextStep: {
      updateAttributeStep: 'CONFIRM_ATTRIBUTE_WITH_CODE',
      codeDeliveryDetails: { destination: 'n***@e***', deliveryMedium: 'EMAIL', attributeName: 'email' },
    },
  };
  expect(await call(page, 'updateUserAttributes', { userAttributes: { name: 'Alice', email: 'new@example.com', nickname: undefined } })).toEqual({ name: DONE, email: waiting });
  expect(await call(page, 'updateUserAttribute', { userAttribute: { attributeKey: 'nickname', value: 'Al' } })).toEqual(DONE);
  expect(await emulator.counts()).toEqual({ UpdateUserAttributes: 2 });

  const [first] = await emulator.codes('alice');
  expect(await call(page, 'sendUserAttributeVerificationCode', { userAttributeKey: 'email' })).toEqual(waiting.nextStep.codeDeliveryDetails);
  const [code] = await emulator.codes('alice');
  expect(code).not.toBe(first);
  const confirm = (confirmationCode) => call(page, 'confirmUserAttribute', { userAttributeKey: 'email', confirmationCode });
  expect(await confirm(code === '000000' ? '111111' : '000000')).toMatchObject({ name: 'CodeMismatchException', retryable: true });
  expect(await confirm(`${code.slice(0, 3)} ${code.slice(3)}`)).toBeUndefined();
  expect(await call(page, 'deleteUserAttributes', { userAttributeKeys: ['nickname'] })).toBeUndefined();
  const attributes = await call(page, 'fetchUserAttributes');
  expect(attributes).toMatchObject({ name: 'Alice', email: 'new@example.com', email_verified: 'true' });
  expect(attributes).not.toHaveProperty('nickname');
});

test('an address of another user, and an attribute that is missing, have their errors', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED);
  const page = await signedIn(context);
  await call(page, 'updateUserAttributes', { userAttributes: { email: 'bob@example.com' } });
  const [code] = await emulator.codes('alice');
  const taken = code
    ? await call(page, 'confirmUserAttribute', { userAttributeKey: 'email', confirmationCode: code })
    : await call(page, 'updateUserAttributes', { userAttributes: { email: 'bob@example.com' } });
  expect(taken).toMatchObject({ name: 'AliasExistsException', retryable: false, recoverySuggestion: expect.stringContaining('Another user') });
  await emulator.forgetRequests();
  expect(await call(page, 'deleteUserAttributes', { userAttributeKeys: [] })).toMatchObject({ code: 'bad_input', message: 'userAttributeKeys is required.' });
  expect(await call(page, 'updateUserAttribute', {})).toMatchObject({ code: 'bad_input', message: 'userAttribute is required.' });
  expect(await emulator.counts()).toEqual({});
});

test('without a session nothing is sent', async ({ context, emulator }) => {
  const page = await kitPage(context);
  await emulator.forgetRequests();
  expect(await call(page, 'updateUserAttributes', { userAttributes: { name: 'A' } })).toMatchObject({ code: 'signed_out' });
  expect(await call(page, 'setUpTOTP')).toMatchObject({ code: 'signed_out' });
  expect(await call(page, 'deleteUser')).toMatchObject({ code: 'signed_out' });
  expect(await emulator.counts()).toEqual({});
});

test('deleting the user ends the session in every tab', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED, /status of 500/);
  const page = await signedIn(context);
  const other = await kitPage(context);
  expect(await call(other, 'getCurrentUser')).toMatchObject({ username: 'alice' });
  await emulator.fault({ operation: 'DeleteUser', kind: 'error', status: 500, type: 'InternalErrorException', message: 'no' });
  expect(await call(page, 'deleteUser')).toMatchObject({ name: 'InternalErrorException' });
  expect(await call(page, 'getCurrentUser')).toMatchObject({ username: 'alice' });
  expect(await call(page, 'deleteUser')).toBeUndefined();
  expect(await heard(page)).toEqual(['signedIn', 'signedOut']);
  await expect.poll(() => heard(other)).toEqual(['signedOut']);
  for (const tab of [page, other]) expect(await call(tab, 'getCurrentUser')).toMatchObject({ code: 'signed_out' });
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.session.')))).toEqual([]);
  expect(await call(page, 'signIn', ALICE)).toMatchObject({ name: 'NotAuthorizedException', reason: 'wrong_password' });
});

test('the parts of the account are loaded with their first use, and a part that cannot be loaded leaves nothing done', async ({ context, emulator, troubles }) => {
  troubles.expect(UNREACHED);
  const page = await signedIn(context);
  const files = [];
  page.on('request', (request) => files.push(new URL(request.url()).pathname));
  await call(page, 'fetchUserAttributes');
  expect(files.filter((file) => file.includes('account'))).toEqual([]);
  await page.route('**/account.js', (route) => route.abort());
  await emulator.forgetRequests();
  expect(await call(page, 'setUpTOTP')).toMatchObject({ code: 'network', retryable: true });
  expect(await emulator.counts()).toEqual({});
});

test('a token is decoded without any request, and what is no token is refused', async ({ context }) => {
  const page = await signedIn(context);
  const seen = await page.evaluate(async () => {
    const { decodeJWT } = await import('/poolpass/index.js');
    const { tokens } = await auth.fetchAuthSession();
    const decoded = decodeJWT(tokens.idToken.toString());
    const refused = ['', 'a.b', 'a.b.c', null].map((token) => {
      try {
        return decodeJWT(token);
      } catch (error) {
        return error.code;
      }
    });
    return [decoded.payload, tokens.idToken.payload, decoded.toString() === tokens.idToken.toString(), refused];
  });
  expect(seen[0]).toEqual(seen[1]);
  expect(seen.slice(2)).toEqual([true, ['bad_input', 'bad_input', 'bad_input', 'bad_input']]);
});

test('an unconfirmed user is not signed in and has no profile', async ({ context, troubles }) => {
  troubles.expect(REFUSED);
  const page = await kitPage(context);
  expect(await call(page, 'signIn', CAROL)).toMatchObject({ isSignedIn: false, nextStep: { signInStep: 'CONFIRM_SIGN_UP' } });
  expect(await call(page, 'fetchUserAttributes')).toMatchObject({ code: 'signed_out' });
});
