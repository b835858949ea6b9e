// The page that a user returns to from the hosted UI: from the import to the access token.
import { RIVALS, moduleOf } from '../bundles.mjs';
import { settings, signedTokens } from '../cognito.mjs';
import { inTurns, summarize } from '../statistics.mjs';

const DOMAIN = 'auth.example.com';

/** In milliseconds. Poolpass fetches the keys and verifies both tokens; aws-amplify doesn't. */
export async function measureReturns(stage, rounds) {
  const given = { ...settings, domain: DOMAIN, page: stage.address };
  const figures = await inTurns(RIVALS.returns, rounds, (kit) =>
    stage.fresh(async (context) => {
      const path = `returns/${moduleOf(kit)}`;
      const { state, nonce } = await leave(stage, context, path, given);
      const query = `?code=bench-code&state=${encodeURIComponent(state)}`;
      const more = { signedTokens: signedTokens(nonce ? { nonce } : {}) };
      const page = await stage.openPage(context, { query, more });
      const { milliseconds, token } = await page.evaluate(([path, given]) => bench.arrive(path, given), [path, given]);
      if (token !== more.signedTokens.access_token) throw new Error(`${kit} did not sign in`);
      return milliseconds;
    }),
  );
  return summarize(figures);
}

/** Lets a page go to the hosted UI, and resolves to what it asked for there. */
async function leave(stage, context, path, given) {
  await context.route(`https://${DOMAIN}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  const page = await stage.openPage(context);
  const arrival = page.waitForURL(`https://${DOMAIN}/**`);
  // The page is left before the call returns.
  await page.evaluate(([path, given]) => void bench.leave(path, given), [path, given]);
  await arrival;
  const { searchParams } = new URL(page.url());
  await page.close();
  return { state: searchParams.get('state'), nonce: searchParams.get('nonce') };
}
