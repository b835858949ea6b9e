// How connections are made, watched, lost and made again.
import assert from 'node:assert/strict';
import { QUERY, connects, cut, note, notes, page, reader, rest, stage, test } from './stage.mjs';

test('it introduces itself, waits to be let in, and starts what was asked for', async (t) => {
  const { server, subscribe, proofRequests } = await stage(t, { answers: { init() {}, start() {} } });
  const subscription = subscribe({ authMode: 'lambda', authToken: 'secret' });
  let isReady = false;
  void subscription.ready.then(() => (isReady = true));
  const connection = await server.connection();
  assert.deepEqual([connection.path, connection.protocol], ['/graphql/realtime', 'graphql-ws']);
  assert.deepEqual(connection.proof, { host: server.host, Authorization: 't1' });
  await connection.next('connection_init');
  await connection.settled();
  assert.equal(connection.unread, 0, 'nothing is started before the acknowledgement');
  connection.ack();
  const { id, payload } = await connection.next('start');
  assert.equal(payload.data, QUERY);
  assert.deepEqual(payload.extensions, { authorization: { host: server.host, Authorization: 't1' } });
  await connection.settled();
  assert.equal(isReady, false);
  connection.started(id);
  await subscription.ready;
  const auth = { authMode: 'lambda', authToken: 'secret' };
  assert.deepEqual(proofRequests, [
    { api: 'graphql', ...auth, purpose: 'connect', body: '{}', renew: false },
    { api: 'graphql', ...auth, purpose: 'message', body: QUERY, renew: false },
  ]);
});

test('one connection serves all that prove themselves in one way', async (t) => {
  const { server, subscribe, subscribed } = await stage(t);
  const { connection } = await subscribed();
  const second = subscribe();
  await second.ready;
  assert.equal(server.connections.length, 1);
  assert.equal(connection.active.size, 2);
  const token = () => 'x';
  const other = subscribe({ authMode: 'oidc', authToken: token });
  const same = subscribe({ authMode: 'oidc', authToken: token });
  await Promise.all([other.ready, same.ready]);
  assert.equal(server.connections.length, 2);
  assert.equal(server.connections[1].active.size, 2);
});

test('silence for longer than the service lets happen is the end of a connection', async (t) => {
  const { server, subscribed, tick } = await stage(t, { answers: { init: (connection) => connection.ack(60_000) } });
  const { subscription, connection } = await subscribed();
  const read = reader(subscription);
  for (let minute = 0; minute < 3; minute += 1) {
    tick(59_000);
    connection.send({ type: 'ka' });
    await connection.settled();
  }
  assert.equal(connection.isOpen, true);
  tick(59_999);
  await connection.settled();
  assert.equal(connection.isOpen, true);
  tick(1);
  connection.publish(note(0)); // too late: whether it comes again is not known
  await connection.closed;
  tick(1_000);
  const next = await server.connection();
  await next.next('connection_init');
  await next.next('start');
  next.publish(note(1));
  await next.settled();
  assert.deepEqual(notes(read), [1]);
});

test('silence counts from the start', async (t) => {
  const { server, subscribe, tick } = await stage(t, { answers: { init: (connection) => connection.ack(10_000), start() {} } });
  subscribe();
  const connection = await server.connection();
  await connection.next('connection_init');
  await connection.next('start');
  tick(10_000);
  await connection.closed;
});

test('a lost connection is made again with all that it served, and who asked is told', async (t) => {
  const { server, subscribe, subscribed, tick } = await stage(t);
  let reconnected = 0;
  const { subscription, connection } = await subscribed({ onReconnect: () => (reconnected += 1) });
  const second = subscribe({ onReconnect: () => (reconnected += 1) });
  await second.ready;
  assert.equal(reconnected, 0);
  const reads = [reader(subscription), reader(second)];
  await cut(connection);
  tick(1_000);
  const next = await server.connection();
  await next.next('connection_init');
  await next.next('start');
  await next.next('start');
  next.publish(note(1));
  await next.settled();
  assert.deepEqual(reads.map(notes), [[1], [1]]);
  assert.equal(reconnected, 2);
});

