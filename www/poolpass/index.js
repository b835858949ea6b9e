// The entry point `poolpass`: everything.
import { entry } from './auth.js';
import { hostedUi } from './hosted_ui.js';
import { AWS, HOSTED_UI, SIGN_IN } from './methods.js';
import { provider } from './provider.js';
import { subscriptions } from './subscriptions.js';
import { importRest, wasm } from './wasm_file.js';

export { PoolpassError, isPoolpassError } from './error.js';

export const { createAuth, load } = entry({
  importRest,
  wasm,
  operations: [...SIGN_IN.operations, ...HOSTED_UI.operations],
  calls: [...SIGN_IN.calls, ...HOSTED_UI.calls, ...AWS.calls],
  parts: [hostedUi, provider, subscriptions],
});
