// What can be answered from the storage, with no wasm loaded. Nothing is decided here: the wasm has written into the session's
// record from when until when it is fresh (src/session/record.rs), and whatever is not exactly as expected is left to it.

/** The package's version. Another one checks the configuration anew. */
const VERSION = '0.1.0';
/** The key of the configurations that the wasm has accepted, each with the prefix of its keys. */
export const CHECKED = 'poolpass.v1.checked';

/** A configuration (JSON), as it is remembered (checked.js). */
export const versioned = (config) => VERSION + config;

/**
 * A configuration (JSON) that the wasm has accepted before: the storage, and the prefix of its keys. `undefined` if it is not
 * known.
 */
export function checkedBefore(config, kind) {
  try {
    const storage = globalThis[`${kind}Storage`];
    const found = JSON.parse(storage.getItem(CHECKED)).find(([known]) => known === versioned(config));
    return found && { storage, kind, prefix: found[1] };
  } catch {
    return undefined; // nothing stored, or blocked
  }
}

/** The stored session, if it is fresh: its ID, until when it is (in milliseconds since 1970), and what it answers. */
export function freshSession({ storage, prefix }) {
  try {
    const { v, id } = JSON.parse(storage.getItem(`${prefix}current`));
    if (v !== 1 || !id || storage.getItem(`${prefix}ended.${id}`) !== null) return undefined;
    const record = JSON.parse(storage.getItem(`${prefix}session.${id}`));
    const now = Date.now();
    if (record.v !== 1 || !(record.freshFrom <= now && now < record.freshUntil)) return undefined;
    const { signInDetails } = record;
    const accessToken = withPayload(record.accessToken);
    const idToken = record.idToken && { idToken: withPayload(record.idToken) };
    const { sub, username = accessToken.payload['cognito:username'] } = accessToken.payload;
    const details = signInDetails && { signInDetails };
    return {
      id,
      until: record.freshUntil,
      session: { tokens: { accessToken, ...idToken, ...details }, userSub: sub },
      user: { username, userId: sub, ...details },
    };
  } catch {
    return undefined;
  }
}

/** Whether a sign-in flow is noted, in this tab or in the origin: only the wasm knows what to do about it. */
export function hasFlow(prefix) {
  return ['localStorage', 'sessionStorage'].some((name) => {
    try {
      return Object.keys(globalThis[name]).some((key) => key.startsWith(`${prefix}flow.`));
    } catch {
      return false; // blocked, so nothing is noted there
    }
  });
}

/** A token with its claims. Whatever is not a JWT is an exception. */
export function withPayload(token) {
  const text = atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return { token, payload: JSON.parse(new TextDecoder().decode(bytes)) };
}
