// A page with a form for user name and password.
import { createAuth } from 'poolpass/sign-in';
import { userPoolClientId, userPoolId } from '../settings.js';

const auth = await createAuth({ userPool: { userPoolId, userPoolClientId } });

export const signIn = (username, password) => auth.signIn({ username, password });
