// The rest of the entry point `poolpass/user-pool`.
import { rest } from './kit.js';
import init, { close, open, perform, resume, run } from './poolpass_user_pool.js';
import { redirects } from './redirects.js';

export { handOver } from './popup_channel.js';

export const { start, openKit } = rest(init, () => import('./poolpass_user_pool_deferred.js'), { close, open, perform, resume, run }, [redirects]);
