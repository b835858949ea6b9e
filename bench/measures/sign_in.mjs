// Whole SRP sign-ins: the first of a fresh page, the first after `warmUp`, and later ones.
import { RIVALS, moduleOf } from '../bundles.mjs';
import { assertSignedIn, credentials, settings } from '../cognito.mjs';
import { inTurns, median, summarize } from '../statistics.mjs';

const LATER = 5;

/**
 * `{ first, warm, later }`, each a summary by kit, in milliseconds. `slowdown` divides the processor's speed. A kit that has no
 * `warmUp` has the time of its first sign-in for `warm`.
 */
export async function measureSignIns(stage, rounds, slowdown = 1) {
  /** The times of a fresh page's sign-ins. */
  const signIns = (path, count, isWarm = false) =>
    stage.fresh(async (context) => {
      const page = await stage.openPage(context, { slowdown });
      await page.evaluate(([path, settings]) => bench.load(path, settings), [path, settings]);
      if (isWarm && !(await page.evaluate((path) => bench.warmUp(path), path))) return [];
      const times = [];
      for (let number = 0; number < count; number += 1) {
        const result = await page.evaluate(([path, credentials]) => bench.signIn(path, credentials), [path, credentials]);
        assertSignedIn(result);
        times.push(result.milliseconds);
      }
      return times;
    });
  const figures = await inTurns(RIVALS.kits, rounds, async (kit) => {
    const path = `kits/${moduleOf(kit)}`;
    const [warm] = await signIns(path, 1, true);
    const [first, ...later] = await signIns(path, 1 + LATER);
    return { first, warm: warm ?? first, later: median(later) };
  });
  const of = (key) => summarize(Object.fromEntries(Object.entries(figures).map(([kit, all]) => [kit, all.map((one) => one[key])])));
  return { first: of('first'), warm: of('warm'), later: of('later') };
}
