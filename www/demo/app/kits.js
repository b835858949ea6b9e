// A kit has one rule for each origin. At AWS each API has an origin of its own; here all share poolpass-local's address, so there is a
// kit for each kind of credential, and all of them use one session.
import { createAuth } from '/poolpass/index.js';

/** Gives the kit that sends a kind of credential: `id`, `access` or `none`. Made when it is first asked for. */
export function kitsBeside(config) {
  const made = new Map();
  return (auth) => {
    if (!made.has(auth)) {
      const origins = [{ origin: config.endpoint, auth }];
      made.set(auth, createAuth({ ...config, origins, handleRedirect: false }));
    }
    return made.get(auth);
  };
}
