// A kit has one rule for each origin. In AWS, each API and service has its own origin. Here they share poolpass-local's address, so
// there is one kit for each kind of credential. They all use the same session.
import { createAuth } from '/poolpass/index.js';

/** Returns the kit that sends a kind of credential: `id`, `access`, `none`, or `iam` for a service. It is created on first use. */
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
