// The methods of the entry points, by where they are: operations of the wasm, and calls of the rest of the JavaScript.

export const SIGN_IN = {
  operations: ['signUp', 'confirmSignUp', 'resendSignUpCode', 'signIn', 'fetchUserAttributes'],
  calls: ['warmUp', 'signOut', 'fetch'],
};

export const HOSTED_UI = {
  operations: ['userInfo', 'verifyToken'],
  calls: ['signInWithRedirect', 'fetchProviderSession'],
};

export const AWS = {
  calls: ['unlinkIdentity', 'sign', 'presign', 'graphql'],
};
