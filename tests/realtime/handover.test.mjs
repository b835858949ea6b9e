// A new connection takes over from the old one before a token expires: nothing is lost, nothing is given twice.
import assert from 'node:assert/strict';
import { connects, cut, note, notes, opening, reader, rest, stage, test } from './stage.mjs';

const LIFE = 600_000;
const UNTIL_RENEWAL = LIFE - 55_000;
const OVERLAP = 3_000;
const SKEW = 1_000;
const silent = { init: (connection) => connection.ack(172_800_000) };

/** A subscription whose token is about to be renewed, and the new connection, which has not answered yet. */
async function expiring(t, more = {}) {
  let first;
  const answers = {
    init: (connection) => (connection === (first ??= connection) ? connection.ack(172_800_000) : more.init?.(connection)),
    start: (connection, { id }) => (connection === first ? connection.started(id) : more.start?.(connection, id)),
    stop: more.stop,
  };
  const theStage = await stage(t, { life: LIFE, answers });
  const gaps = [];
  const { subscription, connection: old } = await theStage.subscribed({ onReconnect: () => gaps.push('gap') });
  const read = reader(subscription);
  theStage.tick(UNTIL_RENEWAL - 1);
  assert.equal(connects(theStage), 1);
  theStage.renewed();
  theStage.tick(1);
  const next = await theStage.server.connection();
  await next.next('connection_init');
  return { ...theStage, theStage, subscription, read, old, next, gaps };
}

test('the old connection serves until the new one does, and is left when what is on its way has come', async (t) => {
  const { read, old, next, tick, gaps } = await expiring(t, { stop() {} });
  assert.equal(next.proof.Authorization, 't2');
  old.publish(note(1));
  next.ack();
  const { id, payload } = await next.next('start');
  assert.equal(payload.extensions.authorization.Authorization, 't2');
  tick(OVERLAP); // an acknowledgement may take its time
  old.publish(note(2));
  await old.settled();
  assert.equal(old.unread, 0);
  next.started(id);
  await next.settled();
  tick(OVERLAP - 1);
  old.publish(note(3));
  await old.settled();
  assert.equal(old.unread, 0);
  const [oldId] = [...old.active.keys()];
  tick(1);
  assert.equal((await old.next('stop')).id, oldId);
  old.send({ type: 'data', id: oldId, payload: { data: note(4) } }); // it was under way
  await old.settled();
  assert.equal(old.isOpen, true);
  old.stopped(oldId);
  await old.closed;
  next.publish(note(5));
  await next.settled();
  assert.deepEqual([notes(read), gaps], [[1, 2, 3, 4, 5], []]);
});

test('an old connection that never lets go is closed all the same', async (t) => {
  const { old, next, tick } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => connection.started(id), stop() {} });
  await next.next('start');
  await next.settled();
  tick(OVERLAP);
  await old.next('stop');
  tick(15_000);
  await old.closed;
  assert.equal(next.isOpen, true);
});

test('what both connections bring is given once, in whatever order it comes', async (t) => {
  const { read, old, next, tick } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => connection.started(id) });
  await next.next('start');
  await next.settled();
  // A generator of numbers that are the same in every run.
  let seed = 20260101;
  const chance = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  const waiting = new Map([[old, []], [next, []]]);
  for (let count = 0; count < 300; count += 1) {
    for (const queue of waiting.values()) queue.push(note(count % 7)); // many are equal
    for (const [connection, queue] of waiting) {
      while (queue.length > 0 && chance() < 0.5) connection.publish(queue.shift());
      await connection.settled();
    }
  }
  for (const [connection, queue] of waiting) {
    queue.forEach((data) => connection.publish(data));
    await connection.settled();
  }
  const times = Object.groupBy?.(notes(read), (id) => id) ?? notes(read).reduce((all, id) => ({ ...all, [id]: [...(all[id] ?? []), id] }), {});
  assert.deepEqual(Object.values(times).map(({ length }) => length), [43, 43, 43, 43, 43, 43, 42]);
  tick(OVERLAP);
  await old.closed;
});

test('a late copy of a message that both connections must have brought is dropped', async (t) => {
  const { read, old, next, tick } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => connection.started(id) });
  await next.next('start');
  await next.settled();
  tick(SKEW); // the new one has been registered for long enough to bring what comes now
  old.publish(note(1));
  await old.settled();
  tick(OVERLAP - SKEW);
  await old.closed;
  await next.settled();
  next.publish(note(1));
  next.publish(note(1)); // another one
  await next.settled();
  assert.deepEqual(notes(read), [1, 1]);
});

