// What becomes of refusals: of a connection, of a subscription, of the proof itself.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { connects, cut, note, notes, reader, rest, stage, test } from './stage.mjs';

const UNAUTHORIZED = { errorType: 'UnauthorizedException', message: 'Permission denied', errorCode: 400 };
const NAMESPACED = { ...UNAUTHORIZED, errorType: 'com.amazonaws.deepdish.graphql.auth#UnauthorizedException' };

const refuse = (connection, ...errors) => {
  connection.send({ type: 'connection_error', payload: { errors } });
  void connection.hangUp();
};

for (const error of [UNAUTHORIZED, NAMESPACED]) {
  test(`a connection refused as ${error.errorType} is tried once more with a new token`, async (t) => {
    const answers = { init: (connection) => (connection.proof.Authorization === 't1' ? refuse(connection, error) : connection.ack()) };
    const { server, subscribe, proofRequests } = await stage(t, { answers });
    const subscription = subscribe();
    await subscription.ready;
    assert.equal(server.connections.length, 2);
    assert.deepEqual(proofRequests.map(({ purpose, renew }) => [purpose, renew]), [['connect', false], ['connect', false], ['connect', true], ['message', false]]);
  });

  test(`one that is refused as ${error.errorType} again ends all that it serves`, async (t) => {
    const theStage = await stage(t, { answers: { init: (connection) => refuse(connection, error) } });
    const subscriptions = [theStage.subscribe(), theStage.subscribe()];
    const errors = await Promise.all(subscriptions.map((subscription) => reader(subscription).ended));
    for (const found of errors) {
      assert.deepEqual([found.name, found.code, found.message, found.retryable], ['UnauthorizedException', 'appsync', 'Permission denied', false]);
      assert.deepEqual(found.errors, [error]);
    }
    await assert.rejects(subscriptions[0].ready, errors[0]);
    theStage.tick(3_600_000);
    assert.equal(theStage.server.connections.length, 2);
  });
}

test('nothing is renewed where there is nothing else to show', async (t) => {
  const theStage = await stage(t, { isRenewable: false, answers: { init: (connection) => refuse(connection, UNAUTHORIZED) } });
  const error = await reader(theStage.subscribe()).ended;
  assert.equal(error.name, 'UnauthorizedException');
  assert.equal(connects(theStage), 1);
});

test('a later subscription tries anew after a refusal', async (t) => {
  let isRefused = true;
  const { subscribe } = await stage(t, { isRenewable: false, answers: { init: (connection) => (isRefused ? refuse(connection, UNAUTHORIZED) : connection.ack()) } });
  await reader(subscribe()).ended;
  isRefused = false;
  await subscribe().ready;
});

for (const [error, name] of [
  [{ errorType: 'BadRequestException', message: 'No' }, 'BadRequestException'],
  [{ message: 'Of no type', errorCode: 403 }, 'AppSyncException'],
]) {
  test(`a connection refused with ${JSON.stringify(error)} is not tried again`, async (t) => {
    const theStage = await stage(t, { answers: { init: (connection) => refuse(connection, error) } });
    const found = await reader(theStage.subscribe()).ended;
    assert.deepEqual([found.name, found.code, found.retryable], [name, 'appsync', false]);
    assert.equal(connects(theStage), 1);
  });
}

for (const error of [{ errorType: 'LimitExceededError', message: 'Slow down', errorCode: 400 }, { message: 'Something' }]) {
  test(`a connection refused with ${JSON.stringify(error)} is tried again after a pause`, async (t) => {
    const answers = { init: (connection) => (connection === server.connections[0] ? refuse(connection, error) : connection.ack()) };
    const { server, subscribe, tick } = await stage(t, { answers });
    const subscription = subscribe();
    const connection = await server.connection();
    await connection.closed;
    await rest();
    tick(1_000);
    await subscription.ready;
    assert.equal(server.connections.length, 2);
  });
}

test('a start that is refused is tried once more with a new token, on the same connection', async (t) => {
  const token = ({ payload }) => payload.extensions.authorization.Authorization;
  const answers = { start: (connection, start) => (token(start) === 't1' ? connection.refused(start.id, [UNAUTHORIZED]) : connection.started(start.id)) };
  const { server, subscribe, proofRequests } = await stage(t, { answers });
  await subscribe().ready;
  assert.equal(server.connections.length, 1);
  assert.deepEqual(proofRequests.map(({ purpose, renew }) => [purpose, renew]), [['connect', false], ['message', false], ['message', false], ['message', true]]);
});

test('a start that is refused again ends that subscription alone', async (t) => {
  const answers = { start: (connection, { id }) => (connection.active.size === 1 ? connection.started(id) : connection.refused(id, [UNAUTHORIZED])) };
  const { server, subscribe, subscribed, proofRequests } = await stage(t, { answers });
  const { subscription, connection } = await subscribed();
  const read = reader(subscription);
  const error = await reader(subscribe()).ended;
  assert.deepEqual([error.name, error.code], ['UnauthorizedException', 'appsync']);
  assert.equal(proofRequests.filter(({ renew }) => renew).length, 1);
  await connection.settled();
  connection.publish(note(1));
  await connection.settled();
  assert.deepEqual(notes(read), [1]);
  assert.equal(server.connections.length, 1);
});

