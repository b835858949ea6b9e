// pycognito signs in at poolpass-local, alone and with a device.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { forget, password, trackedPool, username } from './devices.mjs';
import { WEB, alice, countingRequests, endpoint, region, reset, userPoolId } from './emulator.mjs';
import { script } from './python.mjs';

beforeEach(reset);

const ask = script({ after }, 'pycognito_user.py');
const signIn = (input) => ask({ endpoint, region, ...input });
const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

test('a user signs in by SRP', async () => {
  const { tokens } = await signIn({ poolId: userPoolId, clientId: WEB, ...alice });
  assert.equal(claims(tokens.AccessToken).username, alice.username);
  assert.ok(tokens.IdToken && tokens.RefreshToken && !tokens.NewDeviceMetadata);
  await assert.rejects(signIn({ poolId: userPoolId, clientId: WEB, ...alice, password: 'Wrong-Horse7!' }), {
    name: 'NotAuthorizedException', message: 'Incorrect username or password.',
  });
});

test('a device is registered and proves itself without a Session', async () => {
  const settings = await trackedPool({ ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false });
  const user = { ...settings, username, password };
  const { device } = await signIn({ ...user, register: true });
  const requests = await countingRequests(async () => {
    const { tokens } = await signIn({ ...user, device });
    assert.equal(claims(tokens.AccessToken).device_key, device.key);
    assert.ok(!tokens.NewDeviceMetadata);
  });
  assert.deepEqual(requests, { InitiateAuth: 1, RespondToAuthChallenge: 3 });
  await assert.rejects(signIn({ ...user, device: { ...device, password: 'stolen without it' } }), {
    name: 'NotAuthorizedException', message: 'Incorrect username or password.',
  });
  await forget(settings.poolId, device.key);
  await assert.rejects(signIn({ ...user, device }), { name: 'ResourceNotFoundException', message: 'Device does not exist.' });
});
