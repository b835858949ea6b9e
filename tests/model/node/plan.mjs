// A schedule: everything that a seed decides.
import { Random } from './random.mjs';

export const USERS = ['ada', 'bob', 'cyd'];

/** Actions, and how many of a hundred steps take each. The rest ask for tokens. */
const ACTIONS = [
  ['fetch', 20],
  ['forceRefresh', 18],
  ['currentUser', 8],
  ['credentials', 8],
  ['signIn', 12],
  ['signOut', 9],
  ['signOutEverywhere', 3],
  ['crash', 4],
  ['freeze', 2],
  ['thaw', 4],
  ['clearStorage', 1],
  ['expire', 5],
  ['setClock', 2],
  ['revokeElsewhere', 1],
];

export function planOf(seed) {
  const random = new Random(seed);
  const hasLocks = !random.chance(15);
  const storage = random.pick(['local', 'local', 'synchronous', 'asynchronous']);
  const isAsynchronous = storage === 'asynchronous';
  const plan = {
    seed,
    tabs: 2 + random.below(7),
    hasLocks,
    storage,
    /** When another tab sees what one has written. */
    lag: isAsynchronous ? 0 : random.pick([0, 5, 10, 25, 50, 100]),
    /** How long an operation of an asynchronous storage takes. */
    operation: isAsynchronous ? random.pick([1, 3, 10]) : 0,
    // Without locks, a storage that fails can't hold a lease either.
    faults: hasLocks ? random.pick(['none', 'none', 'none', 'none', 'none', 'none', 'none', 'passing', 'passing', 'lasting']) : 'none',
    rules: { rotates: random.chance(70), grace: random.pick([0, 0, 60_000]) },
    /** The longest that a refresh is under way, there or back. */
    latency: random.pick([2, 30, 300, 7_000]),
    /** How many of a hundred requests are lost, each way. */
    loss: random.pick([0, 0, 5]),
  };
  const steps = Array.from({ length: 10 + random.below(30) }, () => step(plan, random));
  return { ...plan, steps };
}

function step(plan, random) {
  const action = actionOf(plan, random);
  const pause = random.pick([8, 8, 8, 8, 60, 60, 60, 400, 400, 20_000]);
  return { pause: random.below(pause), tab: random.below(plan.tabs), ...action };
}

function actionOf({ hasLocks, faults }, random) {
  let left = random.below(100);
  const [name] = ACTIONS.find(([, share]) => (left -= share) < 0) ?? ['fetch'];
  const user = random.pick(USERS);
  const error = random.pick([0, 0, 3_000, -3_000, 7_200_000, -7_200_000]);
  // A frozen tab doesn't renew its lease. Where the storage fails, clocks decide which sign-in is the later one.
  const isPossible = { freeze: hasLocks, thaw: hasLocks, setClock: hasLocks && faults === 'none' }[name] ?? true;
  return isPossible ? { name, user, error } : { name: 'fetch' };
}
