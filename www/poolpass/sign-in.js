// The entry point `poolpass/sign-in`: no hosted UI either.
import { entry } from './auth.js';
import { wasmUrl } from './wasm_url.js';

export { decodeJWT } from './decode_jwt.js';
export { PoolpassError, isPoolpassError } from './error.js';

export const { createAuth, load } = entry({
  importRest: () => import('./sign_in_rest.js'),
  wasm: () => wasmUrl(new URL('./poolpass_sign_in_bg.wasm', import.meta.url)),
});
