import { createAuth } from 'poolpass';

let auth;
let place;

export async function prepare({ place: given, identityPoolId }) {
  place = given;
  auth = await createAuth({ region: place.region, identityPool: { identityPoolId, allowGuestAccess: true }, storage: 'memory' });
  await auth.getCredentials();
}

export async function sign({ url, headers, body, payloadHash }) {
  const signed = await auth.sign({ method: 'POST', url, headers, body, payloadHash }, place);
  return signed.authorization;
}
