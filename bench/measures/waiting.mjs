// Many calls that meet an expired token at once, in one tab and in several: how long the last waits, how many refreshes.
import { RIVALS, moduleOf } from '../bundles.mjs';
import { assertSignedIn, credentials, settings } from '../cognito.mjs';
import { inTurns, median } from '../statistics.mjs';

const KITS = ['poolpass', 'aws-amplify'].filter((kit) => RIVALS.kits.includes(kit));
const CASES = [
  ...[1, 10, 100, 1000, 10_000].map((calls) => ({ tabs: 1, calls })),
  ...[2, 4, 8].map((tabs) => ({ tabs, calls: 1000 })),
];
const TWO_HOURS = 7_200_000;

/** For each case `{ tabs, calls, kits: { [kit]: { milliseconds, refreshes } } }`: medians, and the most refreshes. */
export async function measureWaiting(stage, rounds) {
  const rows = [];
  for (const { tabs, calls } of CASES) {
    const figures = await inTurns(KITS, rounds, (kit) => stage.fresh((context) => together(stage, context, kit, tabs, calls)));
    const kits = Object.entries(figures).map(([kit, all]) => {
      const milliseconds = median(all.map((one) => one.milliseconds));
      return [kit, { milliseconds, refreshes: Math.max(...all.map((one) => one.refreshes)) }];
    });
    rows.push({ tabs, calls, kits: Object.fromEntries(kits) });
  }
  return rows;
}

async function together(stage, context, kit, tabs, calls) {
  const path = `kits/${moduleOf(kit)}`;
  const pages = [];
  for (let tab = 0; tab < tabs; tab += 1) {
    const page = await stage.openPage(context);
    await page.evaluate(([path, settings]) => bench.load(path, settings), [path, settings]);
    pages.push(page);
  }
  const input = { ...credentials, stays: true };
  assertSignedIn(await pages[0].evaluate(([path, input]) => bench.signIn(path, input), [path, input]));
  for (const page of pages) await page.evaluate((later) => bench.shiftClock(later), TWO_HOURS);
  const results = await Promise.all(pages.map((page) => page.evaluate(([path, calls]) => bench.waitTogether(path, calls), [path, calls])));
  const refreshes = results.reduce((sum, result) => sum + result.refreshes, 0);
  if (refreshes === 0 || results.some(({ tokens }) => tokens.length === 0)) throw new Error(`${kit} met no expired token`);
  return { milliseconds: Math.max(...results.map((result) => result.milliseconds)), refreshes };
}