test('equal messages are both given where they may be two', async (t) => {
  const { read, old, next, tick } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => connection.started(id) });
  await next.next('start');
  await next.settled();
  old.publish(note(1)); // the new one may have been registered too late for it
  await old.settled();
  tick(OVERLAP);
  await old.closed;
  await next.settled();
  next.publish(note(1));
  await next.settled();
  assert.deepEqual(notes(read), [1, 1]);
  tick(OVERLAP);
  next.publish(note(1));
  await next.settled();
  assert.deepEqual(notes(read), [1, 1, 1]);
});

test('a message that was dropped as a copy is given when the old connection is cut off before it is drained', async (t) => {
  const { read, old, next } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => connection.started(id) });
  await next.next('start');
  await next.settled();
  old.publish(note(1)); // sent before the new one was registered
  await old.settled();
  next.publish(note(1)); // an equal one, whose copy gets lost with the old one
  await next.settled();
  assert.deepEqual(notes(read), [1]);
  await cut(old);
  await next.settled();
  assert.deepEqual(notes(read), [1, 1]);
});

test('a connection is not left before each subscription that it serves is served by the new one', async (t) => {
  let isSlow = false;
  const { read, old, next, tick, gaps } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => !isSlow && connection.started(id) });
  const { id } = await next.next('start');
  await next.settled();
  isSlow = true;
  tick(OVERLAP - 1);
  next.refused(id, [{ errorType: 'UnauthorizedException' }]);
  const again = await next.next('start');
  tick(OVERLAP);
  await old.settled();
  assert.equal(old.unread, 0);
  old.publish(note(1));
  await old.settled();
  next.started(again.id);
  await next.settled();
  tick(OVERLAP);
  await old.closed;
  next.publish(note(2));
  await next.settled();
  assert.deepEqual([notes(read), gaps], [[1, 2], []]);
});

test('a connection waits a minute at most for a subscription that the new one does not take', async (t) => {
  const limited = [{ errorType: 'LimitExceededError' }];
  let isLimited = false;
  const { old, next, tick } = await expiring(t, { stop() {}, init: (connection) => connection.ack(172_800_000), start: (connection, id) => (isLimited ? connection.refused(id, limited) : connection.started(id)) });
  const { id } = await next.next('start');
  await next.settled();
  isLimited = true;
  next.refused(id, limited);
  let waited = 0;
  for (; old.unread === 0 && waited < 100_000; waited += 1_000) {
    tick(1_000);
    await next.settled();
    await old.settled();
  }
  await old.next('stop');
  assert.ok(waited > 60_000 && waited <= 66_000, String(waited));
});

/** A subscription that is cut off and not started again: 15 seconds and a pause later another connection takes over. */
async function makeDeaf(connection, subscribe) {
  const subscription = subscribe();
  const { id } = await connection.next('start');
  connection.started(id);
  await subscription.ready;
  connection.refused(id, [{ errorType: 'UnauthorizedException' }]);
  await connection.next('start');
}

test('a third connection that follows soon has twins of its own', async (t) => {
  const { read, old, next, server, subscribe, tick } = await expiring(t, { init: (connection) => connection.ack(), start() {} });
  const { id } = await next.next('start');
  await makeDeaf(next, subscribe);
  tick(12_000);
  next.started(id);
  await next.settled();
  old.publish(note(1));
  await old.settled();
  tick(OVERLAP);
  await old.closed;
  await next.next('stop');
  tick(1_000);
  const third = await server.connection();
  await third.next('connection_init');
  third.started((await third.next('start')).id);
  third.started((await third.next('start')).id);
  await third.settled();
  third.publish(note(1)); // another than the first one's
  await third.settled();
  tick(OVERLAP - 1); // when the first two's twins would have been forgotten
  next.publish(note(2));
  await next.settled();
  third.publish(note(2));
  await third.settled();
  assert.deepEqual(notes(read), [1, 1, 2]);
});

