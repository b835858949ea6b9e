// Subscriptions as async iterables: what comes, how they end, and what ending does.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { connects, note, notes, reader, rest, stage, test } from './stage.mjs';

/** Two subscriptions on one connection; the second shows that the first one's end is its own. */
async function two(t, options) {
  const { subscribe, subscribed, ...more } = await stage(t);
  const { subscription, connection, id } = await subscribed(options);
  const other = subscribe();
  await other.ready;
  await connection.next('start');
  return { ...more, subscription, connection, id, other };
}

/** The first has been stopped, the second has not. */
async function isStopped({ connection, id, other }) {
  assert.equal((await connection.next('stop')).id, id);
  const read = reader(other);
  connection.publish(note(9));
  await connection.settled();
  assert.deepEqual(notes(read), [9]);
}

test('what has come is read in order, with its errors and extensions', async (t) => {
  const { subscribed } = await stage(t);
  const { subscription, connection, id } = await subscribed();
  const errors = [{ message: 'Not Authorized to access secret on type Note', path: ['secret'] }];
  connection.send({ type: 'data', id, payload: { data: note(1) } });
  connection.send({ type: 'data', id, payload: { data: note(2), errors, extensions: { cost: 1 } } });
  connection.send({ type: 'data', id, payload: { data: null, errors } });
  await connection.settled();
  const values = [await subscription.next(), await subscription.next(), await subscription.next()];
  assert.deepEqual(values, [{ data: note(1) }, { data: note(2), errors, extensions: { cost: 1 } }, { data: null, errors }]
    .map((value) => ({ value, done: false })));
});

test('readers who come before the messages are served in turn', async (t) => {
  const { subscribed } = await stage(t);
  const { subscription, connection } = await subscribed();
  const waiting = [subscription.next(), subscription.next()];
  connection.publish(note(1));
  connection.publish(note(2));
  assert.deepEqual((await Promise.all(waiting)).map(({ value }) => value.data), [note(1), note(2)]);
});

test('break stops it', async (t) => {
  const theTwo = await two(t);
  for (const count of [1, 2]) theTwo.connection.send({ type: 'data', id: theTwo.id, payload: { data: note(count) } });
  for await (const { data } of theTwo.subscription) {
    assert.deepEqual(data, note(1));
    break;
  }
  await theTwo.connection.settled();
  await isStopped(theTwo);
  assert.deepEqual(await theTwo.subscription.next(), { value: undefined, done: true });
});

test('return() stops it, and ends who waits', async (t) => {
  const { signal } = new AbortController();
  const theTwo = await two(t, { signal });
  assert.equal(getEventListeners(signal, 'abort').length, 1);
  const waiting = [theTwo.subscription.next(), theTwo.subscription.next()];
  assert.deepEqual(await theTwo.subscription.return(7), { value: 7, done: true });
  assert.equal(getEventListeners(signal, 'abort').length, 0);
  assert.deepEqual(await Promise.all(waiting), [{ value: undefined, done: true }, { value: undefined, done: true }]);
  await isStopped(theTwo);
});

test('throw() stops it', async (t) => {
  const theTwo = await two(t);
  const mistake = new Error('mistake');
  await assert.rejects(theTwo.subscription.throw(mistake), mistake);
  await isStopped(theTwo);
});

test('the signal stops it, with an AbortError, and nothing more is read', async (t) => {
  const controller = new AbortController();
  const theTwo = await two(t, { signal: controller.signal });
  theTwo.connection.publish(note(1));
  await theTwo.connection.settled();
  const reason = new Error('enough');
  controller.abort(reason);
  const { values, ended } = reader(theTwo.subscription);
  const error = await ended;
  assert.deepEqual([error.name, error.code, error.cause, values], ['AbortError', 'aborted', reason, []]);
  await theTwo.other.next();
  await isStopped(theTwo);
});

test('a signal that has fired asks for nothing', async (t) => {
  const theStage = await stage(t);
  const subscription = theStage.subscribe({ signal: AbortSignal.abort() });
  assert.equal((await reader(subscription).ended).code, 'aborted');
  await assert.rejects(subscription.ready, { code: 'aborted' });
  theStage.tick(60_000);
  assert.equal(connects(theStage), 0);
});

