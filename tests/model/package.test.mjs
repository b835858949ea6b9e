// The session's model over the built package: tabs in one world, driven by seeded schedules. The invariants of
// src/session/store/mod.rs are checked after every call and in the end.
//
// POOLPASS_MODEL_SCHEDULES=10000 runs that many schedules. POOLPASS_MODEL_SEED=7 runs one and prints its trace.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planOf } from './node/plan.mjs';
import { run } from './node/run.mjs';
import { SharedStorage } from './node/storage.mjs';

/** How many schedules a plain test run takes. */
const SCHEDULES = 800;

/** Schedules that have failed once. */
const KNOWN = [3883, 9295, 19061, 39007];

/** How many of them a world that breaks its promises may take until that shows. */
const SOON = 200;

const { POOLPASS_MODEL_SCHEDULES: count = SCHEDULES, POOLPASS_MODEL_SEED: chosen } = process.env;

test('no schedule of tabs breaks an invariant', async () => {
  if (chosen !== undefined) {
    const plan = planOf(Number(chosen));
    const { violations, trace } = await run(plan, { traces: true });
    console.log([JSON.stringify(plan), ...trace].join('\n'));
    assert.deepEqual(violations, []);
    return;
  }
  const failed = [];
  for (const seed of [...KNOWN, ...Array(Number(count)).keys()]) {
    const { violations } = await run(planOf(seed));
    if (violations.length > 0) failed.push(`seed ${seed}: ${violations[0]}`);
  }
  assert.equal(failed.length, 0, [`${failed.length} of ${count} schedules`, ...failed.slice(0, 20)].join('\n'));
});

/** Worlds in which the package can't keep the invariants, and the one that shows it first. */
const BROKEN_WORLDS = {
  'a lock is granted to every tab that requests it': {
    shows: /^I4/,
    change: ({ locks }) => (locks.of = () => ({ request: async (name, _, callback) => callback({ name }) })),
  },
  'tabs see what others store two seconds later': {
    shows: /^I[1-4]/,
    change: (stage) => (stage.storage = new SharedStorage(stage.world, 2_000)),
  },
  'removed values come back': {
    shows: /^I1/,
    change: ({ storage }) => {
      const { write } = SharedStorage.prototype;
      storage.write = (tab, key, text) => text !== null && write.call(storage, tab, key, text);
    },
  },
  'a request is never answered, and no time is over': {
    shows: /^I5/,
    change: ({ network, world }) => {
      const { after } = world;
      world.after = (ms, where, act) => (where.source === 'timers' && ms >= 10_000 ? undefined : after.call(world, ms, where, act));
      network.fetch = () => new Promise(() => {});
    },
  },
};

for (const [what, { shows, change }] of Object.entries(BROKEN_WORLDS)) {
  test(`the model notices if ${what}`, async () => {
    for (let seed = 0; seed < SOON; seed += 1) {
      const { violations } = await run(planOf(seed), { change });
      if (violations.some((violation) => shows.test(violation))) return;
    }
    assert.fail(`No violation in ${SOON} schedules.`);
  });
}
