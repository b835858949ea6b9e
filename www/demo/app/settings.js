/**
 * Where poolpass-local is, and which user pool and app client to use. The server of this page knows:
 * `{endpoint, region, userPoolId, userPoolClientId}`.
 */
export async function readSettings() {
  const reply = await fetch('/config.json', { cache: 'no-store' });
  if (!reply.ok) throw new Error(`The settings of this page, /config.json, cannot be read (status ${reply.status}).`);
  return reply.json();
}

/** The kit's configuration. The hosted page comes back to `home`, which the app client has to know. */
export function kitConfig({ endpoint, region, userPoolId, userPoolClientId }, home) {
  const oauth = {
    domain: 'poolpass-local.auth.eu-west-1.amazoncognito.com', // poolpass-local's own address stands in for it
    scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin', 'notes/read'],
    redirectSignIn: [home],
    redirectSignOut: [home],
  };
  return { region, userPool: { userPoolId, userPoolClientId, oauth }, endpoint };
}
