// The AWS SDK for JavaScript v3 as a set-up script uses it.
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { endpoint, region, userPoolId } from './emulator.mjs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // it warns of Node versions of the future

/** How an SDK client is pointed at the emulator. */
export const connection = { region, endpoint, credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' } };

/** A client of a page's: with what our kit gives as credentials, just so. */
export function connected(t, Client, kit, settings = {}) {
  const client = new Client({ region, endpoint, credentials: kit.getCredentials, ...settings });
  t.after(() => client.destroy());
  return client;
}

export const cognito = new CognitoIdentityProvider(connection);

/** The scopes of an app client by `createAppClient`. */
export const SCOPES = ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin', 'notes/read'];

/** A public app client of the seed's pool that uses the hosted UI, with these addresses to come back to. Returns its id. */
export async function createAppClient(urls, settings = {}) {
  const { UserPoolClient } = await cognito.createUserPoolClient({
    UserPoolId: userPoolId,
    ClientName: 'interop',
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: SCOPES,
    SupportedIdentityProviders: ['COGNITO'],
    CallbackURLs: urls,
    LogoutURLs: urls,
    ...settings,
  });
  return UserPoolClient.ClientId;
}
