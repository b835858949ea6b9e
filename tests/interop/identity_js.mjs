// amazon-cognito-identity-js, whose calls take callbacks, as promises.
import { promisify } from 'node:util';
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { WEB, endpoint, userPoolId } from './emulator.mjs';
import { MemoryStorage } from './memory_storage.mjs';

/** A pool as one browser sees it. */
export function openPool({ clientId = WEB, poolId = userPoolId, storage = new MemoryStorage() } = {}) {
  return new CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint, Storage: storage });
}

export function userOf(pool, username) {
  return new CognitoUser({ Username: username, Pool: pool, Storage: pool.storage });
}

/** Calls a method whose last argument is a callback(error, result). */
export function call(object, method, ...input) {
  return promisify(object[method]).call(object, ...input);
}

const callbacks = (resolve, reject) => ({
  onSuccess: (session) => resolve({ session }),
  onFailure: reject,
  newPasswordRequired: (userAttributes, requiredAttributes) =>
    resolve({ challenge: 'NEW_PASSWORD_REQUIRED', userAttributes, requiredAttributes }),
  customChallenge: (parameters) => resolve({ challenge: 'CUSTOM_CHALLENGE', parameters }),
  mfaRequired: (challenge, parameters) => resolve({ challenge, parameters }),
  totpRequired: (challenge, parameters) => resolve({ challenge, parameters }),
  selectMFAType: (challenge, parameters) => resolve({ challenge, parameters }),
  mfaSetup: (challenge, parameters) => resolve({ challenge, parameters }),
  associateSecretCode: (secret) => resolve({ secret }),
  inputVerificationCode: (delivery) => resolve({ delivery }),
});

/** Calls a method that takes {onSuccess, onFailure}; resolves to a challenge's name and parameters where one comes instead. */
export function ask(user, method, ...input) {
  return new Promise((resolve, reject) => {
    user[method](...input, callbacks(resolve, reject));
  });
}

/** Answers with a code; this method takes the kind of code after its callbacks. */
export function sendCode(user, code, kind) {
  return new Promise((resolve, reject) => {
    user.sendMFACode(code, callbacks(resolve, reject), kind);
  });
}

/** Signs in, by SRP unless the user object was told otherwise. */
export function authenticate(user, password) {
  return ask(user, 'authenticateUser', new AuthenticationDetails({ Username: user.getUsername(), Password: password }));
}

/** Begins with the challenges of the pool's own functions; after a password where there is one. */
export function beginCustomAuth(user, password) {
  user.setAuthenticationFlowType('CUSTOM_AUTH');
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password: password });
  return ask(user, password ? 'authenticateUser' : 'initiateAuth', details);
}

export const answerCustomChallenge = (user, answer) => ask(user, 'sendCustomChallengeAnswer', answer);

export const completeNewPassword = (user, password, attributes = {}) =>
  ask(user, 'completeNewPasswordChallenge', password, attributes);

export const globalSignOut = (user) => ask(user, 'globalSignOut');

/** A user of a new browser, signed in by SRP, and the session. */
export async function signedIn({ username, password }, pool = openPool()) {
  const user = userOf(pool, username);
  const { session } = await authenticate(user, password);
  if (!session) throw new Error(`${username} was not signed in`);
  return { user, session };
}

/** The three tokens of a session as text. */
export function tokensOf(session) {
  return {
    accessToken: session.getAccessToken().getJwtToken(),
    idToken: session.getIdToken().getJwtToken(),
    refreshToken: session.getRefreshToken().getToken(),
  };
}
