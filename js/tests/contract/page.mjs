// Runs the contract of platforms on the npm package's platform, in a page or in Node.js. It lies beside the package's scripts, with
// a wasm that has the cases.
import init, * as glue from './poolpass.js';
import { START } from './auth.js';
import { EVENTS, announcer } from './events.js';
import { passkey } from './passkeys.js';
import { connect, effects, enter } from './platform.js';
import { adopt } from './shared.js';
import { World } from './world.mjs';

const USER_POOL = { userPoolId: 'eu-west-1_A', userPoolClientId: '' };
let count = 0;

/** The tabs of one case: kits of one app client, which no other case uses. */
class Tabs {
  #clientId = `contract${++count}`;
  #kits = new Map();
  #aborts = new Map();

  constructor(world, passed) {
    this.world = world;
    this.passed = passed;
  }

  open(storage) {
    const messages = [];
    const kit = { messages };
    const wasm = {
      ...glue,
      open: (number, ...rest) => glue.open((kit.number = number), ...rest),
      // The job has nothing to do: the case does it all.
      perform: (_, job) => (kit.job = job),
    };
    const config = JSON.stringify({ userPool: { ...USER_POOL, userPoolClientId: this.#clientId }, storage });
    const handlers = new Map(EVENTS.map((event) => [event, new Set()]));
    const announce = announcer(handlers);
    const hear = (message, isRemote) => {
      messages.push({ ...JSON.parse(message), isRemote });
      announce(message, isRemote);
    };
    Object.assign(kit, connect(wasm, config, { custom: this.world.storage, handlers, hear }));
    this.#kits.set(kit.number, kit);
    return kit.number;
  }

  close(number) {
    this.#kits.get(number).close();
  }

  heard(number) {
    return JSON.stringify(this.#kits.get(number).messages);
  }

  job(number) {
    const kit = this.#kits.get(number);
    const controller = new AbortController();
    kit.perform('', '', controller.signal).catch(() => {});
    this.#aborts.set(kit.job, controller);
    return kit.job;
  }

  abort(job) {
    this.#aborts.get(job).abort();
  }

  closeAll() {
    for (const kit of this.#kits.values()) kit.close();
  }
}

/** The package's JavaScript uses passkeys without the wasm. */
effects.passkey = (asked, { kit, signal }) => passkey(asked, { kit, signal }).catch(described);

const described = ({ code, name, reason, message, retryable }) => ({ code, name, reason, message, retryable });

/** Loads the wasm. Returns the names of the cases. */
export async function load(source) {
  adopt(START);
  await init({ module_or_path: source });
  return JSON.parse(glue.contractCases());
}

/** Runs a case in front of a server. */
export async function runCase(name, server) {
  const world = new World(server);
  let tabs;
  try {
    await new Promise((resolve, reject) => {
      tabs = new Tabs(world, resolve);
      // A case that panics crashes the wasm, and every later call of it fails.
      setTimeout(() => reject(new Error(`${name} has not ended; see what the console says`)), 20_000)?.unref?.();
      enter(() => glue.startContract(name, tabs));
      enter(glue.run);
    });
  } finally {
    world.restore();
    tabs.closeAll();
  }
}
