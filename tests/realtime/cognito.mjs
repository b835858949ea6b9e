// As much of Cognito as it takes to be signed in: a user pool that gives tokens, an identity pool that gives credentials.
// Tokens are not signed; the kit reads them from the service it talks to over TLS, and believes them.
export const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const POOL = 'eu-west-1_AbCdEf123';
const CLIENT = '1h57kf5cpq17m0eml12EXAMPLE';

export const SETTINGS = {
  userPool: { userPoolId: POOL, userPoolClientId: CLIENT },
  identityPool: { identityPoolId: 'eu-west-1:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11', allowGuestAccess: true },
  storage: 'memory',
  handleRedirect: false,
};

/**
 * Answers Cognito's operations. The n-th access token has the claim `jti` of `token-n` and is of the user who signed in last; the
 * n-th credentials have the access key ID `ASIAEXAMPLE<n>`.
 */
export function cognito() {
  let tokens = 0;
  let credentials = 0;
  const operations = [];
  const now = () => Math.floor(Date.now() / 1000);
  let username = 'zoe';
  const token = (use, claims) => {
    const iss = `https://cognito-idp.eu-west-1.amazonaws.com/${POOL}`;
    const payload = { sub: `${username}-1`, iss, token_use: use, iat: now(), exp: now() + 3600, auth_time: now(), jti: `token-${tokens}`, ...claims };
    return [{ alg: 'RS256', kid: 'k' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.c2ln';
  };
  const tokensNow = ({ AuthParameters }) => {
    tokens += 1;
    username = AuthParameters?.USERNAME ?? username;
    const AccessToken = token('access', { client_id: CLIENT, username });
    return { AuthenticationResult: { AccessToken, IdToken: token('id', { aud: CLIENT, 'cognito:username': username }), RefreshToken: 'refresh', ExpiresIn: 3600, TokenType: 'Bearer' }, ChallengeParameters: {} };
  };
  const answers = {
    InitiateAuth: tokensNow,
    GetTokensFromRefreshToken: tokensNow,
    RevokeToken: () => ({}),
    GetId: () => ({ IdentityId: 'eu-west-1:11111111-2222-3333-4444-555555555555' }),
    GetCredentialsForIdentity: ({ IdentityId }) => ({
      IdentityId,
      Credentials: { AccessKeyId: `ASIAEXAMPLE${(credentials += 1)}`, SecretKey: SECRET_KEY, SessionToken: 'session', Expiration: now() + 3600 },
    }),
  };
  const answer = ({ headers, body }) => {
    const operation = headers['x-amz-target']?.split('.').pop();
    if (!answers[operation]) return undefined;
    operations.push(operation);
    return { json: answers[operation](JSON.parse(body)), headers: { 'content-type': 'application/x-amz-json-1.1' } };
  };
  return { answer, operations };
}

/** The claims of a token. */
export const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