test('pauses double up to a minute, and half of each is chance', async (t) => {
  const theStage = await stage(t);
  const { server, subscribe, tick } = theStage;
  let chance = 1;
  t.mock.method(Math, 'random', () => chance);
  const offline = new Error('offline');
  theStage.prove = () => Promise.reject(Object.assign(offline, { retryable: true }));
  const subscription = subscribe();
  await rest();
  let tries = 1;
  for (const longest of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
    const pause = (longest * (1 + chance)) / 2;
    chance = 1 - chance; // for the next
    tick(pause - 1);
    assert.equal(connects(theStage), tries, `after ${pause - 1} ms`);
    tick(1);
    assert.equal(connects(theStage), (tries += 1), `after ${pause} ms`);
    await rest();
  }
  theStage.prove = (request, usual) => usual(request);
  tick(60_000);
  await subscription.ready;
  assert.equal(server.connections.length, 1);
});

test('subscriptions that come during an outage wait for the attempt that is planned', async (t) => {
  const theStage = await stage(t);
  t.mock.method(Math, 'random', () => 1);
  theStage.prove = () => Promise.reject(Object.assign(new Error('offline'), { retryable: true }));
  const subscriptions = [theStage.subscribe()];
  await rest();
  let tries = 1;
  for (const pause of [1_000, 2_000, 4_000]) {
    for (let count = 0; count < 30; count += 1) subscriptions.push(theStage.subscribe());
    await rest();
    theStage.tick(pause - 1);
    await rest();
    assert.equal(connects(theStage), tries);
    theStage.tick(1);
    await rest();
    assert.equal(connects(theStage), (tries += 1)); // and the pauses double with each attempt
  }
  theStage.prove = (request, usual) => usual(request);
  theStage.tick(8_000);
  await Promise.all(subscriptions.map(({ ready }) => ready));
  assert.equal(theStage.server.connections.length, 1);
});

test('between attempts there is a second at least, whatever events come', async (t) => {
  const { online, shown } = page(t);
  const theStage = await stage(t);
  t.mock.method(Math, 'random', () => 1);
  theStage.prove = () => Promise.reject(Object.assign(new Error('offline'), { retryable: true }));
  const attempts = [];
  theStage.subscribe();
  for (let ms = 0; ms < 10_000; ms += 10) {
    await rest();
    while (attempts.length < connects(theStage)) attempts.push(ms);
    online();
    shown('visible');
    theStage.tick(10);
  }
  assert.deepEqual(attempts, [0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000]);
});

test('connections that are lost as soon as they stand are made twice at once, and then with a distance', async (t) => {
  const { online } = page(t);
  const theStage = await stage(t);
  t.mock.method(Math, 'random', () => 1);
  theStage.subscribe();
  const waits = [];
  for (let count = 0; count < 4; count += 1) {
    const connection = await theStage.server.connection();
    await connection.next('connection_init');
    await connection.next('start');
    await connection.settled();
    await cut(connection);
    const before = connects(theStage);
    let waited = 0;
    for (; online(), connects(theStage) === before; waited += 100) theStage.tick(100);
    waits.push(waited);
  }
  assert.deepEqual(waits, [0, 0, 1_000, 1_000]);
});

test('a credential that never comes ends the attempt after 15 seconds, and the next one follows', async (t) => {
  const { online } = page(t);
  const theStage = await stage(t);
  t.mock.method(Math, 'random', () => 1);
  const told = [];
  const { connection } = await theStage.subscribed({ onDisconnect: ({ code }) => told.push(code), onReconnect: () => told.push('back') });
  theStage.prove = () => new Promise(() => {});
  await cut(connection);
  theStage.tick(1_000);
  await rest();
  const second = theStage.subscribe({ onDisconnect: ({ code, message, recoverySuggestion }) => told.push(code, message, recoverySuggestion) });
  online();
  theStage.tick(14_999);
  await rest();
  assert.deepEqual([connects(theStage), told], [2, ['network']]);
  theStage.tick(1);
  await rest();
  assert.deepEqual([told[1], told[2]], ['timeout', 'There was no credential within 15 seconds.']);
  assert.match(told[3], /authToken or logins/);
  theStage.prove = (request, usual) => usual(request);
  theStage.tick(2_000); // the usual pause after a second failure
  await second.ready;
  await (await theStage.server.connection()).next('connection_init');
  assert.equal(told.at(-1), 'back');
});

