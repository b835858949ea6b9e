// Our own kit in Node.js at the emulator's AppSync: queries, subscriptions and events in each mode, over hours, failures
// and changes of the user. The kit's clock and the emulator's are moved together.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import WebSocket from 'ws';
import { clock } from '../realtime/clock.mjs';
import { WEB, alice, bob, countingRequests, endpoint, orderFault, region, reset, userPoolId } from './emulator.mjs';
import { packageFolder } from './package_folder.mjs';

globalThis.WebSocket ??= WebSocket; // Node.js has none before 22
const { createAuth } = await import(new URL('index.js', packageFolder));

const API = { defaultAuthMode: 'userPool', apiKey: 'da2-poolpasslocal0000000000000' };
const LAMBDA = { authMode: 'lambda', authToken: 'poolpass-lambda-token' };
const CREATED = 'subscription { onCreateNote { id title owner } }';
const CREATE = 'mutation ($title: String!) { createNote(input: { title: $title }) { id title owner } }';

const open = [];

async function openKit(user, settings) {
  const kit = await createAuth({
    region,
    userPool: { userPoolId, userPoolClientId: WEB },
    identityPool: { identityPoolId: 'eu-west-1:00000000-0000-4000-8000-000000000001', allowGuestAccess: true },
    graphql: { endpoint: `${endpoint}/graphql`, ...API },
    events: { endpoint: `${endpoint}/event`, ...API },
    endpoint,
    storage: 'memory',
    handleRedirect: false,
    ...settings,
  });
  open.push(kit);
  if (user) await signIn(kit, user);
  return kit;
}

const signIn = (kit, { username, password }) => kit.signIn({ username, password });

beforeEach(reset);
afterEach(() => open.splice(0).forEach((kit) => kit.dispose()));

async function control(path, body) {
  const response = await fetch(`${endpoint}/_poolpass/${path}`, body && { method: 'POST', body: JSON.stringify(body) });
  assert.ok(response.ok, await response.clone().text());
  return response.json();
}

const sockets = () => control('sockets');

/** Waits for what the other side is about to do. */
async function until(isSo) {
  while (!(await isSo())) await new Promise(setImmediate);
}

/** Stops the kit's clock and the emulator's; `pass` moves both, `sleep` as while a machine sleeps. */
async function movedClocks(t) {
  const { tick, sleep } = clock(t);
  await control('clock', { setMs: Date.now() });
  const moving = (move) => async (seconds) => {
    await control('clock', { advanceSeconds: seconds });
    move(seconds * 1000);
  };
  const inMinutes = moving(tick);
  const pass = async (seconds) => {
    for (let left = seconds; left > 0; left -= 60) await inMinutes(Math.min(left, 60));
  };
  return { pass, sleep: moving(sleep) };
}

/** Reads in the background: the titles that have come, and how it `ended`. */
function reader(subscription) {
  const titles = [];
  const ended = (async () => {
    for await (const { data } of subscription) titles.push(data.onCreateNote.title);
  })().catch((error) => error);
  return { titles, ended };
}

async function write(kit, title, options) {
  const { data } = await kit.graphql({ query: CREATE, variables: { title }, ...options });
  return data.createNote;
}

/** Writes a note and waits until it has come. */
async function brings(kit, read, title, options) {
  await write(kit, title, options);
  await until(() => read.titles.includes(title));
}

for (const [mode, options] of Object.entries({ userPool: {}, iam: { authMode: 'iam' }, lambda: LAMBDA })) {
  test(`asks, writes and subscribes by ${mode}`, async () => {
    const kit = await openKit(alice);
    const subscription = kit.subscribe({ query: CREATED, ...options });
    await subscription.ready;
    const { owner } = await write(kit, 'Zoë’s 🗒', options);
    const { value } = await subscription.next();
    assert.equal(value.data.onCreateNote.title, 'Zoë’s 🗒');
    const { data } = await kit.graphql({ query: '{ listNotes { items { title owner } } }', ...options });
    assert.ok(data.listNotes.items.some((note) => note.owner === owner && note.title === 'Zoë’s 🗒'));
    await subscription.return();
    await until(async () => (await sockets())[0].subscriptions.length === 0);
  });
}

test('the API key reads and does not write', async () => {
  const kit = await openKit();
  const options = { authMode: 'apiKey' };
  const { data } = await kit.graphql({ query: '{ listNotes { items { title } } }', ...options });
  assert.deepEqual(data.listNotes.items, [{ title: 'Welcome' }]);
  const refused = { code: 'appsync', data: { createNote: null }, message: /Not Authorized to access createNote on type Mutation/ };
  await assert.rejects(kit.graphql({ query: CREATE, variables: { title: 'x' }, ...options }), refused);
  await kit.subscribe({ query: CREATED, ...options }).ready;
});

