// Whole SRP sign-ins: the first of a fresh page, and later ones.
import { RIVALS, moduleOf } from '../bundles.mjs';
import { assertSignedIn, credentials, settings } from '../cognito.mjs';
import { inTurns, median, summarize } from '../statistics.mjs';

const LATER = 5;

/** `{ first, later }`, each a summary by kit, in milliseconds. `slowdown` divides the processor's speed. */
export async function measureSignIns(stage, rounds, slowdown = 1) {
  const figures = await inTurns(RIVALS.kits, rounds, (kit) =>
    stage.fresh(async (context) => {
      const page = await stage.openPage(context, { slowdown });
      const path = `kits/${moduleOf(kit)}`;
      await page.evaluate(([path, settings]) => bench.load(path, settings), [path, settings]);
      const times = [];
      for (let number = 0; number <= LATER; number += 1) {
        const result = await page.evaluate(([path, credentials]) => bench.signIn(path, credentials), [path, credentials]);
        assertSignedIn(result);
        times.push(result.milliseconds);
      }
      const [first, ...later] = times;
      return { first, later: median(later) };
    }),
  );
  const of = (key) => summarize(Object.fromEntries(Object.entries(figures).map(([kit, all]) => [kit, all.map((one) => one[key])])));
  return { first: of('first'), later: of('later') };
}