test('a refusal of what is asked is the error, at once', async (t) => {
  const errors = { errorType: 'MaxSubscriptionsReachedError', message: 'Max number of 100 subscriptions reached' }; // not in a list
  const { subscribe, proofRequests } = await stage(t, { answers: { start: (connection, { id }) => connection.refused(id, errors) } });
  const error = await reader(subscribe()).ended;
  assert.deepEqual([error.name, error.message, error.retryable], ['MaxSubscriptionsReachedError', errors.message, false]);
  assert.deepEqual(error.errors, [errors]);
  assert.equal(proofRequests.length, 2);
});

test('a limit that passes is told so', async (t) => {
  const { subscribe } = await stage(t, { answers: { start: (connection, { id }) => connection.refused(id, [{ errorType: 'LimitExceededError' }]) } });
  const error = await reader(subscribe()).ended;
  assert.deepEqual([error.code, error.retryable], ['appsync', true]);
});

test('a limit that a subscription meets when it is made again is waited for, and the others are left alone', async (t) => {
  t.mock.method(Math, 'random', () => 1);
  let refusals = 0;
  const isLimited = (connection, id) => connection !== server.connections[0] && id === limited && (refusals += 1) <= 2;
  let limited;
  const answers = {
    start: (connection, { id }) => {
      if (connection !== server.connections[0]) limited ??= id;
      if (isLimited(connection, id)) connection.refused((limited = id), [{ errorType: 'LimitExceededError' }]);
      else connection.started(id);
    },
  };
  const { server, subscribe, subscribed, tick, proofRequests } = await stage(t, { answers });
  const { subscription, connection } = await subscribed();
  const second = subscribe();
  await second.ready;
  const reads = [reader(subscription), reader(second)];
  await cut(connection);
  tick(1_000);
  const next = await server.connection();
  await next.next('connection_init');
  limited = (await next.next('start')).id;
  await next.next('start');
  await next.settled();
  next.publish(note(1));
  tick(999);
  await next.settled();
  assert.equal(next.unread, 0);
  tick(1);
  limited = (await next.next('start')).id;
  await next.settled();
  next.publish(note(2));
  await next.settled();
  assert.deepEqual(reads.map(notes), [[2], [1, 2]]);
  tick(60_000);
  assert.equal(connects({ proofRequests }), 2);
});

test('an error of one subscription does not touch the others', async (t) => {
  const { subscribe, subscribed } = await stage(t);
  const { subscription, connection, id } = await subscribed();
  const second = subscribe();
  await second.ready;
  await connection.next('start');
  const reads = [reader(subscription), reader(second)];
  connection.publish(note(1));
  connection.refused(id, [{ errorType: 'UnsupportedOperation', message: 'no' }]);
  connection.publish(note(2));
  await connection.settled();
  assert.equal((await reads[0].ended).name, 'UnsupportedOperation');
  assert.deepEqual(reads.map(notes), [[1], [1, 2]]);
});

test('a subscription that is cut off because its token expired goes on with a new one', async (t) => {
  const { subscribed } = await stage(t);
  let reconnected = 0;
  const { subscription, connection, id } = await subscribed({ onReconnect: () => (reconnected += 1) });
  const read = reader(subscription);
  connection.refused(id, [UNAUTHORIZED]);
  const { payload } = await connection.next('start');
  assert.equal(payload.extensions.authorization.Authorization, 't2');
  await connection.settled();
  connection.publish(note(1));
  await connection.settled();
  assert.deepEqual(notes(read), [1]);
  assert.equal(reconnected, 1);
});

test('one that is cut off again and again is not restarted for ever', async (t) => {
  const { subscribed, proofRequests } = await stage(t);
  const { subscription, connection, id } = await subscribed();
  const read = reader(subscription);
  connection.refused(id, [UNAUTHORIZED]);
  const again = await connection.next('start');
  await connection.settled();
  connection.refused(again.id, [UNAUTHORIZED]);
  assert.equal((await read.ended).name, 'UnauthorizedException');
  assert.equal(proofRequests.filter(({ renew }) => renew).length, 1);
});

test('a restart that is not answered is given up, and made on another connection', async (t) => {
  let isUp = true;
  const { server, subscribed, tick } = await stage(t, { answers: { start: (connection, { id }) => isUp && connection.started(id) } });
  let reconnected = 0;
  const { subscription, connection, id } = await subscribed({ onReconnect: () => (reconnected += 1) });
  const read = reader(subscription);
  isUp = false;
  connection.refused(id, [UNAUTHORIZED]);
  const again = await connection.next('start');
  tick(15_000);
  assert.equal((await connection.next('stop')).id, again.id);
  isUp = true;
  tick(1_000);
  const next = await server.connection();
  await next.next('connection_init');
  await next.next('start');
  next.publish(note(1));
  await next.settled();
  assert.deepEqual([notes(read), reconnected], [[1], 1]);
});

