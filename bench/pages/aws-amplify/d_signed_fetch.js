// A page with a password form that then calls an API that wants AWS signatures.
import { Amplify } from 'aws-amplify';
import { get } from 'aws-amplify/api';
import { signIn as amplifySignIn } from 'aws-amplify/auth';
import { api, identityPoolId, region, userPoolClientId, userPoolId } from '../settings.js';

Amplify.configure({
  Auth: { Cognito: { userPoolId, userPoolClientId, identityPoolId } },
  API: { REST: { api: { endpoint: api, region, service: 'execute-api' } } },
});

export const signIn = (username, password) => amplifySignIn({ username, password });
export const notes = () => get({ apiName: 'api', path: '/notes' }).response;
