// aws-jwt-verify, given the emulator's keys: its own fetch would go to AWS.
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { WEB, fetchJwks, userPoolId } from './emulator.mjs';

export async function verifier(tokenUse, { clientId = WEB, poolId = userPoolId, ...checks } = {}) {
  const verifier = CognitoJwtVerifier.create({ userPoolId: poolId, clientId, tokenUse, ...checks });
  verifier.cacheJwks(await fetchJwks(poolId));
  return verifier;
}
