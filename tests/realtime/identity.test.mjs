// Another user signs in, or the user signs out: no message of the previous user is delivered.
import assert from 'node:assert/strict';
import { note, notes, reader, rest, stage, test } from './stage.mjs';

const LIFE = 600_000;

test('a new user reconnects, and receives no message of the previous user', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  const { realtime, server, subscribed, renewed } = theStage;
  let gaps = 0;
  const { subscription, connection, id } = await subscribed({ onReconnect: () => (gaps += 1) });
  connection.publish(note(1));
  await connection.settled(); // it waits to be read
  renewed();
  realtime.reauthenticate();
  connection.send({ type: 'data', id, payload: { data: note(2) } }); // it was under way
  const read = reader(subscription);
  const next = await server.connection();
  await connection.closed;
  assert.equal(next.proof.Authorization, 't2');
  await next.next('connection_init');
  assert.equal((await next.next('start')).payload.extensions.authorization.Authorization, 't2');
  await next.settled();
  next.publish(note(3));
  await next.settled();
  assert.deepEqual([notes(read), gaps], [[3], 1]);
});

test('the connection is new though both tokens expire at the same time', async (t) => {
  const { realtime, server, subscribed, token } = await stage(t, { life: LIFE });
  const { connection } = await subscribed();
  token.count += 1;
  realtime.reauthenticate();
  await connection.closed;
  assert.equal((await server.connection()).proof.Authorization, 't2');
});

test('a connection that stands idle when somebody signs in serves nobody afterwards', async (t) => {
  const { realtime, server, subscribe, subscribed, renewed } = await stage(t, { life: LIFE });
  const { subscription, connection } = await subscribed();
  await subscription.return();
  renewed();
  realtime.reauthenticate();
  await connection.closed;
  const next = subscribe();
  assert.equal((await server.connection()).proof.Authorization, 't2');
  await next.ready;
});

test('nobody is served by the one before while a new connection cannot be made', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  const { realtime, server, subscribed, tick } = theStage;
  const { connection } = await subscribed();
  theStage.prove = () => Promise.reject(Object.assign(new Error('offline'), { retryable: true }));
  realtime.reauthenticate();
  await connection.closed;
  theStage.prove = (request, usual) => usual(request);
  await rest();
  tick(1_000);
  await (await server.connection()).next('connection_init');
});

for (const [when, init] of [['opened', () => false], ['opened, and is let in', (connection) => connection.ack()]]) {
  test(`who signs in while a connection is being ${when} is not served by it`, async (t) => {
    const answers = { init: (connection) => (connection === server.connections[0] ? init(connection) : connection.ack()) };
    const { realtime, server, subscribe, renewed } = await stage(t, { life: LIFE, answers });
    const subscription = subscribe();
    const connection = await server.connection();
    await connection.next('connection_init');
    renewed();
    realtime.reauthenticate();
    await connection.closed;
    const next = await server.connection();
    await next.next('connection_init');
    await subscription.ready;
    await next.next('start');
    assert.deepEqual([next.proof.Authorization, server.connections.length], ['t2', 2]);
  });
}

test('a user who signs in while a connection is being authorized does not get the previous user\'s', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  const { realtime, server, renewed } = theStage;
  let answer;
  theStage.prove = (request, usual) => new Promise((resolve) => (answer = resolve.bind(undefined, usual(request))));
  theStage.subscribe();
  await rest();
  theStage.prove = (request, usual) => usual(request);
  renewed();
  realtime.reauthenticate();
  answer();
  assert.equal((await server.connection()).proof.Authorization, 't2');
  await rest();
  assert.equal(server.connections.length, 1);
});

test('a rejection of the previous user ends no subscription of the new one', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  let fail;
  theStage.prove = () => new Promise((_, reject) => (fail = reject));
  const subscription = theStage.subscribe();
  await rest();
  theStage.prove = (request, usual) => usual(request);
  theStage.realtime.reauthenticate();
  fail(Object.assign(new Error('Nobody is signed in.'), { code: 'signed_out', retryable: false }));
  await subscription.ready;
});

test('a connection that proves no user stays, with all that has come', async (t) => {
  const { realtime, server, subscribed, tick } = await stage(t, { isRenewable: false });
  const { subscription, connection } = await subscribed();
  connection.publish(note(1));
  await connection.settled();
  realtime.reauthenticate();
  const read = reader(subscription);
  connection.publish(note(2));
  await connection.settled();
  tick(60_000);
  assert.deepEqual([notes(read), server.connections.length], [[1, 2], 1]);
});

test('a sign-out ends what only users may see, and what of it has not been read', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  const { subscription, connection } = await theStage.subscribed();
  connection.publish(note(1));
  await connection.settled();
  const signedOut = Object.assign(new Error('Nobody is signed in.'), { code: 'signed_out', retryable: false });
  theStage.prove = () => Promise.reject(signedOut);
  theStage.realtime.reauthenticate();
  const read = reader(subscription);
  assert.equal(await read.ended, signedOut);
  assert.deepEqual(read.values, []);
  await connection.closed;
});

test('a connection that serves nobody is not made anew', async (t) => {
  const { realtime, server, subscribed, tick } = await stage(t, { life: LIFE });
  const { subscription, connection } = await subscribed();
  await subscription.return();
  realtime.reauthenticate();
  await connection.closed;
  tick(60_000);
  assert.equal(server.connections.length, 1);
});

test('a user who signs in while a credential never comes is served at once', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  theStage.prove = () => new Promise(() => {});
  const subscription = theStage.subscribe();
  await rest();
  theStage.prove = (request, usual) => usual(request);
  theStage.renewed();
  theStage.realtime.reauthenticate();
  assert.equal((await theStage.server.connection()).proof.Authorization, 't2');
  await subscription.ready;
});

test('sign-ins that follow each other closely make one connection a second', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  const { connection } = await theStage.subscribed();
  for (let count = 0; count < 200; count += 1) theStage.realtime.reauthenticate();
  await connection.closed; // at once
  theStage.tick(999);
  await rest();
  assert.equal(theStage.server.connections.length, 1);
  theStage.tick(1);
  const next = await theStage.server.connection();
  await next.next('connection_init');
  await next.next('start');
});
