// Other scripts of the origin can write on the channel between the tabs: what is no event of ours calls no handler.
import { ALICE } from './support/emulator.mjs';
import { installApp, openTab } from './support/app.mjs';
import { call } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';

const KEY = 'poolpass.v1.poolpasslocalwebclient0001.event';
const error = (members) => ({ event: 'signedOut', data: { error: { name: 'n', code: 'c', message: 'm', ...members } } });

const FORGED = [
  null, 7, 'text', [], {}, { event: 'signedOut' }, { event: 'signedOut', data: null }, { event: 'signedOut', data: [] },
  { event: ['signedOut'], data: {} }, { event: { toString: 1 }, data: {} }, { event: 'constructor', data: {} }, { event: '__proto__', data: {} },
  { event: 'signedOut', data: { error: {} } }, { event: 'signedOut', data: { error: null } }, { event: 'signedOut', data: { error: 'no' } },
  { event: 'signedOut', data: { error: { message: { toString: 1 } } } },
  error({ message: { toString: 1 } }), error({ name: 1 }), error({ code: null }), error({ reason: {} }), error({ recoverySuggestion: [] }),
  error({ requestId: 1 }), error({ status: '400' }), error({ retryable: 'yes' }), error({ retryAfterMs: '5' }),
  { event: 'signedIn', data: {} }, { event: 'signedIn', data: { username: 1, userId: 'x' } }, { event: 'signedIn', data: { username: 'x' } },
  // Those of this tab alone.
  { event: 'signInWithRedirect', data: {} }, { event: 'customOAuthState', data: { customState: 'theirs' } },
  { event: 'sessionCorrupted', data: {} }, { event: 'signInWithRedirect_failure', data: error({}).data },
];

for (const [name, storage, send] of [
  ['localStorage', 'local', (key, texts) => texts.forEach((text) => localStorage.setItem(key, text))],
  ['a BroadcastChannel', 'custom', (key, texts) => {
    const channel = new BroadcastChannel(key.replace(/\.event$/, ''));
    for (const text of [...texts, undefined, { event: 'signedOut' }, 7]) channel.postMessage(text);
  }],
]) {
  test(`forged messages by ${name} are ignored, and true ones are heard`, async ({ context }) => {
    await installApp(context);
    const [page, other] = [await openTab(context), await openTab(context)];
    await page.evaluate(async (storage) => {
      if (storage === 'custom') {
        auth.dispose();
        const { createAuth } = await import('/poolpass/index.js');
        const { endpoint, region, userPoolId, userPoolClientId } = JSON.parse(document.body.textContent);
        const items = new Map();
        const own = { getItem: (key) => items.get(key), setItem: (key, text) => void items.set(key, text), removeItem: (key) => void items.delete(key) };
        window.auth = await createAuth({ region, userPool: { userPoolId, userPoolClientId }, endpoint, storage: own });
      }
      window.told = [];
      for (const event of ['signedIn', 'signedOut', 'tokenRefresh', 'tokenRefresh_failure', 'sessionCorrupted', 'sessionPersistFailed',
        'confirmDevice_failure', 'signInWithRedirect', 'signInWithRedirect_failure', 'customOAuthState']) {
        auth.on(event, (heard) => told.push({ ...heard, isError: heard.data.error instanceof Error, code: heard.data.error?.code }));
      }
    }, storage);
    const good = [
      { event: 'signedOut', data: { error: { name: 'N', code: 'service', message: 'm', retryable: false, status: 400 } } },
      { event: 'signedIn', data: { username: 'x', userId: 'y' } },
    ];
    const texts = ['', '{', ...FORGED.map((message) => JSON.stringify(message)), ...good.map((message) => JSON.stringify(message))];
    await other.evaluate(`(${send})(${JSON.stringify(KEY)}, ${JSON.stringify(texts)})`);
    await expect.poll(() => page.evaluate(() => told.at(-1)?.event)).toBe('signedIn');
    expect(await page.evaluate(() => JSON.parse(JSON.stringify(told)))).toMatchObject([
      { event: 'signedOut', origin: 'remote', isError: true, code: 'service' },
      { event: 'signedIn', origin: 'remote', data: { username: 'x', userId: 'y' } },
    ]);
    expect(await call(page, 'signIn', ALICE)).toMatchObject({ isSignedIn: true });
  });
}
