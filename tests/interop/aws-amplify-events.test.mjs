// aws-amplify's events at the emulator's AppSync: connect, subscribe and publish, over the WebSocket and by HTTP, behind TLS.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { events } from 'aws-amplify/api';
import { signIn, signOut } from 'aws-amplify/auth';
import { openApp } from './amplify.mjs';
import { listen, trustEverybody } from './amplify_api.mjs';
import { bob, endpoint, region, reset } from './emulator.mjs';
import { identityPoolId } from './kit.mjs';
import { tlsBefore } from './tls_proxy.mjs';

trustEverybody();
const host = await tlsBefore(endpoint);
await reset();
openApp({
  cognito: { identityPoolId, identityPoolEndpoint: endpoint, allowGuestAccess: true },
  API: { Events: { endpoint: `https://${host}/event`, region, defaultAuthMode: 'userPool', apiKey: 'da2-poolpasslocal0000000000000' } },
});

beforeEach(() => signOut());
after(() => events.closeAll());

const user = () => signIn({ username: bob.username, password: bob.password });
const MODES = [{ authMode: 'userPool' }, { authMode: 'iam' }, { authMode: 'apiKey' }, { authMode: 'lambda', authToken: 'poolpass-lambda-token' }];

for (const mode of MODES) {
  test(`hears and speaks on a channel, by ${mode.authMode}`, async (t) => {
    await user();
    const channel = await events.connect('/default/room', mode);
    t.after(() => channel.close());
    const next = await listen(t, channel, mode);
    await channel.publish({ text: 'over the socket' }, mode);
    assert.deepEqual((await next()).event, { text: 'over the socket' });
    assert.equal(await events.post('/default/room', [{ text: 'by HTTP' }, ['Zoë', 1, null]], mode), undefined); // none has failed
    assert.deepEqual([(await next()).event, (await next()).event], [{ text: 'by HTTP' }, ['Zoë', 1, null]]);
  });
}

test('hears what is below a wildcard, and nothing else', async (t) => {
  await user();
  const channel = await events.connect('/default/house/*');
  t.after(() => channel.close());
  const next = await listen(t, channel);
  await events.post('/default/garden', { text: 'not for this one' });
  await events.post('/default/house/kitchen', { text: 'tea' });
  assert.deepEqual((await next()).event, { text: 'tea' });
});

test('a guest listens and may not speak', async (t) => {
  const guest = { authMode: 'iam' };
  const channel = await events.connect('/default/room', guest);
  t.after(() => channel.close());
  const next = await listen(t, channel, guest);
  await assert.rejects(channel.publish({ text: 'mine' }, guest), { message: 'Publish errors: AccessDeniedException' });
  await assert.rejects(events.post('/default/room', { text: 'mine' }, guest), { name: 'AccessDeniedException' });
  await user();
  await events.post('/default/room', { text: 'from bob' });
  assert.deepEqual((await next()).event, { text: 'from bob' });
});

test('an API key may not speak where it only listens', async () => {
  await assert.rejects(events.post('/notes/room', { text: 'mine' }, { authMode: 'apiKey' }), { name: 'UnauthorizedException' });
});
