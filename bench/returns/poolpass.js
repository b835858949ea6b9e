// Leaving for the hosted UI, and the page that the user returns to.
import { createAuth } from 'poolpass';

const open = ({ region, userPoolId, userPoolClientId, domain, page }) => {
  const oauth = { domain, scopes: ['openid'], redirectSignIn: [page], redirectSignOut: [page] };
  return createAuth({ region, userPool: { userPoolId, userPoolClientId, oauth } });
};

export async function leave(settings) {
  const auth = await open(settings);
  await auth.signInWithRedirect();
}

export async function arrive(settings) {
  const auth = await open(settings);
  await auth.handleRedirect();
  const { tokens } = await auth.fetchAuthSession();
  return tokens.accessToken.toString();
}
