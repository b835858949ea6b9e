// What a page waits for at its start: until a kit is configured, and until it has a stored session's token.
import { RIVALS, moduleOf } from '../bundles.mjs';
import { assertSignedIn, credentials, settings } from '../cognito.mjs';
import { inTurns, summarize } from '../statistics.mjs';

const KITS = RIVALS.kits.filter((kit) => kit !== 'cognito-srp-helper'); // it stores nothing

/** From the import to a configured kit, in milliseconds. */
export async function measureStarts(stage, rounds) {
  const figures = await inTurns(KITS, rounds, (kit) =>
    stage.fresh(async (context) => {
      const page = await stage.openPage(context);
      return page.evaluate(([path, settings]) => bench.load(path, settings), [`kits/${moduleOf(kit)}`, settings]);
    }),
  );
  return summarize(figures);
}

/** From the import to the access token of a stored session, in milliseconds. No request may be sent. */
export async function measureRestores(stage, rounds) {
  const figures = await inTurns(KITS, rounds, (kit) =>
    stage.fresh(async (context) => {
      const path = `kits/${moduleOf(kit)}`;
      const first = await stage.openPage(context);
      await first.evaluate(([path, settings]) => bench.load(path, settings), [path, settings]);
      const input = { ...credentials, stays: true };
      assertSignedIn(await first.evaluate(([path, input]) => bench.signIn(path, input), [path, input]));
      await first.close();
      const page = await stage.openPage(context);
      const { milliseconds, token, requests } = await page.evaluate(([path, settings]) => bench.restore(path, settings), [path, settings]);
      if (!token || requests > 0) throw new Error(`${kit} did not restore the session from its storage (${requests} requests)`);
      return milliseconds;
    }),
  );
  return summarize(figures);
}
