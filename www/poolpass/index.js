// The entry point `poolpass`: everything.
import { entry } from './auth.js';
import { aws } from './aws.js';
import { hostedUi } from './hosted_ui.js';
import { subscriptions } from './subscriptions.js';
import { importRest, wasm } from './wasm_file.js';

export { decodeJWT } from './decode_jwt.js';
export { PoolpassError, isPoolpassError } from './error.js';

export const { createAuth, load } = entry({ importRest, wasm, parts: [hostedUi, aws, subscriptions] });