test('a credential that never comes for one subscription leaves the others alone', async (t) => {
  const theStage = await stage(t);
  t.mock.method(Math, 'random', () => 1);
  const { subscription, connection } = await theStage.subscribed();
  const read = reader(subscription);
  theStage.prove = () => new Promise(() => {});
  const second = theStage.subscribe();
  await rest();
  theStage.prove = (request, usual) => usual(request);
  theStage.tick(15_000);
  connection.publish(note(1));
  await connection.settled();
  theStage.tick(1_000);
  await second.ready;
  assert.deepEqual([notes(read), theStage.server.connections.length], [[1], 1]);
});

test('one that is lost as soon as it stands is not made again and again without a pause', async (t) => {
  const theStage = await stage(t);
  const { server, subscribe, tick } = theStage;
  t.mock.method(Math, 'random', () => 1);
  const subscription = subscribe();
  for (const pause of [1_000, 2_000, 4_000]) {
    const connection = await server.connection();
    await connection.next('connection_init');
    await connection.next('start');
    await connection.settled();
    await cut(connection);
    const before = connects(theStage);
    tick(pause - 1);
    assert.equal(connects(theStage), before);
    tick(1);
  }
  const connection = await server.connection();
  await connection.next('connection_init');
  await connection.next('start');
  await connection.settled();
  tick(60_001); // one that has stood for a while is made again soon
  await cut(connection);
  tick(1_000);
  await server.connection();
  await subscription.ready;
});

test('nothing waits when the network or the page comes back', async (t) => {
  const { online, shown } = page(t);
  const theStage = await stage(t);
  const { server, subscribed } = theStage;
  await subscribed();
  for (const comeBack of [() => shown('visible'), online]) {
    await cut(server.connections.at(-1));
    const before = connects(theStage);
    shown('hidden');
    assert.equal(connects(theStage), before, 'a page that is hidden has not come back');
    comeBack();
    const next = await server.connection();
    await next.next('connection_init');
    await next.next('start');
    await next.settled();
  }
});

test('what has died while the page slept is found out when it wakes', async (t) => {
  const { shown } = page(t);
  const { server, sleep, subscribed } = await stage(t);
  const { connection } = await subscribed();
  shown('visible');
  await connection.settled();
  assert.equal(connection.isOpen, true);
  sleep(300_001);
  shown('visible');
  await connection.closed;
  await (await server.connection()).next('connection_init');
});

test('what may have died while the machine slept is made anew without a word from the page', async (t) => {
  const { server, sleep, subscribed, tick } = await stage(t);
  let gaps = 0;
  const { connection } = await subscribed({ onReconnect: () => (gaps += 1) });
  sleep(60_000);
  tick(30_000); // a minute without a word is usual
  await connection.settled();
  connection.send({ type: 'ka' });
  await connection.settled();
  assert.equal(connection.isOpen, true);
  sleep(71_000);
  tick(30_000);
  await connection.closed;
  tick(1_000);
  const next = await server.connection();
  await next.next('connection_init');
  await next.next('start');
  await next.settled();
  assert.equal(gaps, 1);
});

test('what has been silent for more than a minute is made anew when the page wakes', async (t) => {
  const { shown } = page(t);
  const { sleep, subscribed } = await stage(t);
  const { connection } = await subscribed();
  sleep(69_999);
  shown('visible');
  await connection.settled();
  assert.equal(connection.isOpen, true);
  sleep(1);
  shown('visible');
  await connection.closed;
});

test('a token is renewed in time though the timers of a hidden page are late', async (t) => {
  const theStage = await stage(t, { life: 600_000 });
  const { connection } = await theStage.subscribed();
  theStage.sleep(544_999);
  connection.send({ type: 'ka' });
  await connection.settled();
  assert.equal(connects(theStage), 1);
  theStage.renewed();
  theStage.sleep(1);
  connection.send({ type: 'ka' });
  assert.equal((await theStage.server.connection()).proof.Authorization, 't2');
});

