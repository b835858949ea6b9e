/** The identity pool that poolpass-local starts with. */
const IDENTITY_POOL = 'eu-west-1:00000000-0000-4000-8000-000000000001';

/** The key of its AppSync APIs, which belongs into pages: it lets everybody read. */
export const API_KEY = 'da2-poolpasslocal0000000000000';

/** The one token that the Lambda authoriser of its AppSync APIs lets in. */
export const LAMBDA_TOKEN = 'poolpass-lambda-token';

/**
 * Where poolpass-local is, and which user pool and app client to use. The server of this page knows:
 * `{endpoint, region, userPoolId, userPoolClientId}`.
 */
export async function readSettings() {
  const reply = await fetch('/config.json', { cache: 'no-store' });
  if (!reply.ok) throw new Error(`The settings of this page, /config.json, cannot be read (status ${reply.status}).`);
  return reply.json();
}

/** Signed with the identity pool's credentials: the APIs behind IAM have poolpass-local's address. */
const signedOrigin = ({ endpoint, region }) => ({ origin: endpoint, auth: 'iam', service: 'execute-api', region });

const identityPool = { identityPoolId: IDENTITY_POOL, allowGuestAccess: true };

/** The kit's configuration. The hosted page comes back to `home`, which the app client has to know. */
export function kitConfig(settings, home) {
  const { endpoint, region, userPoolId, userPoolClientId } = settings;
  const oauth = {
    domain: 'poolpass-local.auth.eu-west-1.amazoncognito.com', // poolpass-local's own address stands in for it
    scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin', 'notes/read'],
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

/** The name of the provider that is asked directly. */
export const OUTSIDE = 'example';

/** A kit without a user pool: a provider of the app's choice, and the identity pool. */
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
