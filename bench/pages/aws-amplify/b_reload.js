// A page of an app whose user is signed in: it needs the user's name and a token for the app's own API.
import { Amplify } from 'aws-amplify';
import { fetchAuthSession, getCurrentUser } from 'aws-amplify/auth';
import { userPoolClientId, userPoolId } from '../settings.js';

Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId } } });

export async function start() {
  const { username } = await getCurrentUser();
  const { tokens } = await fetchAuthSession();
  return { username, token: tokens.accessToken.toString() };
}
