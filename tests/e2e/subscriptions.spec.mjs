// Scenario 6: subscriptions by the kit's own API, over cut sockets, expired tokens and refusals.
import { WELCOME, appSyncPage, asks, hear, heard, listen, socketsOf, titles, write } from './support/appsync.mjs';
import { ALICE, BOB } from './support/emulator.mjs';
import { call } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';

const UNAUTHORIZED = /status of 40[13]/;
const MINUTE_MS = 60_000;

async function signedIn(context, user) {
  const page = await appSyncPage(context);
  await call(page, 'signIn', user);
  return page;
}

test('a subscription survives sockets that are cut, closed and silenced', async ({ context, emulator, troubles }) => {
  troubles.expect(/WebSocket/);
  const page = await signedIn(context, BOB);
  await listen(page, 'onCreateNote');
  const written = [];
  const tell = async (title) => {
    written.push(title);
    expect(await write(page, title)).toMatchObject({ data: { createNote: { title } } });
    await expect.poll(() => titles(page)).toEqual(written);
  };
  await tell('before');
  let reconnects = 0;
  for (const how of [{ cut: true }, { close: 1001 }, { close: 1011 }]) {
    await emulator.disturbSockets(how);
    reconnects += 1;
    await expect.poll(async () => (await heard(page, 'onCreateNote')).reconnects).toBe(reconnects);
    await tell(`after ${JSON.stringify(how)}`);
  }
  expect(await heard(page, 'onCreateNote')).toMatchObject({ isOver: false });
});

test('what is silent for longer than it may is given up', async ({ context, emulator, troubles }) => {
  troubles.expect(/WebSocket/);
  const page = await signedIn(context, BOB);
  await listen(page, 'onCreateNote');
  await emulator.disturbSockets({ silence: true });
  await write(page, 'lost');
  // The network is back after a sleep: what has been silent for the 300 seconds that AppSync tells is dead.
  await page.evaluate((ms) => {
    moveClock(ms);
    dispatchEvent(new Event('online'));
  }, 5.5 * MINUTE_MS);
  await expect.poll(async () => (await heard(page, 'onCreateNote')).reconnects).toBe(1);
  await write(page, 'heard');
  await expect.poll(() => titles(page)).toEqual(['heard']);
});

test('before the token ends another socket takes over: no note is lost, none comes twice', async ({ context, emulator }) => {
  test.slow();
  const page = await appSyncPage(context);
  await page.clock.install();
  await call(page, 'signIn', BOB);
  const { order, said } = socketsOf(page);
  await listen(page, 'onCreateNote');
  await emulator.forgetRequests();
  const written = [];
  const tell = async () => {
    written.push(`note ${written.length}`);
    expect(await write(page, written.at(-1))).toMatchObject({ data: { createNote: {} } });
    await expect.poll(() => titles(page)).toEqual(written);
  };
  const alive = () => said.filter(({ type }) => type === 'ka').length;
  const pass = async (ms) => {
    await emulator.advance(ms);
    await page.clock.runFor(ms);
    await tell();
  };
  /** By steps that a keep-alive message goes with, as the page would not miss it. */
  const passMinutes = async (minutes) => {
    for (let minute = 0; minute < minutes; minute += 3) {
      const before = alive();
      await emulator.advance(3 * MINUTE_MS);
      await expect.poll(alive).toBeGreaterThan(before);
      await page.clock.runFor(3 * MINUTE_MS);
      await tell();
    }
  };
  await passMinutes(57);
  expect(order).toEqual(['open 1']);
  // The last minutes of the token, slowly: what is asked meanwhile is answered in time.
  for (let step = 0; step < 35 && order.length < 2; step += 1) await pass(5_000);
  while (order.length < 3) await tell();
  expect(order).toEqual(['open 1', 'open 2', 'close 1']);
  await passMinutes(6);
  expect(order).toHaveLength(3);
  expect(await heard(page, 'onCreateNote')).toMatchObject({ reconnects: 0, isOver: false });
  expect(await emulator.counts()).toMatchObject({ GetTokensFromRefreshToken: 1 });
});

test('of two subscriptions on one socket one is refused, the other lives', async ({ context }) => {
  const page = await signedIn(context, BOB);
  const { order } = socketsOf(page);
  await listen(page, 'onCreateNote');
  await listen(page, 'onCreateNote', { name: 'onCreateNote of alice', argument: '(owner: "alice")' });
  const { isOver, error } = await heard(page, 'onCreateNote of alice');
  expect(isOver).toBe(true);
  expect(error).toMatchObject({ isError: true, code: 'appsync', name: 'Unauthorized', message: expect.stringContaining('Not Authorized to access onCreateNote') });
  await listen(page, 'onNothing').catch(() => {});
  expect(await heard(page, 'onNothing')).toMatchObject({ isOver: true, error: { code: 'appsync' } });
  await write(page, 'still heard');
  await expect.poll(() => titles(page)).toEqual(['still heard']);
  expect(order).toEqual(['open 1']);
});

