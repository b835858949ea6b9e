// The entry point `poolpass/user-pool`: no AWS credentials, no AppSync.
import { entry } from './auth.js';
import { hostedUi } from './hosted_ui.js';
import { wasmUrl } from './wasm_url.js';

export { decodeJWT } from './decode_jwt.js';
export { PoolpassError, isPoolpassError } from './error.js';

export const { createAuth, load } = entry({
  importRest: () => import('./user_pool_rest.js'),
  wasm: () => wasmUrl(new URL('./poolpass_user_pool_bg.wasm', import.meta.url)),
  parts: [hostedUi],
});
