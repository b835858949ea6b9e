// The kit in a page of its own, without the demo around it.
import { WEB_CLIENT } from './emulator.mjs';

/** A page of the same origin and policy on which nothing runs. */
export const BARE_PAGE = 'config.json';

/**
 * Opens a bare page with `auth` on it and the events it has heard as `heard`. `moveClock(ms)` moves the
 * page's clock. Settings in `config` come on top of the usual ones.
 */
export async function kitPage(context, { clientId = WEB_CLIENT, storage = 'local', prepare, config = {} } = {}) {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const realNow = Date.now;
    let ahead = 0;
    Date.now = () => realNow() + ahead;
    window.moveClock = (ms) => {
      ahead += ms;
    };
    /** An error as its plain members. */
    window.plain = (error) => {
      const { name, code, reason, retryable, status, message, recoverySuggestion, customState, returnTo } = error;
      const isError = error instanceof Error;
      return { failed: true, isError, name, code, reason, retryable, status, message, recoverySuggestion, customState, returnTo };
    };
  });
  if (prepare) await page.addInitScript(prepare);
  await page.goto(BARE_PAGE);
  await page.evaluate(
    async ([userPoolClientId, storage, config]) => {
      const { createAuth } = await import('/poolpass/index.js');
      const { endpoint, region, userPoolId } = JSON.parse(document.body.textContent);
      window.auth = await createAuth({ region, userPool: { userPoolId, userPoolClientId }, endpoint, storage, ...config });
      window.heard = [];
      const events = ['signedIn', 'signedOut', 'tokenRefresh', 'tokenRefresh_failure', 'sessionCorrupted', 'sessionPersistFailed', 'confirmDevice_failure'];
      for (const event of events) {
        auth.on(event, ({ data, origin }) => heard.push({ event, origin, error: data?.error && { ...data.error } }));
      }
    },
    [clientId, storage, config],
  );
  return page;
}

/** Calls a method of the kit; an error comes back as its plain members beside `failed: true`. */
export function call(page, method, input) {
  return page.evaluate(
    async ([method, input]) => {
      try {
        const result = await auth[method](input);
        return method === 'fetchAuthSession' ? { ...result, accessToken: result.tokens?.accessToken.toString() } : result;
      } catch (error) {
        return plain(error);
      }
    },
    [method, input],
  );
}

/** The events that the page has heard, by name. */
export async function heard(page) {
  return (await page.evaluate(() => heard)).map(({ event }) => event);
}