test('many that are cut off have the token renewed once', async (t) => {
  const { subscribe, subscribed, proofRequests } = await stage(t);
  const { connection } = await subscribed();
  const others = [subscribe(), subscribe()];
  await Promise.all(others.map(({ ready }) => ready));
  await connection.next('start');
  await connection.next('start');
  for (const id of [...connection.active.keys()]) {
    connection.refused(id, [UNAUTHORIZED]);
    assert.equal((await connection.next('start')).payload.extensions.authorization.Authorization, 't2');
    await connection.settled();
  }
  assert.equal(proofRequests.filter(({ renew }) => renew).length, 1);
});

test('a connection that is refused with the code 401 is tried with a new token, whatever the type', async (t) => {
  const answers = { init: (connection) => (connection.proof.Authorization === 't1' ? refuse(connection, { message: 'No', errorCode: 401 }) : connection.ack()) };
  const { subscribe } = await stage(t, { answers });
  await subscribe().ready;
});

test('a start whose proof cannot be had now is made later', async (t) => {
  const theStage = await stage(t);
  t.mock.method(Math, 'random', () => 1);
  const { connection } = await theStage.subscribed();
  theStage.prove = () => Promise.reject(Object.assign(new Error('offline'), { retryable: true }));
  const second = theStage.subscribe();
  await rest();
  theStage.tick(999);
  await connection.settled();
  assert.equal(connection.unread, 0);
  theStage.tick(1);
  await rest();
  theStage.prove = (request, usual) => usual(request);
  theStage.tick(2_000);
  await second.ready;
  assert.equal(theStage.server.connections.length, 1);
});

test('an error without an id is of the only start that waits', async (t) => {
  const { subscribe, subscribed } = await stage(t, { answers: { start: (connection, { id }) => connection.active.size === 1 && connection.started(id) } });
  const { subscription, connection } = await subscribed();
  const read = reader(subscription);
  const second = reader(subscribe());
  await connection.next('start');
  connection.send({ type: 'error', payload: { errors: [{ errorType: 'BadRequestException' }] } });
  assert.equal((await second.ended).name, 'BadRequestException');
  connection.publish(note(1));
  await connection.settled();
  assert.deepEqual(notes(read), [1]);
});

test('an error without an id ends nothing where it could be meant for two', async (t) => {
  const { subscribe, subscribed } = await stage(t, { answers: { start: (connection, { id }) => connection.active.size === 1 && connection.started(id) } });
  const { connection } = await subscribed();
  const two = [subscribe(), subscribe()];
  const ids = [(await connection.next('start')).id, (await connection.next('start')).id];
  connection.send({ type: 'error', payload: { errors: [{ errorType: 'BadRequestException' }] } });
  ids.forEach((id) => connection.started(id));
  await Promise.all(two.map(({ ready }) => ready));
});

test('a proof that cannot be had now is asked for again', async (t) => {
  const theStage = await stage(t);
  theStage.prove = () => Promise.reject(Object.assign(new Error('offline'), { retryable: true }));
  const subscription = theStage.subscribe();
  await rest();
  theStage.prove = (request, usual) => usual(request);
  theStage.tick(1_000);
  await subscription.ready;
});

test('a proof that cannot be had at all is the error', async (t) => {
  const theStage = await stage(t);
  const refused = Object.assign(new Error('refused'), { retryable: false });
  theStage.prove = () => Promise.reject(refused);
  assert.equal(await reader(theStage.subscribe()).ended, refused);
  theStage.tick(3_600_000);
  assert.equal(connects(theStage), 1);
});

test('no error tells what proves who asks', async (t) => {
  const theStage = await stage(t, { answers: { init: (connection) => refuse(connection, UNAUTHORIZED) } });
  const secret = 'zXsecretXz';
  const headers = { host: theStage.server.host, Authorization: secret };
  const protocol = `header-${Buffer.from(JSON.stringify(headers)).toString('base64url')}`;
  theStage.prove = (request, usual) => ({ ...usual(request), headers, protocol });
  const found = [await reader(theStage.subscribe()).ended];
  const { WebSocket } = globalThis;
  t.after(() => (globalThis.WebSocket = WebSocket));
  globalThis.WebSocket = class {
    constructor(url, protocols) {
      throw new SyntaxError(`The subprotocol '${protocols[1]}' is invalid.`); // as browsers say it
    }
  };
  found.push(await reader(theStage.subscribe()).ended);
  delete globalThis.WebSocket;
  found.push(await reader(theStage.subscribe()).ended);
  assert.deepEqual(found.map(({ code }) => code), ['appsync', 'no_websocket', 'no_websocket']);
  for (const error of found) {
    const told = inspect(error, { depth: 9 }) + error.stack;
    for (const hidden of [secret, protocol]) assert.equal(told.includes(hidden), false);
  }
});
