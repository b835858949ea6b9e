/** The identity pool that poolpass-local starts with. */
const IDENTITY_POOL = 'eu-west-1:00000000-0000-4000-8000-000000000001';

/** The key of its AppSync APIs. It may be public: it only allows reading. */
export const API_KEY = 'da2-poolpasslocal0000000000000';

/** The only token that the Lambda authorizer of its AppSync APIs accepts. */
export const LAMBDA_TOKEN = 'poolpass-lambda-token';

/**
 * Asks the server of this page where poolpass-local is, and which user pool and app client to use:
 * `{endpoint, region, userPoolId, userPoolClientId}`.
 */
export async function readSettings() {
  const reply = await fetch('/config.json', { cache: 'no-store' });
  if (!reply.ok) throw new Error(`The page’s settings, /config.json, can’t be read (status ${reply.status}).`);
  return reply.json();
}

/** The rule for the APIs behind IAM: requests to poolpass-local are signed with the identity pool's credentials. */
const signedOrigin = ({ endpoint, region }) => ({ origin: endpoint, auth: 'iam', service: 'execute-api', region });

const identityPool = { identityPoolId: IDENTITY_POOL, allowGuestAccess: true };

/** The kit's configuration. The hosted page returns to `home`, which must be a callback URL of the app client. */
export function kitConfig(settings, home) {
  const { endpoint, region, userPoolId, userPoolClientId } = settings;
  const oauth = {
    domain: 'poolpass-local.auth.eu-west-1.amazoncognito.com', // poolpass-local stands in for it
    scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin', ...(settings.has('notes') ? ['notes/read'] : [])],
    redirectSignIn: [home],
    redirectSignOut: [home],
  };
  const appSync = (path) => ({ endpoint: `${endpoint}/${path}`, region, apiKey: API_KEY });
  return {
    region,
    userPool: { userPoolId, userPoolClientId, oauth },
    identityPool,
    graphql: appSync('graphql'),
    events: appSync('event'),
    origins: [signedOrigin(settings)],
    endpoint,
  };
}

/** The kit's name for the external provider. */
export const OUTSIDE = 'example';

/** The configuration of a kit without a user pool: an external provider and the identity pool. */
export function outsideConfig(settings, home) {
  const { endpoint, region } = settings;
  const provider = {
    issuer: `${endpoint}/_poolpass/providers/oidc`, // the stand-in of poolpass-local
    clientId: 'poolpass-public',
    scopes: ['openid', 'email', 'profile'],
    redirectSignIn: [home],
  };
  return { region, identityPool, oidcProviders: { [OUTSIDE]: provider }, origins: [signedOrigin(settings)], endpoint };
}