test('a clock that is set back delays nothing for long', async (t) => {
  const { adjust, server, subscribed, tick } = await stage(t, { answers: { init: (connection) => connection.ack(60_000) } });
  const { connection } = await subscribed();
  adjust(-3_600_000);
  tick(30_000);
  await connection.settled();
  assert.equal(connection.isOpen, true);
  tick(60_000); // of silence
  await connection.closed;
  adjust(-3_600_000);
  tick(1_000);
  tick(1_000);
  await server.connection();
});

test('a clock that is wrong, so that every token seems to have expired, opens no connection after the other', async (t) => {
  const theStage = await stage(t, { life: -7_200_000 });
  await theStage.subscribed();
  theStage.renewed();
  theStage.tick(29_999);
  assert.equal(connects(theStage), 1);
  theStage.tick(1);
  assert.equal(connects(theStage), 2);
});

test('who asked hears of an interruption once, and of its end', async (t) => {
  const theStage = await stage(t);
  t.mock.method(Math, 'random', () => 1);
  const told = [];
  const listeners = { onDisconnect: (error) => told.push(error.message), onReconnect: () => told.push('back') };
  const offline = new Error('offline');
  theStage.prove = () => Promise.reject(Object.assign(offline, { retryable: true }));
  const subscription = theStage.subscribe(listeners);
  await rest();
  theStage.tick(1_000);
  await rest();
  assert.deepEqual(told, ['offline']);
  theStage.prove = (request, usual) => usual(request);
  theStage.tick(2_000);
  const connection = await theStage.server.connection();
  await subscription.ready;
  await cut(connection);
  theStage.prove = () => Promise.reject(offline);
  theStage.tick(4_000);
  await rest();
  theStage.prove = (request, usual) => usual(request);
  theStage.tick(8_000);
  const next = await theStage.server.connection();
  await next.next('connection_init');
  await next.next('start');
  await next.settled();
  assert.deepEqual(told, ['offline', 'A network error has occurred.', 'back']);
});

test('of more than a hundred subscriptions the rest goes on another connection', async (t) => {
  const { server, subscribe } = await stage(t);
  const all = Array.from({ length: 101 }, () => subscribe());
  await Promise.all(all.map(({ ready }) => ready));
  assert.deepEqual(new Set(server.connections.map(({ active }) => active.size)), new Set([100, 1]));
  await all[0].return();
  await subscribe().ready;
  assert.equal(server.connections.length, 2);
});

test('a token that expired while the page slept is renewed when it wakes', async (t) => {
  const { shown } = page(t);
  const { server, sleep, subscribed, renewed } = await stage(t, { life: 600_000, answers: { init: (connection) => connection.ack(86_400_000) } });
  await subscribed();
  sleep(3_600_000);
  renewed();
  shown('visible');
  const next = await server.connection();
  assert.equal(next.proof.Authorization, 't2');
});

test('a service that does not let in within 15 seconds is asked again', async (t) => {
  const { server, subscribe, tick } = await stage(t, { answers: { init: (connection) => server.connections.length > 1 && connection.ack() } });
  const subscription = subscribe();
  const connection = await server.connection();
  await connection.next('connection_init');
  tick(14_999);
  await connection.settled();
  assert.equal(connection.isOpen, true);
  tick(1);
  await connection.closed;
  tick(1_000);
  await subscription.ready;
});

test('a start that is not answered within 15 seconds ends that subscription alone', async (t) => {
  const { subscribe, subscribed, tick } = await stage(t, { answers: { start: (connection, { id }) => connection.active.size === 1 && connection.started(id) } });
  const { subscription, connection } = await subscribed();
  const read = reader(subscription);
  const second = reader(subscribe());
  await connection.next('start');
  tick(14_999);
  connection.publish(note(1));
  await connection.settled();
  tick(1);
  const error = await second.ended;
  assert.deepEqual([error.code, error.retryable], ['timeout', true]);
  await connection.next('stop');
  connection.publish(note(2));
  await connection.settled();
  assert.deepEqual(notes(read), [1, 2]);
});