test('what is refused says why, and is not tried for ever', async () => {
  const kit = await openKit(alice);
  const wrong = { authMode: 'lambda', authToken: 'wrong' };
  for (const refused of [kit.graphql({ query: '{ x }', ...wrong }), kit.subscribe({ query: CREATED, ...wrong }).ready, kit.events.subscribe('/default/a', wrong).ready]) {
    await assert.rejects(refused, { name: 'UnauthorizedException', code: 'appsync' });
  }
  await assert.rejects(kit.graphql({ query: '{ nothing }' }), { code: 'appsync' });
  await assert.rejects(kit.subscribe({ query: 'subscription { nothing }' }).ready, { code: 'appsync' });
  await assert.rejects(kit.subscribe({ query: '{ listNotes { nextToken } }' }).ready, { name: 'UnsupportedOperation' });
  await assert.rejects(kit.subscribe({ query: 'subscription { onCreateNote(owner: "bob") { id } }' }).ready, { code: 'appsync' });
  await kit.subscribe({ query: CREATED }).ready;
});

test('over three hours of tokens nothing is lost and nothing comes twice', async (t) => {
  const { pass } = await movedClocks(t);
  const kit = await openKit(alice);
  let gaps = 0;
  const subscription = kit.subscribe({ query: CREATED, onReconnect: () => (gaps += 1), onDisconnect: () => (gaps += 1) });
  await subscription.ready;
  const read = reader(subscription);
  const written = [];
  const note = async () => {
    written.push(`${written.length}`);
    await brings(kit, read, written.at(-1));
  };
  const requests = await countingRequests(async () => {
    for (let hour = 0; hour < 3; hour += 1) {
      for (let minutes = 0; minutes < 50; minutes += 10) {
        await pass(600);
        await note();
      }
      await pass(3545 - 3000); // another connection takes over
      await until(async () => (await sockets()).length === 2);
      await note();
      await until(async () => (await sockets()).every(({ subscriptions }) => subscriptions.length === 1));
      await note();
      await until(async () => {
        await pass(1);
        return (await sockets()).length === 1;
      });
      await note();
    }
  });
  assert.deepEqual([read.titles, gaps], [written, 0]);
  assert.equal(requests.GetTokensFromRefreshToken, 3);
});

test('a machine that slept over the end of the token goes on, and tells of the gap', async (t) => {
  const { pass, sleep } = await movedClocks(t);
  const kit = await openKit(alice);
  let gaps = 0;
  const subscription = kit.subscribe({ query: CREATED, onReconnect: () => (gaps += 1) });
  await subscription.ready;
  const read = reader(subscription);
  await sleep(8 * 3600);
  await until(async () => {
    await pass(1);
    return (await sockets()).some(({ subscriptions }) => subscriptions.length === 1);
  });
  await until(() => gaps === 1);
  await brings(kit, read, 'awake');
});

for (const [what, event] of Object.entries({ cut: { cut: true }, closed: { close: 1001 }, 'closed for an error': { close: 1011 } })) {
  test(`a connection that is ${what} is made again`, async (t) => {
    const { pass } = await movedClocks(t);
    const kit = await openKit(alice);
    const told = [];
    const subscription = kit.subscribe({ query: CREATED, onDisconnect: ({ code }) => told.push(code), onReconnect: () => told.push('back') });
    await subscription.ready;
    const read = reader(subscription);
    await control('sockets', event);
    await until(() => told.length === 1);
    await pass(1);
    await until(() => told.length === 2);
    await brings(kit, read, 'again');
    assert.deepEqual(told, ['network', 'back']);
  });
}

test('a connection that has fallen silent is found out and made again', async (t) => {
  const { pass } = await movedClocks(t);
  const kit = await openKit(alice);
  let gaps = 0;
  const subscription = kit.subscribe({ query: CREATED, onReconnect: () => (gaps += 1) });
  await subscription.ready;
  const read = reader(subscription);
  await control('sockets', { silence: true });
  await pass(299);
  assert.deepEqual((await sockets()).map(({ silent }) => silent), [true]);
  await pass(2);
  await until(() => gaps === 1);
  await brings(kit, read, 'again');
});

const FAULTS = [
  ['connection_init', { kind: 'error', status: 401 }, 1],
  ['connection_init', { kind: 'error', status: 429 }, 0],
  ['connection_init', { kind: 'dropBefore' }, 0],
  ['connection_init', { kind: 'garbage' }, 0],
  ['start', { kind: 'error', status: 401 }, 1],
  ['start', { kind: 'dropBefore' }, 0],
  ['start', { kind: 'dropAfter' }, 0],
];
for (const [message, fault, refreshes] of FAULTS) {
  test(`${fault.kind} ${fault.status ?? ''} at ${message} is got over`, async (t) => {
    const { pass } = await movedClocks(t);
    const kit = await openKit(alice);
    await orderFault({ operation: `/graphql/realtime ${message}`, ...fault });
    let isReady = false;
    const requests = await countingRequests(async () => {
      const subscription = kit.subscribe({ query: CREATED });
      void subscription.ready.then(() => (isReady = true));
      const read = reader(subscription);
      await until(async () => {
        await pass(1);
        return isReady;
      });
      await brings(kit, read, 'here');
    });
    assert.equal(requests.GetTokensFromRefreshToken ?? 0, refreshes);
  });
}

