// Sessions in the form of the API.

/** A token in Amplify's form. */
export function jwt(token) {
  return token && { toString: () => token.token, payload: token.payload };
}

/** The result of `fetchAuthSession`. */
export function authSession({ tokens, userSub } = {}) {
  return {
    tokens: tokens && { ...tokens, accessToken: jwt(tokens.accessToken), idToken: jwt(tokens.idToken) },
    credentials: undefined,
    identityId: undefined,
    userSub,
  };
}
