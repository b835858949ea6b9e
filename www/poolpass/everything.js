// The rest of the entry point `poolpass`.
import { appSync } from './appsync.js';
import { credentials } from './credentials.js';
import { openKit as openWith } from './kit.js';
import { starter } from './load.js';
import init, { close, open, perform, resume, run, sha256 } from './poolpass.js';
import { redirects } from './redirects.js';

export const start = starter(init);

/** As an object of its own: for that of a namespace, some bundlers make a file of their own. */
const glue = { close, open, perform, resume, run, sha256 };

export const openKit = (config, context) => openWith(glue, [redirects, credentials, appSync], config, context);
