// The rest of the entry point `poolpass/sign-in`.
import { rest } from './kit.js';
import init, { close, open, perform, resume, run } from './poolpass_sign_in.js';

export const { start, openKit } = rest(init, () => import('./poolpass_sign_in_deferred.js'), { close, open, perform, resume, run });
