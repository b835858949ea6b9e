// Storage objects of apps, and storages that the browser blocks.
import assert from 'node:assert/strict';
import vm from 'node:vm';
import { SETTINGS } from '../realtime/cognito.mjs';
import { codeOf, createAuth, replace, rest, signedIn, test } from './replaced_globals.mjs';

/** Where a page is. Without it, this is a server. */
const PAGE = new URL('https://app.example.com/');
const thrower = () => {
  throw new TypeError('replaced');
};

/** Promises that are not the page's: each resolves to a value, or is rejected with an error. */
const THENABLES = {
  'another realm’s promises': (value, error) => vm.runInNewContext(error ? 'Promise.reject(error)' : 'Promise.resolve(value)', { value, error }),
  'thenables that call back at once': (value, error) => ({ then: (resolve, reject) => (error ? reject(error) : resolve(value)) }),
  'thenables that call back later, and twice': (value, error) => ({
    then(resolve, reject) {
      const act = () => (error ? reject(error) : resolve(value));
      setImmediate(act);
      setImmediate(act);
    },
  }),
  'functions with then': (value, error) => Object.assign(() => {}, { then: (resolve, reject) => (error ? reject(error) : resolve(value)) }),
  'thenables of thenables': (value, error) => ({ then: (resolve) => resolve({ then: (inner, reject) => (error ? reject(error) : inner(value)) }) }),
};

/** A storage over a map whose methods return what `give` makes of their results. */
function storageOf(give, map = new Map()) {
  return {
    map,
    getItem: (key) => give(map.get(key) ?? null),
    setItem: (key, text) => give(void map.set(key, text)),
    removeItem: (key) => give(void map.delete(key)),
  };
}

for (const [what, give] of Object.entries(THENABLES)) {
  test(`a storage may answer with ${what}`, async (t) => {
    const storage = storageOf(give);
    await signedIn(t, { storage });
    const restored = await createAuth({ ...SETTINGS, identityPool: undefined, storage });
    t.after(() => restored.dispose());
    assert.equal((await restored.getCurrentUser()).username, 'zoe');
    await restored.signOut();
    // A tombstone stays, and nothing of the session.
    assert.doesNotMatch(JSON.stringify([...storage.map]), /eyJ|Token/);
  });

  test(`a write that fails is a failed write, also with ${what}`, async (t) => {
    const storage = storageOf(give);
    const { auth, refresh } = await signedIn(t, { storage });
    const told = new Promise((resolve) => auth.on('sessionPersistFailed', resolve));
    storage.setItem = () => give(undefined, new Error('full'));
    await refresh();
    assert.equal((await told).data.error.code, 'storage_write');
  });

  test(`a read that fails is not an empty storage, also with ${what}`, async (t) => {
    const storage = storageOf(give);
    const { auth, locks, refresh } = await signedIn(t, { storage });
    storage.getItem = () => give(undefined, new Error('broken'));
    assert.equal(await codeOf(auth.getCurrentUser()), 'storage_read');
    assert.equal(await codeOf(refresh()), 'storage_read');
    await rest();
    assert.equal(locks.held.size, 0);
  });
}

test('a storage whose result has a `then` that throws has failed, as with await', async (t) => {
  const storage = storageOf((value) => value);
  const { auth } = await signedIn(t, { storage });
  storage.getItem = () => Object.defineProperty({}, 'then', { get: thrower });
  assert.equal(await codeOf(auth.getCurrentUser()), 'storage_read');
});

test('a value that is no text is unreadable, and not the same as nothing', async (t) => {
  const storage = storageOf((value) => value);
  const { auth } = await signedIn(t, { storage });
  const { getItem } = storage;
  for (const value of [0, false, 1n, Symbol('s'), {}, [], new String('x'), () => {}]) {
    storage.getItem = () => value;
    assert.equal(await codeOf(auth.getCurrentUser()), 'storage_read', typeof value);
    storage.getItem = async () => value;
    assert.equal(await codeOf(auth.getCurrentUser()), 'storage_read', `a promise of ${typeof value}`);
  }
  for (const value of [null, undefined]) {
    storage.getItem = () => value;
    assert.equal(await codeOf(auth.getCurrentUser()), 'signed_out');
  }
  storage.getItem = getItem;
  assert.equal((await auth.getCurrentUser()).username, 'zoe');
});

test('a setItem that returns a value that is no promise has stored', async (t) => {
  const storage = storageOf((value) => value);
  storage.setItem = (key, text) => storage.map.set(key, text);
  const { auth } = await signedIn(t, { storage });
  assert.equal((await auth.getCurrentUser()).username, 'zoe');
});

for (const [where, storage] of Object.entries({ 'throws when it is read': undefined, 'has no methods': {} })) {
  test(`a localStorage that ${where} is memory`, async (t) => {
    replace(t, globalThis, { values: { location: PAGE } });
    for (const name of ['localStorage', 'sessionStorage']) replace(t, globalThis, { getters: { [name]: () => storage ?? thrower() } });
    const { auth } = await signedIn(t, { storage: 'local' });
    assert.equal(auth.storage, 'memory');
    assert.equal((await auth.getCurrentUser()).username, 'zoe');
  });
}

test('a BroadcastChannel that throws costs the other tabs their news, and nothing else', async (t) => {
  const broken = [
    class { constructor() { thrower(); } },
    class { set onmessage(_) { thrower(); } },
    class { postMessage() { thrower(); } unref() { thrower(); } close() { thrower(); } },
    undefined,
  ];
  for (const BroadcastChannel of broken) {
    replace(t, globalThis, { values: { BroadcastChannel } });
    const { auth } = await signedIn(t, { storage: storageOf((value) => value) });
    assert.deepEqual(await auth.signOut(), { isRevoked: true });
    auth.dispose();
  }
});

test('an addEventListener that throws or is missing costs the same', async (t) => {
  const map = new Map();
  for (const addEventListener of [thrower, undefined]) {
    replace(t, globalThis, { values: { location: PAGE, localStorage: storageOf((value) => value, map), addEventListener, removeEventListener: addEventListener } });
    const { auth } = await signedIn(t, { storage: 'local' });
    assert.equal(auth.storage, 'local');
    assert.deepEqual(await auth.signOut(), { isRevoked: true });
    auth.dispose();
  }
});