for (const [what, end] of [['completes', (connection, id) => connection.stopped(id)], ['refuses', (connection, id) => connection.refused(id, [{ errorType: 'UnauthorizedException' }])]]) {
  test(`what the old connection ${what} while another takes over goes on`, async (t) => {
    const { read, old, next, proofRequests } = await expiring(t, { init: (connection) => connection.ack(), start() {} });
    const { id } = await next.next('start');
    end(old, [...old.active.keys()][0]);
    await old.settled();
    next.started(id);
    next.publish(note(1));
    await next.settled();
    assert.deepEqual(notes(read), [1]);
    assert.equal(proofRequests.some(({ renew }) => renew), false);
  });
}

test('while the tokens cannot be refreshed the connection there is serves on', async (t) => {
  const theStage = await stage(t, { life: LIFE, answers: silent });
  t.mock.method(Math, 'random', () => 1);
  const { connection } = await theStage.subscribed();
  theStage.tick(UNTIL_RENEWAL);
  for (const [at, pause] of [1_000, 2_000, 4_000].entries()) {
    await rest();
    assert.equal(connects(theStage), at + 2);
    theStage.tick(pause - 1);
    assert.equal(connects(theStage), at + 2);
    if (pause === 4_000) theStage.renewed();
    theStage.tick(1);
  }
  const next = await theStage.server.connection();
  assert.equal(theStage.server.connections.length, 2, 'no connection is opened with the same token');
  assert.equal(next.proof.Authorization, 't2');
  assert.equal(connection.isOpen, true);
});

test('a new connection that fails is tried again beside the old one', async (t) => {
  let isUp = false;
  const { read, old, next, tick, server } = await expiring(t, { init: (connection) => (isUp ? connection.ack() : connection.hangUp()), start: (connection, id) => connection.started(id) });
  await next.closed;
  await old.settled();
  old.publish(note(1));
  await old.settled();
  isUp = true;
  tick(1_000);
  const third = await server.connection();
  await third.next('connection_init');
  await third.next('start');
  await third.settled();
  tick(OVERLAP);
  await old.closed;
  third.publish(note(2));
  await third.settled();
  assert.deepEqual(notes(read), [1, 2]);
});

test('a new connection that is lost while it takes over leaves the old one in charge', async (t) => {
  let isUp = false;
  const { read, old, next, tick, server } = await expiring(t, {
    init: (connection) => !isUp && connection.ack(), // the third is let in by hand
    start: (connection, id) => isUp && connection.started(id),
  });
  await next.next('start');
  await cut(next);
  isUp = true;
  tick(1_000);
  const third = await server.connection();
  await third.next('connection_init');
  tick(OVERLAP);
  await old.settled();
  assert.equal(old.unread, 0, 'it is not left while the third has not taken over');
  old.publish(note(1));
  await old.settled();
  third.ack();
  await third.next('start');
  await third.settled();
  tick(OVERLAP);
  await old.closed;
  third.publish(note(2));
  await third.settled();
  assert.deepEqual(notes(read), [1, 2]);
});

test('a new connection that is lost before the old one is left keeps the old one', async (t) => {
  const { read, old, next, tick } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => connection.started(id) });
  await next.next('start');
  await next.settled();
  tick(OVERLAP - 1);
  await cut(next);
  tick(1);
  await old.settled();
  assert.equal(old.unread, 0);
  old.publish(note(1));
  await old.settled();
  assert.deepEqual(notes(read), [1]);
});

test('an old connection that is lost while another takes over is not missed', async (t) => {
  const { read, old, next, theStage } = await expiring(t, { start: (connection, id) => connection.started(id) });
  await cut(old);
  next.ack();
  await next.next('start');
  next.publish(note(1));
  await next.settled();
  theStage.tick(10_000);
  assert.equal(connects(theStage), 2);
  assert.deepEqual(notes(read), [1]);
});

test('a start that the new connection does not answer leaves the old one in charge, and is tried again', async (t) => {
  const { read, old, next, tick, server } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => connection !== server.connections[1] && connection.started(id) });
  await next.next('start');
  tick(15_000);
  await next.closed;
  old.publish(note(1));
  await old.settled();
  tick(1_000);
  const third = await server.connection();
  await third.next('connection_init');
  await third.next('start');
  await third.settled();
  tick(OVERLAP);
  await old.closed;
  third.publish(note(2));
  await third.settled();
  assert.deepEqual(notes(read), [1, 2]);
});