test('complete ends it, after what came before', async (t) => {
  const { subscribed } = await stage(t);
  const { subscription, connection, id } = await subscribed();
  connection.publish(note(1));
  connection.stopped(id);
  await connection.settled();
  const read = reader(subscription);
  assert.equal(await read.ended, 'done');
  assert.deepEqual(notes(read), [1]);
  assert.equal(connection.unread, 0, 'what has ended is not stopped');
});

test('an error comes after what came before it, and once', async (t) => {
  const { subscribed } = await stage(t);
  const { subscription, connection, id } = await subscribed();
  connection.publish(note(1));
  connection.refused(id, [{ errorType: 'UnsupportedOperation' }]);
  await connection.settled();
  assert.deepEqual((await subscription.next()).value.data, note(1));
  await assert.rejects(subscription.next(), { name: 'UnsupportedOperation' });
  assert.deepEqual(await subscription.next(), { value: undefined, done: true });
});

test('one that is stopped before it was acknowledged is stopped at the service too', async (t) => {
  const { server, subscribe } = await stage(t, { answers: { start() {} } });
  const subscription = subscribe();
  const connection = await server.connection();
  await connection.next('connection_init');
  const { id } = await connection.next('start');
  await subscription.return();
  await assert.rejects(subscription.ready, { code: 'aborted' });
  assert.equal((await connection.next('stop')).id, id);
  connection.started(id);
  await connection.settled();
  assert.equal(connection.unread, 0);
});

test('one that is stopped while its proof is being made is never started', async (t) => {
  const theStage = await stage(t);
  const { connection } = await theStage.subscribed();
  let prove;
  theStage.prove = (request, usual) => new Promise((resolve) => (prove = () => resolve(usual(request))));
  const subscription = theStage.subscribe();
  await rest();
  await subscription.return();
  prove();
  await connection.settled();
  assert.equal(connection.unread, 0);
  assert.equal(connection.active.size, 1);
});

test('a reader who is too slow is told so, and keeps what has come', async (t) => {
  const theTwo = await two(t);
  for (let count = 0; count < 10_001; count += 1) theTwo.connection.send({ type: 'data', id: theTwo.id, payload: { data: note(count) } });
  await theTwo.connection.settled();
  await isStopped(theTwo);
  const read = reader(theTwo.subscription);
  const error = await read.ended;
  assert.deepEqual([error.name, error.code], ['QueueOverflowException', 'appsync']);
  assert.deepEqual([read.values.length, notes(read).at(-1)], [10_001, 10_000]);
});

test('a reader who is too slow for large messages is told so before memory runs out', async (t) => {
  const theTwo = await two(t);
  const text = 'x'.repeat(200_000);
  const send = async (count) => {
    for (let sent = 0; sent < count; sent += 1) theTwo.connection.send({ type: 'data', id: theTwo.id, payload: { data: { text } } });
    await theTwo.connection.settled();
  };
  await send(150);
  for (let read = 0; read < 150; read += 1) assert.equal((await theTwo.subscription.next()).value.data.text, text);
  await send(160); // what has been read does not count
  await isStopped(theTwo);
  const read = reader(theTwo.subscription);
  const { name, code, message, recoverySuggestion } = await read.ended;
  assert.deepEqual([name, code], ['QueueOverflowException', 'appsync']);
  assert.match(message, /^Messages of more than 32 MB waited to be read/);
  assert.match(recoverySuggestion, /Read faster/);
  assert.equal(read.values.length, 160);
});

test('a mistake in onReconnect is reported and does no harm', async (t) => {
  const reported = [];
  const { reportError } = globalThis;
  globalThis.reportError = (error) => reported.push(error);
  t.after(() => (globalThis.reportError = reportError));
  const { server, subscribed, tick } = await stage(t);
  const mistake = new Error('mistake');
  const { subscription, connection } = await subscribed({
    onReconnect() {
      throw mistake;
    },
  });
  void connection.hangUp();
  await connection.closed;
  await rest();
  tick(1_000);
  const next = await server.connection();
  await next.next('connection_init');
  await next.next('start');
  next.publish(note(1));
  assert.deepEqual((await subscription.next()).value.data, note(1));
  await rest();
  assert.deepEqual(reported, [mistake]);
});
