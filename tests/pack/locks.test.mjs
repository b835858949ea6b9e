// Web Locks that are refused, broken or held: where there are none, tokens are refreshed without; where another tab holds
// one, the wait ends.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { codeOf, index, replace, rest, signedIn, test } from './replaced_globals.mjs';

const thrower = () => {
  throw new TypeError('replaced');
};
const refusal = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));

/** Pages without Web Locks, and what stands in their place. */
const WITHOUT = {
  'request() is rejected with SecurityError, as in a sandboxed frame': { request: refusal },
  'request() is rejected with InvalidStateError, as in a page that is gone': { request: () => Promise.reject(new DOMException('', 'InvalidStateError')) },
  'request() throws': { request: thrower },
  'request() returns undefined': { request() {} },
  'request() is missing': {},
  'there is no lock manager': undefined,
};

for (const [where, locks] of Object.entries(WITHOUT)) {
  test(`tokens are refreshed where ${where}`, async (t) => {
    const { refresh } = await signedIn(t);
    replace(t, globalThis, { values: { navigator: { locks } } });
    assert.equal(await codeOf(refresh()), undefined);
  });
}

test('tokens are refreshed where reading navigator.locks throws', async (t) => {
  const { refresh } = await signedIn(t);
  replace(t, globalThis.navigator, { getters: { locks: thrower } });
  assert.equal(await codeOf(refresh()), undefined);
});

test('tokens are refreshed where the second request is refused', async (t) => {
  const { refresh } = await signedIn(t);
  const request = async (_, { ifAvailable }, callback) => (ifAvailable ? callback(null) : refusal());
  replace(t, globalThis, { values: { navigator: { locks: { request } } } });
  assert.equal(await codeOf(refresh()), undefined);
});

/** Deadlines of a lock come at once. */
function hurry(t) {
  const { timeout } = AbortSignal;
  const soon = (ms) => (ms === 20_000 ? 1 : ms);
  replace(t, AbortSignal, { values: { timeout: (ms) => timeout.call(AbortSignal, soon(ms)) } });
  const alive = setInterval(() => {}, 1_000);
  t.after(() => clearInterval(alive));
}

test('a lock that another tab never releases is lock_timeout, and nobody is signed out', async (t) => {
  const { auth, locks, refresh } = await signedIn(t);
  hurry(t);
  const names = [];
  const request = locks.request.bind(locks);
  locks.request = (name, ...more) => {
    names.push(name);
    return request(name, ...more);
  };
  await refresh();
  await rest();
  void locks.request(names[0], {}, () => new Promise(() => {}));
  assert.equal(await codeOf(refresh()), 'lock_timeout');
  assert.equal((await auth.getCurrentUser()).username, 'zoe');
});

test('a lock manager that never answers is lock_timeout', async (t) => {
  const { refresh } = await signedIn(t);
  hurry(t);
  replace(t, globalThis, { values: { navigator: { locks: { request: () => new Promise(() => {}) } } } });
  assert.equal(await codeOf(refresh()), 'lock_timeout');
});

test('a lock that comes after nobody waits for it any more is released at once', async (t) => {
  const { refresh } = await signedIn(t);
  hurry(t);
  let late;
  const request = (_, { ifAvailable }, callback) => {
    if (ifAvailable) return callback(null);
    late = callback;
    return new Promise(() => {}); // ignores the signal
  };
  replace(t, globalThis, { values: { navigator: { locks: { request } } } });
  assert.equal(await codeOf(refresh()), 'lock_timeout');
  // The browser holds a lock for as long as what its callback returned is pending; a callback that throws holds none.
  const end = () => 'released';
  const released = Promise.resolve({}).then(late).then(end, end);
  assert.equal(await Promise.race([released, rest().then(() => 'held')]), 'released');
});

test('a crash of the wasm releases the lock, and every call is told', () => {
  // In a process of its own, which stays without a wasm. The instance crashes when it is called next.
  const source = `
    const { instantiate } = WebAssembly;
    let isBroken = false;
    WebAssembly.instantiate = async (...given) => {
      const instantiated = await instantiate(...given);
      const instance = instantiated.instance ?? instantiated;
      const exports = Object.fromEntries(
        Object.entries(instance.exports).map(([name, value]) => [
          name,
          name !== 'resume' ? value : (...given) => {
            if (isBroken) throw new WebAssembly.RuntimeError('unreachable');
            return value(...given);
          },
        ]),
      );
      return instantiated.instance ? { ...instantiated, instance: { exports } } : { exports };
    };
    const { createAuth, replace, rest, signedIn } = await import(${JSON.stringify(new URL('./replaced_globals.mjs', import.meta.url).href)});
    const { auth, locks, refresh } = await signedIn({ after() {} });
    let heldAtCrash;
    globalThis.fetch = async () => {
      heldAtCrash = locks.held.size;
      isBroken = true;
    };
    const first = await refresh().catch(({ code }) => code);
    await rest();
    const heldAfter = locks.held.size;
    const later = [await auth.getCurrentUser().catch(({ code }) => code), await createAuth({ storage: 'memory' }).catch(({ code }) => code)];
    console.log(JSON.stringify({ heldAtCrash, heldAfter, first, later }));
  `;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', source], { encoding: 'utf8' });
  assert.deepEqual(JSON.parse(printed), { heldAtCrash: 1, heldAfter: 0, first: 'internal', later: ['internal', 'internal'] });
});
