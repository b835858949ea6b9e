// A page with a password form that then calls an API that wants AWS signatures.
import { createAuth } from 'poolpass';
import { api, identityPoolId, region, userPoolClientId, userPoolId } from '../settings.js';

const auth = await createAuth({
  userPool: { userPoolId, userPoolClientId },
  identityPool: { identityPoolId },
  origins: [{ origin: api, auth: 'iam', service: 'execute-api', region }],
});

export const signIn = (username, password) => auth.signIn({ username, password });
export const notes = () => auth.fetch(`${api}/notes`);
