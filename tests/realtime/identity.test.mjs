// Another user signs in, or the user signs out: no message of the previous user is delivered.
import assert from 'node:assert/strict';
import { note, notes, reader, rest, stage, test } from './stage.mjs';

const LIFE = 600_000;

test('a new user reconnects, and receives no message of the previous user', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  const { realtime, server, subscribed, renewed } = theStage;
  let gaps = 0;
  const { subscription, line, id } = await subscribed({ onReconnect: () => (gaps += 1) });
  line.publish(note(1));
  await line.settled(); // it waits to be read
  renewed();
  realtime.reauthenticate();
  line.send({ type: 'data', id, payload: { data: note(2) } }); // it was under way
  const read = reader(subscription);
  const next = await server.line();
  await line.closed;
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
  const { line } = await subscribed();
  token.count += 1;
  realtime.reauthenticate();
  await line.closed;
  assert.equal((await server.line()).proof.Authorization, 't2');
});

test('a connection that stands idle when somebody signs in serves nobody afterwards', async (t) => {
  const { realtime, server, subscribe, subscribed, renewed } = await stage(t, { life: LIFE });
  const { subscription, line } = await subscribed();
  await subscription.return();
  renewed();
  realtime.reauthenticate();
  await line.closed;
  const next = subscribe();
  assert.equal((await server.line()).proof.Authorization, 't2');
  await next.ready;
});

test('nobody is served by the one before while a new connection cannot be made', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  const { realtime, server, subscribed, tick } = theStage;
  const { line } = await subscribed();
  theStage.prove = () => Promise.reject(Object.assign(new Error('offline'), { retryable: true }));
  realtime.reauthenticate();
  await line.closed;
  theStage.prove = (wish, usual) => usual(wish);
  await rest();
  tick(1_000);
  await (await server.line()).next('connection_init');
});

for (const [when, init] of [['opened', () => false], ['opened, and is let in', (line) => line.ack()]]) {
  test(`who signs in while a connection is being ${when} is not served by it`, async (t) => {
    const answers = { init: (line) => (line === server.lines[0] ? init(line) : line.ack()) };
    const { realtime, server, subscribe, renewed } = await stage(t, { life: LIFE, answers });
    const subscription = subscribe();
    const line = await server.line();
    await line.next('connection_init');
    renewed();
    realtime.reauthenticate();
    await line.closed;
    const next = await server.line();
    await next.next('connection_init');
    await subscription.ready;
    await next.next('start');
    assert.deepEqual([next.proof.Authorization, server.lines.length], ['t2', 2]);
  });
}

test('a user who signs in while a connection is being authorized does not get the previous user\'s', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  const { realtime, server, renewed } = theStage;
  let answer;
  theStage.prove = (wish, usual) => new Promise((resolve) => (answer = resolve.bind(undefined, usual(wish))));
  theStage.subscribe();
  await rest();
  theStage.prove = (wish, usual) => usual(wish);
  renewed();
  realtime.reauthenticate();
  answer();
  assert.equal((await server.line()).proof.Authorization, 't2');
  await rest();
  assert.equal(server.lines.length, 1);
});

test('a rejection of the previous user ends no subscription of the new one', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  let fail;
  theStage.prove = () => new Promise((_, reject) => (fail = reject));
  const subscription = theStage.subscribe();
  await rest();
  theStage.prove = (wish, usual) => usual(wish);
  theStage.realtime.reauthenticate();
  fail(Object.assign(new Error('Nobody is signed in.'), { code: 'signed_out', retryable: false }));
  await subscription.ready;
});

test('a connection that proves no user stays, with all that has come', async (t) => {
  const { realtime, server, subscribed, tick } = await stage(t, { isRenewable: false });
  const { subscription, line } = await subscribed();
  line.publish(note(1));
  await line.settled();
  realtime.reauthenticate();
  const read = reader(subscription);
  line.publish(note(2));
  await line.settled();
  tick(60_000);
  assert.deepEqual([notes(read), server.lines.length], [[1, 2], 1]);
});

test('a sign-out ends what only users may see, and what of it has not been read', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  const { subscription, line } = await theStage.subscribed();
  line.publish(note(1));
  await line.settled();
  const signedOut = Object.assign(new Error('Nobody is signed in.'), { code: 'signed_out', retryable: false });
  theStage.prove = () => Promise.reject(signedOut);
  theStage.realtime.reauthenticate();
  const read = reader(subscription);
  assert.equal(await read.ended, signedOut);
  assert.deepEqual(read.values, []);
  await line.closed;
});

test('a connection that serves nobody is not made anew', async (t) => {
  const { realtime, server, subscribed, tick } = await stage(t, { life: LIFE });
  const { subscription, line } = await subscribed();
  await subscription.return();
  realtime.reauthenticate();
  await line.closed;
  tick(60_000);
  assert.equal(server.lines.length, 1);
});

test('a user who signs in while a credential never comes is served at once', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  theStage.prove = () => new Promise(() => {});
  const subscription = theStage.subscribe();
  await rest();
  theStage.prove = (wish, usual) => usual(wish);
  theStage.renewed();
  theStage.realtime.reauthenticate();
  assert.equal((await theStage.server.line()).proof.Authorization, 't2');
  await subscription.ready;
});

test('sign-ins that follow each other closely make one connection a second', async (t) => {
  const theStage = await stage(t, { life: LIFE });
  const { line } = await theStage.subscribed();
  for (let count = 0; count < 200; count += 1) theStage.realtime.reauthenticate();
  await line.closed; // at once
  theStage.tick(999);
  await rest();
  assert.equal(theStage.server.lines.length, 1);
  theStage.tick(1);
  const next = await theStage.server.line();
  await next.next('connection_init');
  await next.next('start');
});
