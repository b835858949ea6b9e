// aws-amplify: what people do with their account, at poolpass-local.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import {
  confirmResetPassword, confirmUserAttribute, deleteUser, deleteUserAttributes, fetchUserAttributes, getCurrentUser, resetPassword,
  sendUserAttributeVerificationCode, signIn, signOut, updatePassword, updateUserAttribute, updateUserAttributes,
} from 'aws-amplify/auth';
import { openApp } from './amplify.mjs';
import { alice, bob, lastCode, reset } from './emulator.mjs';
import { cognitoOf, makePool, makeUser } from './pools.mjs';

beforeEach(reset);

const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };
const NEW_PASSWORD = 'Brand-New-2!';
const credentials = ({ username, password }) => ({ username, password });
const ann = { username: 'ann', password: 'Correct-Horse7!', email: 'ann@example.com', nickname: 'Annie' };
const byEmail = (destination) => ({ destination, deliveryMedium: 'EMAIL', attributeName: 'email' });
const wrongFor = (code) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** ann, signed in at a pool that verifies e-mail addresses. */
async function openPool() {
  const made = await makePool({ AutoVerifiedAttributes: ['email'] });
  await makeUser(made, ann);
  openApp({ cognito: cognitoOf(made) });
  assert.deepEqual(await signIn(credentials(ann)), DONE);
}

test('attributes are changed and deleted; a new address is verified by the code that it is sent', async () => {
  await openPool();
  const email = 'ann@example.org';
  assert.deepEqual(await updateUserAttributes({ userAttributes: { nickname: 'Nan', email } }), {
    nickname: { isUpdated: true, nextStep: { updateAttributeStep: 'DONE' } },
    email: { isUpdated: false, nextStep: { updateAttributeStep: 'CONFIRM_ATTRIBUTE_WITH_CODE', codeDeliveryDetails: byEmail('a***@e***') } },
  });
  const confirmationCode = await lastCode(email);
  await assert.rejects(confirmUserAttribute({ userAttributeKey: 'email', confirmationCode: wrongFor(confirmationCode) }), { name: 'CodeMismatchException' });
  await confirmUserAttribute({ userAttributeKey: 'email', confirmationCode });
  const { sub, ...attributes } = await fetchUserAttributes();
  assert.equal(sub, (await getCurrentUser()).userId);
  assert.deepEqual(attributes, { nickname: 'Nan', email, email_verified: 'true' });

  assert.deepEqual(await updateUserAttribute({ userAttribute: { attributeKey: 'nickname', value: 'Nana' } }), {
    isUpdated: true, nextStep: { updateAttributeStep: 'DONE' },
  });
  await deleteUserAttributes({ userAttributeKeys: ['nickname'] });
  assert.equal((await fetchUserAttributes()).nickname, undefined);
});

test('a verification code is sent on demand', async () => {
  await openPool();
  assert.deepEqual(await sendUserAttributeVerificationCode({ userAttributeKey: 'email' }), byEmail('a***@e***'));
  await confirmUserAttribute({ userAttributeKey: 'email', confirmationCode: await lastCode(ann.email) });
  assert.equal((await fetchUserAttributes()).email_verified, 'true');
});

test('a forgotten password is replaced by a code', async () => {
  openApp();
  const { nextStep } = await resetPassword({ username: alice.username });
  assert.deepEqual(nextStep, { resetPasswordStep: 'CONFIRM_RESET_PASSWORD_WITH_CODE', codeDeliveryDetails: byEmail('a***@e***') });
  const confirmationCode = await lastCode(alice.email);
  const answer = { username: alice.username, newPassword: NEW_PASSWORD };
  await assert.rejects(confirmResetPassword({ ...answer, confirmationCode: wrongFor(confirmationCode) }), { name: 'CodeMismatchException' });
  await confirmResetPassword({ ...answer, confirmationCode });
  await assert.rejects(signIn(credentials(alice)), { name: 'NotAuthorizedException' });
  assert.deepEqual(await signIn({ username: alice.username, password: NEW_PASSWORD }), DONE);
});

test('a password is changed by who knows it', async () => {
  openApp();
  await signIn(credentials(bob));
  await assert.rejects(updatePassword({ oldPassword: 'Wrong-Horse7!', newPassword: NEW_PASSWORD }), { name: 'NotAuthorizedException' });
  await updatePassword({ oldPassword: bob.password, newPassword: NEW_PASSWORD });
  await signOut();
  assert.deepEqual(await signIn({ username: bob.username, password: NEW_PASSWORD }), DONE);
});

test('people delete themselves, and nothing is left', async () => {
  const storage = openApp();
  await signIn(credentials(bob));
  const entries = storage.keys().map((key) => [key, storage.getItem(key)]);
  await deleteUser();
  assert.deepEqual(storage.keys(), []);
  await assert.rejects(signIn(credentials(bob)), { name: 'NotAuthorizedException', message: 'Incorrect username or password.' });
  for (const entry of entries) storage.setItem(...entry); // somebody kept a copy
  await assert.rejects(fetchUserAttributes(), { name: 'UserNotFoundException' });
});
