// Only the arithmetic is this kit's; the two requests are made by hand, and nothing is stored.
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';

let settings;

export async function prepare(given) {
  settings = given;
}

export async function signIn(username, password) {
  const { userPoolId, userPoolClientId: ClientId } = settings;
  const session = createSrpSession(username, password, userPoolId, false);
  const challenge = await call('InitiateAuth', wrapInitiateAuth(session, {
    ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { CHALLENGE_NAME: 'SRP_A', USERNAME: username },
  }));
  const { AuthenticationResult } = await call('RespondToAuthChallenge', wrapAuthChallenge(signSrpSession(session, challenge), {
    ClientId, ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses: { USERNAME: username },
  }));
  return Boolean(AuthenticationResult.AccessToken);
}

export async function signOut() {}

async function call(operation, body) {
  const reply = await fetch(`https://cognito-idp.${settings.region}.amazonaws.com/`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(body),
  });
  return reply.json();
}
