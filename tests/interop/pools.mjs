// User pools that a test makes for itself, as an administrator.
import { cognito } from './administrator.mjs';

const FLOWS = ['USER_AUTH', 'USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'ADMIN_USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH'];
/** Lets a pool send SMS, which makes them a second factor, too. */
export const SMS = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'interop' };
const SENDER = { EmailSendingAccount: 'DEVELOPER', SourceArn: 'arn:aws:ses:eu-west-1:000000000000:identity/example.com' };
const FACTORS = {
  SMS_MFA: { SmsMfaConfiguration: { SmsConfiguration: SMS } },
  SOFTWARE_TOKEN_MFA: { SoftwareTokenMfaConfiguration: { Enabled: true } },
  EMAIL_OTP: { EmailMfaConfiguration: {} },
};

/** What a pool is called by its clients' settings. */
export const cognitoOf = ({ poolId, clientId }) => ({ userPoolId: poolId, userPoolClientId: clientId });

/** A pool with a mail sender of its own and these settings of CreateUserPool, and an app client that may use every flow. */
export async function makePool(settings = {}, { mfa = 'OFF', factors = [] } = {}) {
  const { UserPool } = await cognito.createUserPool({ PoolName: 'interop', EmailConfiguration: SENDER, ...settings });
  const UserPoolId = UserPool.Id;
  if (mfa !== 'OFF') {
    const chosen = Object.assign({}, ...factors.map((factor) => FACTORS[factor]));
    await cognito.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: mfa, ...chosen });
  }
  const ExplicitAuthFlows = FLOWS.map((flow) => `ALLOW_${flow}`);
  const { UserPoolClient } = await cognito.createUserPoolClient({ UserPoolId, ClientName: 'app', ExplicitAuthFlows });
  return { poolId: UserPoolId, clientId: UserPoolClient.ClientId };
}

/** A user of the pool with a password that stays, or with a temporary one. */
export async function makeUser({ poolId }, { username, password, ...attributes }, { temporary = false } = {}) {
  const named = { UserPoolId: poolId, Username: username };
  const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  await cognito.adminCreateUser({ ...named, UserAttributes, MessageAction: 'SUPPRESS' });
  await cognito.adminSetUserPassword({ ...named, Password: password, Permanent: !temporary });
}

/** Which second factors a user has, and which is asked for. */
export function setMfa({ poolId }, username, settings) {
  return cognito.adminSetUserMFAPreference({ UserPoolId: poolId, Username: username, ...settings });
}

/** Attributes of a user by name, as an administrator sees them. */
export async function attributesOf({ poolId }, username) {
  const { UserAttributes } = await cognito.adminGetUser({ UserPoolId: poolId, Username: username });
  return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
}
