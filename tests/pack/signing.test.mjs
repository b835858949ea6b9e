// Signing with credentials at hand is quick, and follows every rule of the stored session all the same: the storage decides
// whose signature it is, each time.
import assert from 'node:assert/strict';
import { SETTINGS, cognito } from '../realtime/cognito.mjs';
import { Locks, codeOf, createAuth, replace, rest, test } from './replaced_globals.mjs';

const ORIGIN = 'https://api.example.com';
const REQUEST = { method: 'POST', url: 'https://a1.execute-api.eu-west-1.amazonaws.com/notes', body: '{}' };

const CURRENT = /\.current$/;
const CREDENTIALS = /\.credentials\.[^.]+$/;

/** Storages of an app that answer at once, and later. */
const STORAGES = { 'answers at once': (value) => value, 'answers later': async (value) => value };

/** Two tabs with one storage, `auth` and `other`; zoe is signed in, and `auth` has signed twice. */
async function tabs(t, give, { allowGuestAccess = false, logins } = {}) {
  const map = new Map();
  const storage = {
    reads: 0,
    getItem(key) {
      storage.reads += 1;
      return give(map.get(key) ?? null);
    },
    setItem: (key, text) => give(void map.set(key, text)),
    removeItem: (key) => give(void map.delete(key)),
  };
  const users = cognito();
  const sent = [];
  const fetch = async (input, init) => {
    const { url, headers } = new Request(input, init);
    if (!url.startsWith(ORIGIN)) return new Response(JSON.stringify(users.answer(init).json));
    sent.push(headers.get('authorization'));
    return new Response('');
  };
  const settings = { ...SETTINGS, identityPool: { ...SETTINGS.identityPool, allowGuestAccess }, origins: [{ origin: ORIGIN, auth: 'access' }], storage };
  const [auth, other] = [await createAuth({ ...settings, logins }), await createAuth(settings)];
  replace(t, globalThis, { values: { fetch, navigator: { locks: new Locks() } } });
  t.after(() => [auth, other].forEach((tab) => tab.dispose()));
  const signIn = (tab, username) => tab.signIn({ username, password: 'Correct-Horse7!', options: { authFlowType: 'USER_PASSWORD_AUTH' } });
  await signIn(auth, 'zoe');
  /** The access key ID of a signature. */
  const signer = async (options) => (await auth.sign(REQUEST, options)).authorization.match(/Credential=([^/]+)/)[1];
  /** The user whose token goes to the app's server. */
  const bearer = async () => {
    await auth.fetch(ORIGIN);
    return JSON.parse(Buffer.from(sent.at(-1).split('.')[1], 'base64url')).username;
  };
  const keyOf = (end) => [...map.keys()].find((key) => end.test(key));
  const events = [];
  for (const event of ['signedOut', 'sessionCorrupted']) auth.on(event, () => events.push(event));
  const first = await signer();
  assert.equal(await signer(), first);
  assert.equal(await bearer(), 'zoe');
  users.operations.length = 0;
  return { auth, other, map, storage, users, first, signer, bearer, signIn, keyOf, events };
}

