// A pool with passkeys, and pages whose browser has an authenticator with its user's finger at hand.
import { kitPage } from './kit.mjs';

export const ZOE = { username: 'zoe', password: 'Purple-Lemon9&' };

/** Makes a pool whose users may sign in with passkeys, with zoe in it. Returns the settings of its client. */
export async function passkeyPool(emulator, { web = {}, pool = {}, mfa = { MfaConfiguration: 'OFF' } } = {}) {
  const { UserPool } = await emulator.administer('CreateUserPool', {
    PoolName: 'passkeys',
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
    ...pool,
  });
  const UserPoolId = UserPool.Id;
  const WebAuthnConfiguration = { RelyingPartyId: 'localhost', ...web };
  await emulator.administer('SetUserPoolMfaConfig', { UserPoolId, WebAuthnConfiguration, ...mfa });
  const ExplicitAuthFlows = ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
  const { UserPoolClient } = await emulator.administer('CreateUserPoolClient', { UserPoolId, ClientName: 'passkeys', ExplicitAuthFlows });
  const { username: Username, password: Password } = ZOE;
  const UserAttributes = [{ Name: 'email', Value: 'zoe@example.com' }, { Name: 'email_verified', Value: 'true' }];
  await emulator.administer('AdminCreateUser', { UserPoolId, Username, UserAttributes, MessageAction: 'SUPPRESS' });
  await emulator.administer('AdminSetUserPassword', { UserPoolId, Username, Password, Permanent: true });
  await emulator.forgetRequests();
  return { userPoolId: UserPoolId, userPoolClientId: UserPoolClient.ClientId };
}

/** A page with the kit and an authenticator, which is the page's own. */
export async function passkeyPage(context, userPool, options = {}) {
  const page = await kitPage(context, { ...options, config: { userPool, ...options.config } });
  return { page, ...(await authenticatorOf(page, options)) };
}

/** Gives a page an authenticator. It may have another one's passkeys. */
async function authenticatorOf(page, { isUserThere = true, passkeys = [] } = {}) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: isUserThere,
    },
  });
  for (const credential of passkeys) await devtools.send('WebAuthn.addCredential', { authenticatorId, credential });
  return {
    held: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    setUserThere: (enabled) => devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
  };
}
