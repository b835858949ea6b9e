// A pool of the emulator that tracks devices, with an app client and a user.
import { setTimeout } from 'node:timers/promises';
import { cognito } from './administrator.mjs';
import { endpoint } from './emulator.mjs';

export const password = 'Correct-Horse7!';
export const username = 'ann';

/** A pool with these settings of its devices. */
export async function trackedPool(DeviceConfiguration) {
  const { UserPool } = await cognito.createUserPool({ PoolName: 'devices', DeviceConfiguration });
  const UserPoolId = UserPool.Id;
  const ExplicitAuthFlows = ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
  const { UserPoolClient } = await cognito.createUserPoolClient({ UserPoolId, ClientName: 'app', ExplicitAuthFlows });
  await cognito.adminCreateUser({ UserPoolId, Username: username, MessageAction: 'SUPPRESS' });
  await cognito.adminSetUserPassword({ UserPoolId, Username: username, Password: password, Permanent: true });
  return { poolId: UserPoolId, clientId: UserPoolClient.ClientId };
}

/** Lets the users of a pool have an authenticator app. */
export function offerApps(poolId) {
  const settings = { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } };
  return cognito.setUserPoolMfaConfig({ UserPoolId: poolId, ...settings });
}

/** A code of an app that has not been used: time passes until there is one. */
export async function freshCode(secret, used = []) {
  for (;;) {
    const response = await fetch(`${endpoint}/_poolpass/totp?secret=${secret}`);
    const { code } = await response.json();
    if (!used.includes(code)) {
      used.push(code);
      return code;
    }
    await fetch(`${endpoint}/_poolpass/clock`, { method: 'POST', body: JSON.stringify({ advanceSeconds: 30 }) });
    await setTimeout(0);
  }
}

/** The devices of the user, as an administrator sees them: key and status. */
export async function devicesOf(poolId) {
  const { Devices } = await cognito.adminListDevices({ UserPoolId: poolId, Username: username });
  const attribute = (device, name) => device.DeviceAttributes.find(({ Name }) => Name === name)?.Value;
  return Devices.map((device) => ({ key: device.DeviceKey, status: attribute(device, 'dev:device_remembered_status') }));
}

export const forget = (poolId, DeviceKey) => cognito.adminForgetDevice({ UserPoolId: poolId, Username: username, DeviceKey });