test('subscriptions of one way to prove who asks share a socket, others have their own', async ({ context, emulator }) => {
  const page = await signedIn(context, ALICE);
  for (const [field, authMode] of [['onCreateNote', 'userPool'], ['onUpdateNote', 'userPool'], ['onDeleteNote', 'apiKey']]) await listen(page, field, { authMode });
  await hear(page, '/default/room', { authMode: 'iam' });
  const open = (await emulator.sockets()).map(({ path, mode, subscriptions }) => [path, mode, subscriptions.length]);
  expect(open.sort()).toEqual([
    ['/event/realtime', 'AWS_IAM', 1],
    ['/graphql/realtime', 'AMAZON_COGNITO_USER_POOLS', 2],
    ['/graphql/realtime', 'API_KEY', 1],
  ]);
  const change = 'mutation ($input: UpdateNoteInput!) { updateNote(input: $input) { id title owner } }';
  await asks(page, change, { input: { id: WELCOME, title: 'Changed' } });
  await expect.poll(() => titles(page, 'onUpdateNote')).toEqual(['Changed']);
  await asks(page, 'mutation ($input: DeleteNoteInput!) { deleteNote(input: $input) { id title owner } }', { input: { id: WELCOME } });
  await expect.poll(() => titles(page, 'onDeleteNote')).toEqual(['Changed']);
  expect(await titles(page)).toEqual([]);
});

test('a field that is refused is null beside an error, and the others have come', async ({ context }) => {
  const page = await signedIn(context, BOB);
  const query = `mutation { own: createNote(input: { title: "mine" }) { title } shared: deleteNote(input: { id: "${WELCOME}" }) { id } }`;
  expect(await asks(page, query)).toMatchObject({
    code: 'appsync',
    data: { own: { title: 'mine' }, shared: null },
    errors: [expect.objectContaining({ errorType: 'Unauthorized', message: 'Not Authorized to access deleteNote on type Mutation', path: ['shared'] })],
  });
  expect(await asks(page, '{ nothing }')).toMatchObject({ failed: true, isError: true, code: 'appsync' });
});

test('a token that the service holds for expired is renewed once', async ({ context, emulator, troubles }) => {
  troubles.expect(UNAUTHORIZED);
  const page = await signedIn(context, BOB);
  await emulator.advance(61 * MINUTE_MS);
  await emulator.forgetRequests();
  expect(await asks(page, '{ listNotes { items { title } } }')).toMatchObject({ data: { listNotes: { items: [{ title: 'Welcome' }] } } });
  expect(await emulator.counts()).toMatchObject({ GetTokensFromRefreshToken: 1, '/graphql': 2 });
});

test('a signature’s time is corrected once', async ({ context, emulator, troubles }) => {
  troubles.expect(UNAUTHORIZED);
  const page = await appSyncPage(context);
  await call(page, 'getCredentials', {});
  await page.evaluate((ms) => moveClock(ms), 20 * MINUTE_MS);
  const answer = await asks(page, '{ listNotes { items { title } } }', undefined, { authMode: 'iam' });
  expect(answer).toMatchObject({ data: { listNotes: { items: [{ title: 'Welcome' }] } } });
  expect(await emulator.counts()).toMatchObject({ GetCredentialsForIdentity: 1, '/graphql': 2 });
});

test('signing out ends a user’s subscription; by signature it goes on as a guest’s', async ({ context, emulator }) => {
  const page = await signedIn(context, BOB);
  await listen(page, 'onCreateNote');
  await hear(page, '/default/room', { authMode: 'iam' });
  await call(page, 'signOut', {});
  await expect.poll(async () => (await heard(page, 'onCreateNote')).isOver).toBe(true);
  expect((await heard(page, 'onCreateNote')).error).toMatchObject({ isError: true, name: 'UserUnAuthenticatedException', code: 'signed_out' });
  // The user's connection is given up at once; the guest's is another.
  await expect.poll(async () => (await heard(page, '/default/room')).reconnects).toBe(1);
  expect((await emulator.sockets()).map(({ path, mode }) => [path, mode])).toEqual([['/event/realtime', 'AWS_IAM']]);
  await page.evaluate(() => auth.events.publish('/default/room', [{ n: 1 }, 'zwei', [3]], { authMode: 'apiKey' }));
  await expect.poll(async () => (await heard(page, '/default/room')).values).toEqual([{ n: 1 }, 'zwei', [3]]);
});

test('events reach those who listen below a channel, each in its order', async ({ context, troubles }) => {
  troubles.expect(UNAUTHORIZED);
  const page = await signedIn(context, BOB);
  await hear(page, '/default/*', { authMode: 'apiKey' });
  await hear(page, '/default/room/kitchen');
  await hear(page, '/nowhere/room');
  expect(await heard(page, '/nowhere/room')).toMatchObject({ isOver: true, error: { code: 'appsync' } });
  const publish = (channel, events, options) =>
    page.evaluate(([channel, events, options]) => auth.events.publish(channel, events, options).catch(plain), [channel, events, options]);
  expect(await publish('/default/room', ['Grüße 你好 🦀'], {})).toMatchObject({ successful: [{ index: 0 }], failed: [] });
  expect(await publish('/default/room/kitchen', [1, 2, 3, 4, 5], { authMode: 'iam' })).toMatchObject({ successful: [{}, {}, {}, {}, {}] });
  await expect.poll(async () => (await heard(page, '/default/*')).values).toEqual(['Grüße 你好 🦀', 1, 2, 3, 4, 5]);
  expect((await heard(page, '/default/room/kitchen')).values).toEqual([1, 2, 3, 4, 5]);
  expect(await publish('/notes/room', ['x'], { authMode: 'apiKey' })).toMatchObject({ failed: true, code: 'appsync', status: 401 });
});
