// The rest of the entry point `poolpass`.
import { appSync } from './appsync.js';
import { credentials } from './credentials.js';
import { rest } from './kit.js';
import init, { close, open, perform, resume, run, sha256 } from './poolpass.js';
import { redirects } from './redirects.js';

export { handOver } from './popup_channel.js';

export const { start, openKit } = rest(init, () => import('./poolpass_deferred.js'), { close, open, perform, resume, run, sha256 }, [redirects, credentials, appSync]);
