// amazon-cognito-identity-js: what people do with their account, at poolpass-local.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { CognitoUserAttribute } from 'amazon-cognito-identity-js';
import { advanceClock, alice, bob, lastCode, reset } from './emulator.mjs';
import { ask, authenticate, call, completeNewPassword, openPool, signedIn, userOf } from './identity_js.mjs';
import { attributesOf, makePool, makeUser } from './pools.mjs';

beforeEach(reset);

const NEW_PASSWORD = 'Brand-New-2!';
const attribute = (Name, Value) => new CognitoUserAttribute({ Name, Value });
const wrongFor = (code) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
/** A user's own attributes by name. */
const ownAttributes = async (user) =>
  Object.fromEntries((await call(user, 'getUserAttributes')).map((own) => [own.getName(), own.getValue()]));

test('a temporary password leads to a new one and the attributes that the pool requires', async () => {
  const required = (Name) => ({ Name, AttributeDataType: 'String', Required: true, Mutable: true });
  const made = await makePool({ Schema: [required('given_name'), required('email')] });
  const ann = { username: 'ann', password: 'Temporary-1!', email: 'ann@example.com' };
  await makeUser(made, ann, { temporary: true });
  const user = userOf(openPool(made), ann.username);
  const challenge = await authenticate(user, ann.password);
  assert.deepEqual(challenge, { challenge: 'NEW_PASSWORD_REQUIRED', userAttributes: { email: ann.email }, requiredAttributes: ['given_name'] });
  await assert.rejects(completeNewPassword(user, NEW_PASSWORD), { name: 'InvalidParameterException' });
  const again = userOf(openPool(made), ann.username);
  await authenticate(again, ann.password);
  const { session } = await completeNewPassword(again, NEW_PASSWORD, { given_name: 'Ann' });
  assert.equal(session.getIdToken().decodePayload().given_name, 'Ann');
  assert.ok((await signedIn({ ...ann, password: NEW_PASSWORD }, openPool(made))).session.isValid());
});

test('a forgotten password is replaced by a code', async () => {
  const user = userOf(openPool(), alice.username);
  const { delivery } = await ask(user, 'forgotPassword');
  assert.deepEqual(delivery.CodeDeliveryDetails, { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' });
  const code = await lastCode(alice.email);
  await assert.rejects(ask(user, 'confirmPassword', wrongFor(code), NEW_PASSWORD), { name: 'CodeMismatchException' });
  await assert.rejects(ask(user, 'confirmPassword', code, 'weak'), { name: 'InvalidPasswordException' });
  assert.deepEqual(await ask(user, 'confirmPassword', code, NEW_PASSWORD), { session: 'SUCCESS' });
  await assert.rejects(ask(user, 'confirmPassword', code, 'Another-New-3!'), { name: 'ExpiredCodeException' });
  await assert.rejects(signedIn(alice), { name: 'NotAuthorizedException' });
  assert.ok((await signedIn({ ...alice, password: NEW_PASSWORD })).session.isValid());
});

test('the code for a forgotten password expires', async () => {
  const user = userOf(openPool(), alice.username);
  await ask(user, 'forgotPassword');
  const code = await lastCode(alice.email);
  await advanceClock(3601);
  await assert.rejects(ask(user, 'confirmPassword', code, NEW_PASSWORD), { name: 'ExpiredCodeException' });
});

test('a password is changed by who knows it', async () => {
  const { user } = await signedIn(bob);
  await assert.rejects(call(user, 'changePassword', 'Wrong-Horse7!', NEW_PASSWORD), { name: 'NotAuthorizedException' });
  assert.equal(await call(user, 'changePassword', bob.password, NEW_PASSWORD), 'SUCCESS');
  await assert.rejects(signedIn(bob), { name: 'NotAuthorizedException' });
  assert.ok((await signedIn({ ...bob, password: NEW_PASSWORD })).session.isValid());
});

test('attributes are changed and deleted; a new address is verified by the code that it is sent', async () => {
  const made = await makePool({ AutoVerifiedAttributes: ['email'] });
  const ann = { username: 'ann', password: 'Correct-Horse7!', email: 'ann@example.com', email_verified: 'true', nickname: 'Annie' };
  await makeUser(made, ann);
  const { user } = await signedIn(ann, openPool(made));
  const email = 'ann@example.org';
  assert.equal(await call(user, 'updateAttributes', [attribute('nickname', 'Nan'), attribute('email', email)]), 'SUCCESS');
  const { sub, ...changed } = await ownAttributes(user);
  assert.ok(sub);
  assert.deepEqual(changed, { nickname: 'Nan', email, email_verified: 'false' });
  const code = await lastCode(email);
  await assert.rejects(ask(user, 'verifyAttribute', 'email', wrongFor(code)), { name: 'CodeMismatchException' });
  assert.deepEqual(await ask(user, 'verifyAttribute', 'email', code), { session: 'SUCCESS' });
  assert.equal((await ownAttributes(user)).email_verified, 'true');

  assert.equal(await call(user, 'deleteAttributes', ['nickname']), 'SUCCESS');
  assert.equal((await attributesOf(made, ann.username)).nickname, undefined);
  await assert.rejects(call(user, 'updateAttributes', [attribute('custom:unknown', 'x')]), { name: 'InvalidParameterException' });
});

test('a verification code is sent again on demand', async () => {
  const made = await makePool({ AutoVerifiedAttributes: ['email'] });
  const ann = { username: 'ann', password: 'Correct-Horse7!', email: 'ann@example.com' };
  await makeUser(made, ann);
  const { user } = await signedIn(ann, openPool(made));
  const { delivery } = await ask(user, 'getAttributeVerificationCode', 'email');
  assert.deepEqual(delivery.CodeDeliveryDetails, { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' });
  assert.deepEqual(await ask(user, 'verifyAttribute', 'email', await lastCode(ann.email)), { session: 'SUCCESS' });
  assert.equal((await attributesOf(made, ann.username)).email_verified, 'true');
});

test('people delete themselves, and nothing is left', async () => {
  const { user, session } = await signedIn(bob);
  assert.equal(await call(user, 'deleteUser'), 'SUCCESS');
  await assert.rejects(signedIn(bob), { name: 'NotAuthorizedException', message: 'Incorrect username or password.' });
  user.setSignInUserSession(session);
  await assert.rejects(call(user, 'getUserAttributes'), { name: 'UserNotFoundException' });
});
