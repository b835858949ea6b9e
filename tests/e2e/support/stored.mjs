// What the kit has stored in a page. The keys are described in `src/session/store/mod.rs`.
import { WEB_CLIENT } from './emulator.mjs';
import { IDENTITY_POOL } from './identity.mjs';

/** The key of the current session's record; without a session, of the one that a former version stored. */
export async function sessionKey(page, { clientId = WEB_CLIENT, place = 'localStorage' } = {}) {
  const current = await page.evaluate(([place, key]) => window[place].getItem(key), [place, `poolpass.v1.${clientId}.current`]);
  const id = current && JSON.parse(current).id;
  return `poolpass.v1.${clientId}.session${id ? `.${id}` : ''}`;
}

/** The current session's record as text, or null. */
export async function storedSession(page, options = {}) {
  const { place = 'localStorage' } = options;
  return page.evaluate(([place, key]) => window[place].getItem(key), [place, await sessionKey(page, options)]);
}

/** The keys of all AWS credentials that are stored, by the ids of sessions or `guest`. */
export async function credentialsKeys(page, namespace = WEB_CLIENT) {
  const start = `poolpass.v1.${namespace}.${IDENTITY_POOL}.credentials.`;
  return page.evaluate((start) => Object.keys(localStorage).filter((key) => key.startsWith(start)), start);
}
