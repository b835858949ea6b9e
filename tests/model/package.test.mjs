// The session's model over the built package: tabs in one world, driven by seeded schedules, with the invariants of
// src/session/store checked after every call and in the end.
//
// POOLPASS_MODEL_SCHEDULES=10000 runs so many; POOLPASS_MODEL_SEED=7 runs one and prints its trace.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planOf } from './node/plan.mjs';
import { run } from './node/run.mjs';

/** How many schedules a plain test run takes. */
const SCHEDULES = 300;

const { POOLPASS_MODEL_SCHEDULES: count = SCHEDULES, POOLPASS_MODEL_SEED: one } = process.env;

test('no schedule of tabs breaks an invariant', async () => {
  if (one) {
    const plan = planOf(Number(one));
    const { violations, trace } = await run(plan, { traces: true });
    console.log([JSON.stringify(plan), ...trace].join('\n'));
    assert.deepEqual(violations, []);
    return;
  }
  const failed = [];
  for (let seed = 0; seed < Number(count); seed += 1) {
    const { violations } = await run(planOf(seed));
    if (violations.length > 0) failed.push(`seed ${seed}: ${violations[0]}`);
  }
  assert.equal(failed.length, 0, `${failed.length} of ${count} schedules: ${failed.slice(0, 20).join('\n')}`);
});
