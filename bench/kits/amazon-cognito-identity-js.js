import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';

let pool;
let user;

export async function prepare({ userPoolId, userPoolClientId }) {
  pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: userPoolClientId });
}

export function signIn(username, password) {
  user = new CognitoUser({ Username: username, Pool: pool });
  const details = new AuthenticationDetails({ Username: username, Password: password });
  return new Promise((resolve, reject) => {
    user.authenticateUser(details, { onSuccess: (session) => resolve(session.isValid()), onFailure: reject });
  });
}

export const signOut = () => new Promise((resolve) => user.signOut(resolve));

export function accessToken() {
  const current = pool.getCurrentUser();
  return new Promise((resolve, reject) => {
    current.getSession((error, session) => (error ? reject(error) : resolve(session.getAccessToken().getJwtToken())));
  });
}