test('who signs out, and another who signs in, hear nothing that is not theirs', async () => {
  const kit = await openKit(alice);
  const others = await openKit(alice);
  const subscription = kit.subscribe({ query: CREATED });
  await subscription.ready;
  await write(others, 'unread');
  await until(async () => (await sockets()).length === 1);
  await kit.signOut();
  const read = reader(subscription);
  assert.equal((await read.ended).code, 'signed_out');
  await until(async () => (await sockets()).length === 0);
  await signIn(kit, bob);
  const second = kit.subscribe({ query: CREATED });
  await second.ready;
  const heard = reader(second);
  await write(others, 'of alice');
  await brings(kit, heard, 'of bob');
  assert.deepEqual([read.titles, heard.titles], [[], ['of bob']]);
});

test('a guest who signs in hears as themselves, on a connection of their own', async () => {
  const kit = await openKit();
  let gaps = 0;
  const subscription = kit.subscribe({ query: CREATED, authMode: 'iam', onReconnect: () => (gaps += 1) });
  await subscription.ready;
  const [guest] = await sockets();
  const read = reader(subscription);
  await signIn(kit, alice);
  await until(() => gaps === 1);
  await brings(kit, read, 'mine', { authMode: 'iam' });
  const [user, ...others] = await sockets();
  assert.deepEqual(others, []);
  assert.notEqual(user.subscriptions[0], guest.subscriptions[0]);
});

test('more subscriptions than one connection takes', async () => {
  const kit = await openKit(alice);
  const subscriptions = Array.from({ length: 150 }, () => kit.subscribe({ query: CREATED }));
  await Promise.all(subscriptions.map(({ ready }) => ready));
  assert.deepEqual(new Set((await sockets()).map(({ subscriptions }) => subscriptions.length)), new Set([100, 50]));
  await write(kit, 'all');
  for (const subscription of subscriptions) assert.equal((await subscription.next()).value.data.onCreateNote.title, 'all');
});

for (const options of [{}, { authMode: 'iam' }, { authMode: 'apiKey' }, LAMBDA]) {
  test(`events go out and come by ${options.authMode ?? 'userPool'}`, async () => {
    const kit = await openKit(alice);
    const room = kit.events.subscribe('/default/room', options);
    const all = kit.events.subscribe('default/*', options);
    const another = kit.events.subscribe('/default/another', options);
    await Promise.all([room, all, another].map(({ ready }) => ready));
    const events = [{ text: 'ü' }, 'text', null, [1], 0];
    const { successful, failed } = await kit.events.publish('default/room', events, options);
    assert.deepEqual([successful.map(({ index }) => index), failed], [[0, 1, 2, 3, 4], []]);
    for (const subscription of [room, all]) {
      for (const event of events) assert.deepEqual((await subscription.next()).value, event);
    }
    await kit.events.publish('/default/another', ['last'], options);
    assert.equal((await another.next()).value, 'last');
  });
}

test('events are refused where the channel is not for them', async () => {
  const kit = await openKit(alice);
  await assert.rejects(kit.events.publish('/notes/a', [1], { authMode: 'apiKey' }), { code: 'appsync' });
  await assert.rejects(kit.events.publish('/nowhere/a', [1]), { code: 'appsync' });
  await assert.rejects(kit.events.publish('/default/*', [1]), { code: 'bad_input' });
  await assert.rejects(kit.events.publish('/default/a', [1, 2, 3, 4, 5, 6]), { code: 'bad_input' });
  await assert.rejects(kit.events.subscribe('/nowhere/a').ready, { code: 'appsync' });
});

test('events go on over the end of a token', async (t) => {
  const { pass } = await movedClocks(t);
  const kit = await openKit(alice);
  const room = kit.events.subscribe('/default/room');
  await room.ready;
  for (let hour = 0; hour < 2; hour += 1) {
    await pass(3545);
    await until(async () => (await sockets()).length === 2 && (await sockets()).every(({ subscriptions }) => subscriptions.length === 1));
    await kit.events.publish('/default/room', [hour]);
    assert.deepEqual(await room.next(), { value: hour, done: false });
    await until(async () => {
      await pass(1);
      return (await sockets()).length === 1;
    });
  }
  await kit.events.publish('/default/room', ['last']);
  assert.equal((await room.next()).value, 'last');
});