for (const [how, give] of Object.entries(STORAGES)) {
  const lawOf = (title, check) => test(`a storage that ${how}: ${title}`, (t) => check(t, (options) => tabs(t, give, options)));

  lawOf('a signature sends nothing, and reads the storage each time', async (_, open) => {
    const { signer, first, storage, users } = await open();
    const { reads } = storage;
    assert.equal(await signer(), first);
    assert.ok(storage.reads > reads);
    assert.deepEqual(users.operations, []);
  });

  lawOf('nothing is signed after a sign-out in another tab', async (_, open) => {
    const { other, signer, bearer } = await open();
    await other.signOut();
    assert.equal(await codeOf(signer()), 'no_credentials');
    assert.equal(await codeOf(bearer()), 'signed_out');
  });

  lawOf('a tombstone ends the session before anything is removed', async (_, open) => {
    const { map, keyOf, signer, bearer } = await open();
    const { id } = JSON.parse(map.get(keyOf(CURRENT)));
    map.set(keyOf(CURRENT).replace('current', `ended.${id}`), '1');
    assert.equal(await codeOf(signer()), 'no_credentials');
    assert.equal(await codeOf(bearer()), 'signed_out');
  });

  lawOf('another user who signs in in another tab signs', async (_, open) => {
    const { other, signIn, signer, bearer, first } = await open();
    await signIn(other, 'adam');
    assert.notEqual(await signer(), first);
    assert.equal(await bearer(), 'adam');
  });

  lawOf('a storage that changes between two users is right each time', async (_, open) => {
    const { map, other, signIn, signer, bearer, first } = await open();
    const before = [...map];
    await signIn(other, 'adam');
    await signer();
    const after = [...map];
    for (const [entries, user] of [[before, 'zoe'], [after, 'adam'], [before, 'zoe']]) {
      map.clear();
      entries.forEach(([key, text]) => map.set(key, text));
      assert.equal(await bearer(), user);
      assert.equal((await signer()) === first, user === 'zoe');
    }
  });

  lawOf('credentials that another tab has renewed are used', async (_, open) => {
    const { map, keyOf, signer, users } = await open();
    const key = keyOf(CREDENTIALS);
    map.set(key, map.get(key).replace(/"accessKeyId":"[^"]*"/, '"accessKeyId":"ASIARENEWED"'));
    assert.equal(await signer(), 'ASIARENEWED');
    assert.deepEqual(users.operations, []);
  });

  lawOf('credentials that are removed, or unreadable, are requested', async (_, open) => {
    const { map, keyOf, signer, first, users } = await open();
    map.delete(keyOf(CREDENTIALS));
    const second = await signer();
    assert.notEqual(second, first);
    map.set(keyOf(CREDENTIALS), '{"v":1');
    assert.notEqual(await signer(), second);
    assert.equal(users.operations.filter((name) => name === 'GetCredentialsForIdentity').length, 2);
  });

  lawOf('a storage that is cleared ends the session', async (_, open) => {
    const { map, signer, bearer, events } = await open();
    map.clear();
    assert.equal(await codeOf(signer()), 'no_credentials');
    assert.equal(await codeOf(bearer()), 'signed_out');
    await rest();
    assert.deepEqual(events, ['signedOut']);
  });

  lawOf('a record that is corrupt ends the session', async (_, open) => {
    const { map, keyOf, signer, events } = await open();
    map.set(keyOf(/\.session\.[^.]+$/), '{"v":1,"accessToken":"x"}');
    assert.equal(await codeOf(signer()), 'no_credentials');
    await rest();
    assert.deepEqual(events, ['sessionCorrupted']);
  });

  lawOf('a storage that cannot be read is an error, and ends nothing', async (t, open) => {
    const { storage, signer, bearer, first } = await open();
    const { getItem } = storage;
    storage.getItem = () => give(7);
    assert.deepEqual([await codeOf(signer()), await codeOf(bearer())], ['storage_read', 'storage_read']);
    storage.getItem = () => {
      throw new Error('blocked');
    };
    assert.deepEqual([await codeOf(signer()), await codeOf(bearer())], ['storage_read', 'storage_read']);
    storage.getItem = getItem;
    assert.equal(await signer(), first);
  });

  for (const [title, ms] of [['set back', -3_600_000], ['past their end', 3_600_000]]) {
    lawOf(`a clock that is ${title} renews tokens and credentials`, async (t, open) => {
      const { signer, first, users } = await open();
      const { now } = Date;
      replace(t, Date, { values: { now: () => now() + ms } });
      assert.notEqual(await signer(), first);
      assert.deepEqual(users.operations.filter((name) => /^Get(Tokens|Credentials)/.test(name)), ['GetTokensFromRefreshToken', 'GetCredentialsForIdentity']);
    });
  }

  lawOf('each signature has the time of the clock', async (t, open) => {
    const { auth } = await open();
    const at = Date.now() + 60_000;
    replace(t, Date, { values: { now: () => at } });
    const { 'x-amz-date': date } = await auth.sign(REQUEST);
    assert.equal(date, new Date(at).toISOString().replace(/[-:]|\.\d+/g, ''));
  });

  lawOf('forceRefresh, another role and other logins have credentials of their own', async (_, open) => {
    const { signer, first } = await open();
    const role = await signer({ roleArn: 'arn:aws:iam::123456789012:role/editor' });
    const login = await signer({ logins: { 'idp.example.com': 'token of another provider' } });
    assert.equal(new Set([first, role, login, await signer({ forceRefresh: true })]).size, 4);
  });

  lawOf('the app’s callback is asked for logins each time', async (_, open) => {
    let user = 'eve';
    const { signer, first } = await open({ logins: () => ({ 'idp.example.com': `token of ${user}` }) });
    user = 'adam';
    assert.notEqual(await signer(), first);
  });

  lawOf('nothing is signed for a caller who has aborted, nor after dispose', async (_, open) => {
    const { auth, signer } = await open();
    assert.equal(await codeOf(signer({ signal: AbortSignal.abort() })), 'aborted');
    auth.dispose();
    assert.equal(await codeOf(signer()), 'disposed');
  });
}

test('a member that is called __proto__ is a member like others, and unknown', async (t) => {
  const { auth } = await tabs(t, (value) => value);
  const request = JSON.parse(JSON.stringify(REQUEST).replace('{', '{"__proto__":{"method":"GET"},'));
  await assert.rejects(auth.sign(request), { code: 'bad_input', message: /__proto__/ });
  const { authorization } = await auth.sign({ ...REQUEST, headers: JSON.parse('{"__proto__":"a"}') });
  assert.match(authorization, /SignedHeaders=__proto__;host;/);
});

test('an app’s storage may call the kit while it is read', async (t) => {
  let auth;
  let calls = 0;
  const nested = [];
  const give = (value) => {
    if (auth && calls < 3) {
      calls += 1;
      nested.push(auth.sign(REQUEST));
    }
    return value;
  };
  const found = await tabs(t, give);
  ({ auth } = found);
  assert.equal(await found.signer(), found.first);
  const signed = await Promise.all(nested);
  assert.equal(signed.length, 3);
  for (const { authorization } of signed) assert.ok(authorization.includes(found.first));
});