test('who subscribes meanwhile is served by the new connection, and who ends leaves both', async (t) => {
  const { subscription, old, next, subscribe, tick } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => connection.started(id) });
  await next.next('start');
  await next.settled();
  const second = subscribe();
  await second.ready;
  await next.next('start');
  assert.deepEqual([old.active.size, next.active.size], [1, 2]);
  await subscription.return();
  await Promise.all([old.next('stop'), next.next('stop')]);
  assert.deepEqual([old.active.size, next.active.size], [0, 1]);
  tick(OVERLAP);
  await old.closed;
  assert.equal(next.isOpen, true);
});

test('an old connection that is slow to let go is not left twice', async (t) => {
  let isDeaf = true;
  const { old, next, server, subscribe, tick } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => !isDeaf && connection.started(id), stop() {} });
  const { id } = await next.next('start');
  await makeDeaf(next, subscribe);
  tick(12_000);
  next.started(id);
  await next.settled();
  tick(OVERLAP);
  await Promise.all([old.next('stop'), next.next('stop')]);
  isDeaf = false;
  tick(1_000);
  const third = await server.connection();
  await third.next('connection_init');
  await third.next('start');
  await third.next('start');
  await third.settled();
  tick(OVERLAP);
  await next.next('stop');
  await old.settled();
  assert.deepEqual([old.isOpen, old.unread], [true, 0]);
});

test('what was missed between the end of the old connection and the new one\'s acknowledgement is told', async (t) => {
  const { read, old, next, gaps } = await expiring(t, { init: (connection) => connection.ack(), start() {} });
  const { id } = await next.next('start');
  await cut(old);
  next.started(id);
  await next.settled();
  next.publish(note(1));
  await next.settled();
  assert.deepEqual([notes(read), gaps], [[1], ['gap']]);
});

test('what the new connection cuts off before the old one is left goes on', async (t) => {
  const { read, old, next, tick, proofRequests } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => connection.started(id) });
  const { id } = await next.next('start');
  await next.settled();
  next.refused(id, [{ errorType: 'UnauthorizedException' }]);
  await next.next('start');
  await next.settled();
  assert.equal(proofRequests.at(-1).renew, true);
  tick(OVERLAP);
  await old.closed;
  next.publish(note(1));
  await next.settled();
  assert.deepEqual(notes(read), [1]);
});

test('what the new connection completes before the old one is left is over', async (t) => {
  const { read, old, next } = await expiring(t, { init: (connection) => connection.ack(), start: (connection, id) => connection.started(id) });
  const { id } = await next.next('start');
  await next.settled();
  next.stopped(id);
  assert.equal(await read.ended, 'done');
  await old.next('stop');
});

test('who subscribes at the very moment at which a connection stands is started once', async (t) => {
  const { server, subscribe, tick } = await stage(t);
  const subscriptions = [subscribe()];
  const socket = await opening();
  const { onmessage } = socket;
  socket.onmessage = async (event) => {
    onmessage.call(socket, event);
    for (let hop = 0; hop < 20 && event.data.includes('connection_ack'); hop += 1) {
      await undefined;
      subscriptions.push(subscribe());
    }
  };
  const connection = await server.connection();
  const reads = subscriptions.map(reader);
  await connection.next('connection_init');
  for (let count = 0; count < 21; count += 1) await connection.next('start');
  reads.push(...subscriptions.slice(1).map(reader));
  await Promise.all(subscriptions.map(({ ready }) => ready));
  assert.deepEqual([connection.unread, connection.active.size], [0, 21]);
  connection.publish(note(1));
  await connection.settled();
  assert.deepEqual(reads.map(notes), Array(21).fill([1]));
  tick(60_000);
  assert.equal(server.connections.length, 1);
});

test('a connection is made anew before AppSync ends it for its age', async (t) => {
  const { server, subscribed, tick } = await stage(t, { isRenewable: false, answers: silent });
  const { connection } = await subscribed();
  tick(23.5 * 3_600_000 - 1);
  await connection.settled();
  assert.equal(server.connections.length, 1);
  tick(1);
  const next = await server.connection();
  await next.next('connection_init');
  await next.next('start');
  await next.settled();
  tick(OVERLAP);
  await connection.closed;
});

test('a very short life is used to its half', async (t) => {
  const theStage = await stage(t, { life: 60_000 });
  await theStage.subscribed();
  theStage.tick(29_999);
  assert.equal(connects(theStage), 1);
  theStage.tick(1);
  assert.equal(connects(theStage), 2);
});
