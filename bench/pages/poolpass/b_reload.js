// A page of an app whose user is signed in: it needs the user's name and a token for the app's own API.
import { createAuth } from 'poolpass/sign-in';
import { userPoolClientId, userPoolId } from '../settings.js';

const auth = await createAuth({ userPool: { userPoolId, userPoolClientId } });

export async function start() {
  const { username } = await auth.getCurrentUser();
  const { tokens } = await auth.fetchAuthSession();
  return { username, token: tokens.accessToken.toString() };
}
