// Leaving for the hosted UI, and the page that the user returns to.
import { Amplify } from 'aws-amplify';
import { fetchAuthSession, signInWithRedirect } from 'aws-amplify/auth';
import 'aws-amplify/auth/enable-oauth-listener';
import { Hub } from 'aws-amplify/utils';

const configure = ({ userPoolId, userPoolClientId, domain, page }) => {
  const oauth = { domain, scopes: ['openid'], redirectSignIn: [page], redirectSignOut: [page], responseType: 'code' };
  Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, loginWith: { oauth } } } });
};

export async function leave(settings) {
  configure(settings);
  await signInWithRedirect();
}

export async function arrive(settings) {
  const signedIn = new Promise((resolve, reject) => {
    Hub.listen('auth', ({ payload: { event, data } }) => {
      if (event === 'signedIn') resolve();
      if (event === 'signInWithRedirect_failure') reject(data?.error ?? new Error(event));
    });
  });
  configure(settings);
  await signedIn;
  const { tokens } = await fetchAuthSession();
  return tokens.accessToken.toString();
}