test('one that is lost before it has acknowledged a subscription is made again with it', async (t) => {
  const { server, subscribe, tick } = await stage(t, { answers: { start: (connection, { id }) => connection !== server.connections[0] && connection.started(id) } });
  const subscription = subscribe();
  const connection = await server.connection();
  await connection.next('connection_init');
  await connection.next('start');
  await cut(connection);
  tick(1_000);
  await subscription.ready;
});

test('a connection that serves nobody closes after five seconds', async (t) => {
  const { server, subscribe, subscribed, tick } = await stage(t);
  const { subscription, connection } = await subscribed();
  await subscription.return();
  await connection.next('stop');
  tick(4_999);
  const second = subscribe();
  await second.ready;
  tick(60_000);
  await connection.settled();
  assert.equal(connection.isOpen, true, 'somebody came in between');
  await second.return();
  tick(5_000);
  await connection.closed;
  const third = subscribe();
  await third.ready;
  assert.equal(server.connections.length, 2);
});

test('an idle connection that is lost is not made again', async (t) => {
  const theStage = await stage(t);
  const { subscription, connection } = await theStage.subscribed();
  await subscription.return();
  await cut(connection);
  theStage.tick(60_000);
  assert.equal(connects(theStage), 1);
});

test('closing ends everything, also what is under way', async (t) => {
  const { pending, realtime, server, subscribe, subscribed } = await stage(t, { life: 600_000, answers: { init: (connection) => connection === server.connections[0] && connection.ack() } });
  const { subscription, connection } = await subscribed();
  const reads = [reader(subscription), reader(subscribe({ authMode: 'iam' }))];
  const second = await server.connection();
  realtime.close();
  assert.deepEqual(await Promise.all(reads.map(({ ended }) => ended)), ['done', 'done']);
  await Promise.all([connection.closed, second.closed]);
  await rest();
  assert.deepEqual([server.connections.length, pending()], [2, 0]);
});

test('closing opens nothing that is being prepared', async (t) => {
  const theStage = await stage(t);
  let prove;
  theStage.prove = (request, usual) => new Promise((resolve) => (prove = () => resolve(usual(request))));
  const read = reader(theStage.subscribe());
  await rest();
  theStage.realtime.close();
  const { WebSocket } = globalThis;
  t.after(() => (globalThis.WebSocket = WebSocket));
  let opened = 0;
  globalThis.WebSocket = class {
    constructor() {
      opened += 1;
    }
  };
  prove();
  await rest();
  assert.deepEqual([await read.ended, opened], ['done', 0]);
});

test('a malformed message is ignored', async (t) => {
  const { subscribe, subscribed } = await stage(t, { answers: { start: (connection, { id }) => connection.active.size === 1 && connection.started(id) } });
  const { subscription, connection, id } = await subscribed();
  const read = reader(subscription);
  const messages = ['', 'nonsense', '{', 'null', '[]', '1', '"data"', '{}', { type: 'data' }, { type: 'data', id }, { type: 'data', id, payload: null },
    { type: 'data', id, payload: 'text' }, { type: 'data', id, payload: [1] }, { type: 'data', id: 'other', payload: { data: note(0) } },
    { type: 'unknown', id }, { type: 7, id }, { type: null }, { type: 'start_ack', id }, { type: 'connection_ack' }, { type: 'complete', id: 'other' },
    { type: 'error', id: {} }, { type: 'error' }, { type: { toString: 1 } }, { type: { toString: 1 }, id }, { type: ['data'], id, payload: { data: note(0) } }];
  const thrown = [];
  const notice = (error) => thrown.push(error);
  process.on('uncaughtException', notice);
  t.after(() => process.off('uncaughtException', notice));
  const waiting = subscribe(); // a start that is not answered yet looks at all of them
  await connection.next('start');
  for (const message of messages) connection.send(message);
  connection.publish(note(1));
  await connection.settled();
  assert.deepEqual([notes(read), thrown], [[1], []]);
  await assert.rejects(waiting.ready, { code: 'appsync' }); // by the error without an id
});
