// Subscriptions to channels of the Events API.
import assert from 'node:assert/strict';
import { reader, rest, stage, test } from './stage.mjs';

const BODY = JSON.stringify({ channel: '/default/*' });

async function subscribed(t, answers) {
  const theStage = await stage(t, { answers });
  const subscription = theStage.realtime.subscribe('events', BODY, {});
  const line = await theStage.server.line();
  await line.next('connection_init');
  const { type, ...message } = await line.next('subscribe');
  return { ...theStage, subscription, line, message };
}

test('it speaks the protocol of Events', async (t) => {
  const { server, subscription, line, message, tick, wishes } = await subscribed(t);
  assert.deepEqual([line.path, line.protocol], ['/event/realtime', 'aws-appsync-event-ws']);
  assert.deepEqual(message, { id: message.id, channel: '/default/*', authorization: { host: server.host, Authorization: 't1' } });
  assert.deepEqual(wishes.map(({ api, purpose, body }) => [api, purpose, body]), [['events', 'connect', '{}'], ['events', 'message', BODY]]);
  await subscription.ready;
  await subscription.return();
  assert.deepEqual(await line.next('unsubscribe'), { type: 'unsubscribe', id: message.id });
  tick(5_000);
  await line.closed;
});

test('the time that the service may be silent stands elsewhere', async (t) => {
  const { line, subscription, tick } = await subscribed(t, { init: (line) => line.ack(20_000) });
  await subscription.ready;
  tick(19_999);
  await line.settled();
  assert.equal(line.isOpen, true);
  tick(1);
  await line.closed;
});

test('events are parsed, alone or in a list', async (t) => {
  const { subscription, line, message: { id } } = await subscribed(t);
  const read = reader(subscription);
  const events = [{ n: 1 }, 'text', 0, null, false, [1, 2]];
  for (const event of events) line.send({ type: 'data', id, event: JSON.stringify(event) });
  line.send({ type: 'data', id, event: events.map((event) => JSON.stringify(event)) });
  for (const event of [undefined, '', '{', {}, [], ['{', '3']]) line.send({ type: 'data', id, event });
  await line.settled();
  assert.deepEqual(read.values, [...events, ...events, 3]);
});

test('of a list that is too long no more is taken than may wait', async (t) => {
  const { subscription, line, message: { id } } = await subscribed(t);
  line.send({ type: 'data', id, event: Array.from({ length: 10_005 }, (_, at) => String(at)) });
  await line.settled();
  const read = reader(subscription);
  assert.equal((await read.ended).name, 'QueueOverflowException');
  assert.equal(read.values.length, 10_001);
});

test('an event that could not be broadcast ends nothing', async (t) => {
  const { subscription, line, message: { id } } = await subscribed(t);
  const read = reader(subscription);
  line.send({ type: 'broadcast_error', id, errors: [{ errorType: 'MessageProcessingError' }] });
  line.send({ type: 'data', id, event: '1' });
  await line.settled();
  assert.deepEqual(read.values, [1]);
});

test('a refusal is the error', async (t) => {
  const errors = [{ errorType: 'BadRequestException', message: 'Invalid channel' }];
  const { subscription } = await subscribed(t, { start: (line, { id }) => line.refused(id, errors) });
  const error = await reader(subscription).ended;
  assert.deepEqual([error.name, error.code, error.message, error.errors], ['BadRequestException', 'appsync', 'Invalid channel', errors]);
});

test('an expired token is renewed once', async (t) => {
  const errors = [{ errorType: 'UnauthorizedException' }];
  const isOld = ({ authorization }) => authorization.Authorization === 't1';
  const answers = { start: (line, start) => (isOld(start) ? line.refused(start.id, errors) : line.started(start.id)) };
  const { subscription } = await subscribed(t, answers);
  await subscription.ready;
});

test('a connection that is replaced is left by unsubscribing', async (t) => {
  const { realtime, renewed, server, tick } = await stage(t, { life: 600_000, answers: { init: (line) => line.ack(86_400_000) } });
  const subscription = realtime.subscribe('events', BODY, {});
  await subscription.ready;
  const read = reader(subscription);
  const line = await server.line();
  tick(544_999);
  renewed();
  tick(1);
  const next = await server.line();
  await next.next('connection_init');
  const { id } = await next.next('subscribe');
  await next.settled();
  const [oldId] = [...line.active.keys()];
  line.send({ type: 'data', id: oldId, event: '"both"' });
  next.send({ type: 'data', id, event: '"both"' });
  await Promise.all([line.settled(), next.settled()]);
  tick(3_000);
  await line.closed;
  await rest();
  assert.deepEqual(read.values, ['both']);
});

test('one whose token has expired goes on with a new one', async (t) => {
  const { subscription, line, message: { id } } = await subscribed(t);
  const read = reader(subscription);
  await subscription.ready;
  line.send({ type: 'broadcast_error', id, errors: [{ errorType: 'UnauthorizedException', message: 'Token has expired.' }] });
  assert.equal((await line.next('unsubscribe')).id, id);
  assert.equal((await line.next('subscribe')).authorization.Authorization, 't2');
  await line.settled();
  const [newId] = [...line.active.keys()];
  line.send({ type: 'data', id, event: '"old"' });
  line.send({ type: 'data', id: newId, event: '"new"' });
  await line.settled();
  assert.deepEqual(read.values, ['new']);
});
