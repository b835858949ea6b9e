// A page that leaves for the hosted UI, and receives the response when the user returns.
import { Amplify } from 'aws-amplify';
import { fetchAuthSession, signInWithRedirect } from 'aws-amplify/auth';
import 'aws-amplify/auth/enable-oauth-listener';
import { callback, domain, home, userPoolClientId, userPoolId } from '../settings.js';

const oauth = { domain, scopes: ['openid', 'email'], redirectSignIn: [callback], redirectSignOut: [home], responseType: 'code' };
Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, loginWith: { oauth } } } });

export const signIn = () => signInWithRedirect();
export const session = () => fetchAuthSession();
