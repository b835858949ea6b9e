import { Amplify } from 'aws-amplify';
import * as auth from 'aws-amplify/auth';

export async function prepare({ userPoolId, userPoolClientId }) {
  Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId } } });
}

export async function signIn(username, password) {
  const { isSignedIn } = await auth.signIn({ username, password });
  return isSignedIn;
}

export const signOut = () => auth.signOut();

export async function accessToken() {
  const { tokens } = await auth.fetchAuthSession();
  return tokens.accessToken.toString();
}
