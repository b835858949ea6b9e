import { CognitoJwtVerifier } from 'aws-jwt-verify';

let verifier;

export async function prepare({ userPoolId, userPoolClientId, jwks }) {
  verifier = CognitoJwtVerifier.create({ userPoolId, clientId: userPoolClientId, tokenUse: 'id' });
  verifier.cacheJwks(jwks);
}

export async function verify(token) {
  const { sub } = await verifier.verify(token);
  return sub;
}
