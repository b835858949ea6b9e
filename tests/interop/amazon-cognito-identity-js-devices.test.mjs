// amazon-cognito-identity-js registers devices with poolpass-local and signs in with them.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { AuthenticationDetails } from 'amazon-cognito-identity-js';
import { devicesOf, forget, freshCode, offerApps, password, trackedPool, username } from './devices.mjs';
import { countingRequests, reset } from './emulator.mjs';
import { call, openPool, userOf } from './identity_js.mjs';

beforeEach(reset);

const always = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false };
const onPrompt = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true };

/** Calls a method that takes {onSuccess, onFailure}; resolves with what onSuccess gets, or with the challenge. */
function ask(user, method, ...input) {
  return new Promise((resolve, reject) => {
    user[method](...input, {
      onSuccess: (result, confirmationNecessary) => resolve({ result, confirmationNecessary }),
      onFailure: reject,
      totpRequired: () => resolve({ challenge: 'SOFTWARE_TOKEN_MFA' }),
      associateSecretCode: (secret) => resolve({ secret }),
    });
  });
}

/** Answers with a code; this method takes its callbacks before the kind of code. */
const sendCode = (user, code) =>
  new Promise((resolve, reject) => {
    user.sendMFACode(code, { onSuccess: resolve, onFailure: reject }, 'SOFTWARE_TOKEN_MFA');
  });

/** A new tab of the same browser, and what signing in gives. */
async function signIn(pool) {
  const user = userOf(pool, username);
  const details = new AuthenticationDetails({ Username: username, Password: password });
  return { user, ...(await ask(user, 'authenticateUser', details)) };
}

const deviceKey = (pool) => pool.storage.ending('.deviceKey');

/** Sets up an authenticator app for a signed-in user. */
async function setUpApp(user, used) {
  const { secret } = await ask(user, 'associateSoftwareToken');
  await ask(user, 'verifySoftwareToken', await freshCode(secret, used), 'phone');
  await call(user, 'setUserMfaPreference', null, { PreferredMfa: true, Enabled: true });
  return secret;
}

test('a device is registered by the first sign-in and proves itself in the next', async () => {
  const settings = await trackedPool(always);
  const pool = openPool(settings);
  const first = await signIn(pool);
  assert.ok(!first.confirmationNecessary);
  assert.deepEqual(await devicesOf(settings.poolId), [{ key: deviceKey(pool), status: 'remembered' }]);
  assert.equal(first.result.getAccessToken().decodePayload().device_key, deviceKey(pool));

  let second;
  const requests = await countingRequests(async () => {
    second = await signIn(pool);
  });
  assert.deepEqual(requests, { InitiateAuth: 1, RespondToAuthChallenge: 3 });
  assert.equal(second.result.getAccessToken().decodePayload().device_key, deviceKey(pool));
  assert.equal((await devicesOf(settings.poolId)).length, 1);
});

test('a remembered device takes the place of a code, another one does not', async () => {
  const settings = await trackedPool(onPrompt);
  await offerApps(settings.poolId);
  const pool = openPool(settings);
  const { user, confirmationNecessary } = await signIn(pool);
  assert.equal(confirmationNecessary, true);
  const used = [];
  const secret = await setUpApp(user, used);

  const asked = await signIn(pool);
  assert.equal(asked.challenge, 'SOFTWARE_TOKEN_MFA', 'not remembered yet');
  await sendCode(asked.user, await freshCode(secret, used));
  assert.deepEqual(await ask(asked.user, 'setDeviceStatusRemembered'), { result: 'SUCCESS', confirmationNecessary: undefined });
  const remembered = await signIn(pool);
  assert.ok(remembered.result?.isValid());
  assert.equal((await signIn(openPool(settings))).challenge, 'SOFTWARE_TOKEN_MFA', 'another browser');

  await ask(remembered.user, 'setDeviceStatusNotRemembered');
  assert.equal((await signIn(pool)).challenge, 'SOFTWARE_TOKEN_MFA');
});

test('devices are listed, shown and forgotten', async () => {
  const settings = await trackedPool(always);
  const [pool, other] = [openPool(settings), openPool(settings)];
  const { user } = await signIn(pool);
  await signIn(other);
  const { result } = await ask(user, 'listDevices', 10, null);
  assert.deepEqual(result.Devices.map(({ DeviceKey }) => DeviceKey).sort(), [deviceKey(pool), deviceKey(other)].sort());
  const shown = await ask(user, 'getDevice');
  assert.equal(shown.result.Device.DeviceKey, deviceKey(pool));

  await ask(user, 'forgetSpecificDevice', deviceKey(other));
  await ask(user, 'forgetDevice');
  assert.deepEqual(await devicesOf(settings.poolId), []);
  assert.deepEqual(pool.storage.keys().filter((key) => key.endsWith('.deviceKey')), []);
});

test('a device that an administrator forgot is given another name', async () => {
  const settings = await trackedPool(always);
  const pool = openPool(settings);
  await signIn(pool);
  const before = deviceKey(pool);
  await forget(settings.poolId, before);
  const { result } = await signIn(pool);
  assert.ok(result.isValid());
  assert.notEqual(deviceKey(pool), before);
  assert.deepEqual((await devicesOf(settings.poolId)).map(({ key }) => key), [deviceKey(pool)]);
});

test('tokens are refreshed with the device, and not without it', async () => {
  const settings = await trackedPool(always);
  const pool = openPool(settings);
  const { user, result } = await signIn(pool);
  const fresh = await call(user, 'refreshSession', result.getRefreshToken());
  assert.equal(fresh.getAccessToken().decodePayload().device_key, deviceKey(pool));
  const stranger = userOf(openPool(settings), username);
  await assert.rejects(call(stranger, 'refreshSession', result.getRefreshToken()), {
    name: 'NotAuthorizedException', message: 'Invalid Refresh Token',
  });
});
