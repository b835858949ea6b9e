// A kit has one rule for each origin. At AWS each API and service has an origin of its own; here all share poolpass-local's address, so
// there is a kit for each kind of credential, and all of them use one session.
import { createAuth } from '/poolpass/index.js';

/** Gives the kit that sends a kind of credential: `id`, `access`, `none`, or `iam` for a service. Made when it is first asked for. */
export function kitsBeside(config) {
  const made = new Map();
  return (auth, service) => {
    const kind = [auth, service].join(' ');
    if (!made.has(kind)) {
      const rule = { origin: config.endpoint, auth, ...(service && { service, region: config.region }) };
      made.set(kind, createAuth({ ...config, origins: [rule], handleRedirect: false }));
    }
    return made.get(kind);
  };
}
