// A pool that remembers devices and asks its user ann for a code by text message.
const PASSWORD = 'Correct-Horse7!';
const SIGNATURE = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20300101/eu-west-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;

/** `onPrompt`: only devices that the user agrees to are remembered. */
export async function trackedPool(emulator, { onPrompt = false } = {}) {
  async function call(operation, input) {
    const headers = { authorization: SIGNATURE, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` };
    const reply = await fetch(`${emulator.endpoint}/`, { method: 'POST', headers, body: JSON.stringify(input) });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${operation}: ${reply.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  const devices = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: onPrompt };
  const { UserPool } = await call('CreateUserPool', { PoolName: 'devices', DeviceConfiguration: devices });
  const UserPoolId = UserPool.Id;
  const administer = (operation, input) => call(operation, { UserPoolId, ...input });
  const ExplicitAuthFlows = ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
  const { UserPoolClient } = await administer('CreateUserPoolClient', { ClientName: 'app', ExplicitAuthFlows });
  const phone = [{ Name: 'phone_number', Value: '+15551234567' }, { Name: 'phone_number_verified', Value: 'true' }];
  await administer('AdminCreateUser', { Username: 'ann', MessageAction: 'SUPPRESS', UserAttributes: phone });
  await administer('AdminSetUserPassword', { Username: 'ann', Password: PASSWORD, Permanent: true });
  const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' };
  await administer('SetUserPoolMfaConfig', { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: { SmsConfiguration } });
  await administer('AdminSetUserMFAPreference', { Username: 'ann', SMSMfaSettings: { Enabled: true, PreferredMfa: true } });
  return {
    password: PASSWORD,
    administer,
    /** Of `kitPage`. */
    settings: { clientId: UserPoolClient.ClientId, config: { userPool: { userPoolId: UserPoolId, userPoolClientId: UserPoolClient.ClientId } } },
    /** The code that was sent last. */
    async code() {
      const { messages } = await (await fetch(`${emulator.endpoint}/_poolpass/inbox?to=ann`)).json();
      return messages[0].code;
    },
  };
}
