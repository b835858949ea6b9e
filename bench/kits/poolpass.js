import { createAuth } from 'poolpass';

let auth;

export async function prepare({ region, userPoolId, userPoolClientId }) {
  auth = await createAuth({ region, userPool: { userPoolId, userPoolClientId } });
}

export const warmUp = () => auth.warmUp();

export async function signIn(username, password) {
  const { isSignedIn } = await auth.signIn({ username, password });
  return isSignedIn;
}

export const signOut = () => auth.signOut();

export async function accessToken() {
  const { tokens } = await auth.fetchAuthSession();
  return tokens.accessToken.toString();
}
