// The server's side of the bench: a real SRP challenge out of the test vectors, tokens with a real signature, and a check
// that a kit's answer to the challenge is right.
// Independent of Poolpass: BigInt and node:crypto.
import { createHash, createHmac, generateKeyPairSync, hkdfSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const { group, cases } = JSON.parse(readFileSync(new URL('../tests/vectors/srp_user.json', import.meta.url), 'utf8'));
const vector = cases.find(({ name }) => name === 'basic');
const N = BigInt(`0x${group.N_hex}`);

export const settings = {
  region: vector.pool_id.split('_')[0],
  userPoolId: vector.pool_id,
  userPoolClientId: 'poolpassbenchclient0000001',
};

export const credentials = { username: vector.sign_in_username, password: vector.password };

export const challenge = {
  SALT: vector.salt_hex,
  SRP_B: vector.srp_b_hex,
  SECRET_BLOCK: vector.secret_block_b64,
  USERNAME: vector.user_id_for_srp,
  USER_ID_FOR_SRP: vector.user_id_for_srp,
};

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The pool's keys, as its `jwks.json` has them. */
export const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }] };

export const identityPoolId = `${settings.region}:00000000-0000-4000-8000-000000000001`;

/** What GetCredentialsForIdentity answers. */
export const awsCredentials = {
  AccessKeyId: 'ASIAPOOLPASSBENCH001',
  SecretKey: 'bench0secret0bench0secret0bench0secret00',
  SessionToken: 'bench-session-token'.repeat(20),
};

/** The claims of a user's tokens, except for the times. */
export const claims = {
  sub: '7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11',
  iss: `https://cognito-idp.${settings.region}.amazonaws.com/${settings.userPoolId}`,
  origin_jti: '4b1a2f5e-6a1d-4c0b-9d47-2d6a7a1f0e01',
  event_id: 'c9a0c6bb-3c55-4f42-8d36-0c6a9f2b7d02',
};
export const accessClaims = { token_use: 'access', client_id: settings.userPoolClientId, username: challenge.USERNAME, scope: 'aws.cognito.signin.user.admin openid', jti: 'e3d1a4f0-52aa-4a2e-8f0f-3b9f2c8d1a03' };
export const idClaims = { token_use: 'id', aud: settings.userPoolClientId, 'cognito:username': challenge.USERNAME, email: 'bench@example.com', email_verified: true, jti: 'f0c2b5e1-63bb-4b3f-9010-4ca03d9e2b04' };

/** Tokens as Cognito would fill and sign them, valid for an hour from now; `more` goes into the ID token. */
export function signedTokens(more) {
  const now = Math.floor(Date.now() / 1000);
  const times = { auth_time: now, iat: now, exp: now + 3600 };
  return {
    access_token: jwt({ ...claims, ...accessClaims, ...times }),
    id_token: jwt({ ...claims, ...idClaims, ...times, ...more }),
    refresh_token: 'bench-refresh-token',
    expires_in: 3600,
    token_type: 'Bearer',
  };
}

/** Throws unless these calls are one sign-in by someone who knows the password. */
export function assertSignedIn({ signedIn, calls }) {
  const sent = (operation) => calls.find((call) => call.operation === operation)?.body;
  const response = sent('RespondToAuthChallenge')?.ChallengeResponses;
  const A = BigInt(`0x${sent('InitiateAuth')?.AuthParameters?.SRP_A ?? 0}`);
  const [B, b, v] = [vector.srp_b_hex, vector.b_hex, vector.verifier_hex].map((hex) => BigInt(`0x${hex}`));
  const u = BigInt(`0x${createHash('sha256').update(padded(A)).update(padded(B)).digest('hex')}`);
  const S = power(A * power(v, u), b);
  const key = hkdfSync('sha256', padded(S), padded(u), 'Caldera Derived Key', 16);
  const claim = createHmac('sha256', Buffer.from(key))
    .update(vector.pool_name)
    .update(vector.user_id_for_srp)
    .update(Buffer.from(vector.secret_block_b64, 'base64'))
    .update(response?.TIMESTAMP ?? '')
    .digest('base64');
  if (!signedIn || response?.PASSWORD_CLAIM_SIGNATURE !== claim) {
    throw new Error(`no true sign-in: ${JSON.stringify(calls.map(({ operation }) => operation))}`);
  }
}

function jwt(payload) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ kid: 'bench', alg: 'RS256' })}.${part(payload)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

/** A number as Cognito hashes it: whole bytes, with a zero byte before a set top bit. */
function padded(value) {
  const hex = value.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

function power(base, exponent) {
  let result = 1n;
  for (base %= N; exponent > 0n; exponent >>= 1n, base = (base * base) % N) {
    if (exponent & 1n) result = (result * base) % N;
  }
  return result;
}
