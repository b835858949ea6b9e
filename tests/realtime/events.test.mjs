// Subscriptions to channels of the Events API.
import assert from 'node:assert/strict';
import { reader, rest, stage, test } from './stage.mjs';

const BODY = JSON.stringify({ channel: '/default/*' });

async function subscribed(t, answers) {
  const theStage = await stage(t, { answers });
  const subscription = theStage.realtime.subscribe('events', BODY, {});
  const connection = await theStage.server.connection();
  await connection.next('connection_init');
  const { type, ...message } = await connection.next('subscribe');
  return { ...theStage, subscription, connection, message };
}

test('it speaks the protocol of Events', async (t) => {
  const { server, subscription, connection, message, tick, proofRequests } = await subscribed(t);
  assert.deepEqual([connection.path, connection.protocol], ['/event/realtime', 'aws-appsync-event-ws']);
  assert.deepEqual(message, { id: message.id, channel: '/default/*', authorization: { host: server.host, Authorization: 't1' } });
  assert.deepEqual(proofRequests.map(({ api, purpose, body }) => [api, purpose, body]), [['events', 'connect', '{}'], ['events', 'message', BODY]]);
  await subscription.ready;
  await subscription.return();
  assert.deepEqual(await connection.next('unsubscribe'), { type: 'unsubscribe', id: message.id });
  tick(5_000);
  await connection.closed;
});

test('the time that the service may be silent stands elsewhere', async (t) => {
  const { connection, subscription, tick } = await subscribed(t, { init: (connection) => connection.ack(20_000) });
  await subscription.ready;
  tick(19_999);
  await connection.settled();
  assert.equal(connection.isOpen, true);
  tick(1);
  await connection.closed;
});

test('events are parsed, alone or in a list', async (t) => {
  const { subscription, connection, message: { id } } = await subscribed(t);
  const read = reader(subscription);
  const events = [{ n: 1 }, 'text', 0, null, false, [1, 2]];
  for (const event of events) connection.send({ type: 'data', id, event: JSON.stringify(event) });
  connection.send({ type: 'data', id, event: events.map((event) => JSON.stringify(event)) });
  for (const event of [undefined, '', '{', {}, [], ['{', '3']]) connection.send({ type: 'data', id, event });
  await connection.settled();
  assert.deepEqual(read.values, [...events, ...events, 3]);
});

test('of a list that is too long no more is taken than may wait', async (t) => {
  const { subscription, connection, message: { id } } = await subscribed(t);
  connection.send({ type: 'data', id, event: Array.from({ length: 10_005 }, (_, at) => String(at)) });
  await connection.settled();
  const read = reader(subscription);
  assert.equal((await read.ended).name, 'QueueOverflowException');
  assert.equal(read.values.length, 10_001);
});

test('an event that could not be broadcast ends nothing', async (t) => {
  const { subscription, connection, message: { id } } = await subscribed(t);
  const read = reader(subscription);
  connection.send({ type: 'broadcast_error', id, errors: [{ errorType: 'MessageProcessingError' }] });
  connection.send({ type: 'data', id, event: '1' });
  await connection.settled();
  assert.deepEqual(read.values, [1]);
});

test('a refusal is the error', async (t) => {
  const errors = [{ errorType: 'BadRequestException', message: 'Invalid channel' }];
  const { subscription } = await subscribed(t, { start: (connection, { id }) => connection.refused(id, errors) });
  const error = await reader(subscription).ended;
  assert.deepEqual([error.name, error.code, error.message, error.errors], ['BadRequestException', 'appsync', 'Invalid channel', errors]);
});

test('an expired token is renewed once', async (t) => {
  const errors = [{ errorType: 'UnauthorizedException' }];
  const isOld = ({ authorization }) => authorization.Authorization === 't1';
  const answers = { start: (connection, start) => (isOld(start) ? connection.refused(start.id, errors) : connection.started(start.id)) };
  const { subscription } = await subscribed(t, answers);
  await subscription.ready;
});

test('a connection that is replaced is left by unsubscribing', async (t) => {
  const { realtime, renewed, server, tick } = await stage(t, { life: 600_000, answers: { init: (connection) => connection.ack(86_400_000) } });
  const subscription = realtime.subscribe('events', BODY, {});
  await subscription.ready;
  const read = reader(subscription);
  const connection = await server.connection();
  tick(544_999);
  renewed();
  tick(1);
  const next = await server.connection();
  await next.next('connection_init');
  const { id } = await next.next('subscribe');
  await next.settled();
  const [oldId] = [...connection.active.keys()];
  connection.send({ type: 'data', id: oldId, event: '"both"' });
  next.send({ type: 'data', id, event: '"both"' });
  await Promise.all([connection.settled(), next.settled()]);
  tick(3_000);
  await connection.closed;
  await rest();
  assert.deepEqual(read.values, ['both']);
});

test('one whose token has expired goes on with a new one', async (t) => {
  const { subscription, connection, message: { id } } = await subscribed(t);
  const read = reader(subscription);
  await subscription.ready;
  connection.send({ type: 'broadcast_error', id, errors: [{ errorType: 'UnauthorizedException', message: 'Token has expired.' }] });
  assert.equal((await connection.next('unsubscribe')).id, id);
  assert.equal((await connection.next('subscribe')).authorization.Authorization, 't2');
  await connection.settled();
  const [newId] = [...connection.active.keys()];
  connection.send({ type: 'data', id, event: '"old"' });
  connection.send({ type: 'data', id: newId, event: '"new"' });
  await connection.settled();
  assert.deepEqual(read.values, ['new']);
});
