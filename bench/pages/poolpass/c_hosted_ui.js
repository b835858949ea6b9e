// A page that leaves for the hosted UI, and receives the response when the user returns.
import { createAuth } from 'poolpass/user-pool';
import { callback, domain, home, userPoolClientId, userPoolId } from '../settings.js';

const oauth = { domain, scopes: ['openid', 'email'], redirectSignIn: [callback], redirectSignOut: [home] };
const auth = await createAuth({ userPool: { userPoolId, userPoolClientId, oauth } });

export const signIn = () => auth.signInWithRedirect();
export const session = () => auth.fetchAuthSession();
