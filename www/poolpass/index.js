// The entry point `poolpass`: everything.
import { entry } from './auth.js';
import { hostedUi } from './hosted_ui.js';
import { provider } from './provider.js';
import { subscriptions } from './subscriptions.js';
import { importRest, wasm } from './wasm_file.js';

export { PoolpassError, isPoolpassError } from './error.js';

export const { createAuth, load } = entry({
  importRest,
  wasm,
  operations: ['signUp', 'confirmSignUp', 'resendSignUpCode', 'signIn', 'fetchUserAttributes', 'userInfo', 'verifyToken'],
  calls: ['signOut', 'signInWithRedirect', 'fetchProviderSession', 'unlinkIdentity', 'sign', 'presign', 'fetch', 'graphql'],
  parts: [hostedUi, provider, subscriptions],
});
