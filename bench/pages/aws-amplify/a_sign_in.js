// A page with a form for user name and password.
import { Amplify } from 'aws-amplify';
import { signIn as amplifySignIn } from 'aws-amplify/auth';
import { userPoolClientId, userPoolId } from '../settings.js';

Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId } } });

export const signIn = (username, password) => amplifySignIn({ username, password });
