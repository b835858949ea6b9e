import { createAuth } from 'poolpass';

let auth;

export async function prepare({ region, userPoolId, userPoolClientId }) {
  auth = await createAuth({ region, userPool: { userPoolId, userPoolClientId }, storage: 'memory' });
}

export async function verify(token) {
  const { sub } = await auth.verifyToken({ token, tokenUse: 'id' });
  return sub;
}
