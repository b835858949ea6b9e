// aws-amplify registers devices with poolpass-local, remembers, lists and forgets them, and signs in with them.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { confirmSignIn, fetchAuthSession, fetchDevices, forgetDevice, rememberDevice, setUpTOTP, signIn, signOut, updateMFAPreference, verifyTOTPSetup } from 'aws-amplify/auth';
import { openApp } from './amplify.mjs';
import { devicesOf, forget, freshCode, offerApps, password, trackedPool, username } from './devices.mjs';
import { countingRequests, reset } from './emulator.mjs';
import { MemoryStorage } from './memory_storage.mjs';

globalThis.navigator ??= { userAgent: 'Node.js' }; // Node.js 20 has none, and it gives the device its name
beforeEach(reset);

const always = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false };
const onPrompt = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true };

/** A browser at the app of a pool. */
function browse({ poolId, clientId }, storage = new MemoryStorage()) {
  return openApp({ storage, cognito: { userPoolId: poolId, userPoolClientId: clientId } });
}

const deviceKey = (storage) => storage.ending('.deviceKey');
const authenticate = async () => (await signIn({ username, password })).nextStep.signInStep;

test('a device is registered by the first sign-in and proves itself in the next', async () => {
  const settings = await trackedPool(always);
  const storage = browse(settings);
  assert.equal(await authenticate(), 'DONE');
  const key = deviceKey(storage);
  assert.deepEqual(await devicesOf(settings.poolId), [{ key, status: 'remembered' }]);
  await signOut();
  const requests = await countingRequests(async () => assert.equal(await authenticate(), 'DONE'));
  assert.deepEqual(requests, { InitiateAuth: 1, RespondToAuthChallenge: 3 });
  assert.equal((await fetchAuthSession()).tokens.accessToken.payload.device_key, key);
  assert.equal((await fetchAuthSession({ forceRefresh: true })).tokens.accessToken.payload.device_key, key);
});

test('a device that the user has it remember takes the place of a code', async () => {
  const settings = await trackedPool(onPrompt);
  await offerApps(settings.poolId);
  const storage = browse(settings);
  await authenticate();
  const used = [];
  const { sharedSecret } = await setUpTOTP();
  await verifyTOTPSetup({ code: await freshCode(sharedSecret, used) });
  await updateMFAPreference({ totp: 'PREFERRED' });
  await signOut();

  assert.equal(await authenticate(), 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
  const { nextStep } = await confirmSignIn({ challengeResponse: await freshCode(sharedSecret, used) });
  assert.equal(nextStep.signInStep, 'DONE');
  await rememberDevice();
  assert.ok((await devicesOf(settings.poolId)).some(({ key, status }) => key === deviceKey(storage) && status === 'remembered'));
  await signOut();
  assert.equal(await authenticate(), 'DONE');
});

test('devices are listed and forgotten', async () => {
  const settings = await trackedPool(always);
  const storage = browse(settings);
  await authenticate();
  const listed = await fetchDevices();
  assert.deepEqual(listed.map(({ id }) => id), [deviceKey(storage)]);
  assert.ok(listed[0].name && listed[0].createDate instanceof Date);
  await forgetDevice();
  assert.deepEqual(await devicesOf(settings.poolId), []);
  assert.deepEqual(storage.keys().filter((key) => key.endsWith('.deviceKey')), []);
});

test('a device that an administrator forgot is given another name', async () => {
  const settings = await trackedPool(always);
  const storage = browse(settings);
  await authenticate();
  const before = deviceKey(storage);
  await signOut();
  await forget(settings.poolId, before);
  assert.equal(await authenticate(), 'DONE');
  assert.notEqual(deviceKey(storage), before);
});
