// Bad input is refused before any request.
import { call, kitPage } from './support/kit.mjs';
import { operationsOf } from './support/requests.mjs';
import { expect, test } from './support/test.mjs';

test('an empty user name or password is refused before any request', async ({ page, demo, emulator }) => {
  const operations = operationsOf(page);
  await demo.open();
  for (const [user, words, name, field] of [
    [{ username: '', password: 'x' }, 'Enter your user name.', 'EmptySignInUsername', demo.username],
    [{ username: 'alice', password: '' }, 'Enter your password.', 'EmptySignInPassword', demo.password],
    [{ username: 'two words', password: 'x' }, 'no white space', 'InvalidUsername', demo.username],
  ]) {
    await demo.signIn(user);
    await expect(demo.problem).toContainText(words);
    await expect(demo.problem).toContainText(name);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  }
  await page.getByRole('link', { name: 'Sign up' }).click();
  await demo.button('Sign up').click();
  await expect(demo.problem).toContainText('EmptySignUpUsername');
  await page.goBack();
  await page.getByRole('link', { name: 'Enter your code' }).click();
  await demo.username.fill('alice');
  await demo.button('Confirm').click();
  await expect(demo.problem).toContainText('EmptyConfirmSignUpCode');
  expect(operations).toEqual([]);
  expect(await emulator.counts()).toEqual({});
});

test('bad input to the kit is named before any request', async ({ context, emulator }) => {
  const page = await kitPage(context);
  for (const [method, input, name] of [
    ['signIn', { username: '', password: 'x' }, 'EmptySignInUsername'],
    ['signIn', { username: 'alice' }, 'EmptySignInPassword'],
    ['signIn', { username: 'alice', password: 'x', options: { authFlow: 'USER_SRP_AUTH' } }, 'InvalidInput'],
    ['signUp', { username: 'alice', password: '' }, 'EmptySignUpPassword'],
    ['confirmSignUp', { username: 'alice', confirmationCode: ' ' }, 'EmptyConfirmSignUpCode'],
    ['resendSignUpCode', { username: '' }, 'EmptyResendSignUpCodeUsername'],
    ['getCurrentUser', {}, 'UserUnAuthenticatedException'],
    ['fetchUserAttributes', {}, 'UserUnAuthenticatedException'],
  ]) {
    expect(await call(page, method, input), method).toMatchObject({ failed: true, isError: true, name });
  }
  expect(await emulator.counts()).toEqual({});
});

/** How methods are called whose input is not their first argument. */
const CALLS = {
  sign: ['sign', [], [{ url: 'https://a.example/', method: 'GET' }]],
  presign: ['presign', ['https://a.example/']],
  events: ['events.publish', ['/default/x', [1]]],
};
/** What takes no such input. */
const OTHERS = ['fetch', 'on', 'storage', 'dispose'];

test('whatever a method is given, its error is a PoolpassError with the code bad_input that names the input', async ({ context, emulator }) => {
  const page = await kitPage(context, { config: { identityPool: { identityPoolId: 'eu-west-1:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11', allowGuestAccess: true } } });
  const names = (await page.evaluate(() => Object.keys(auth))).filter((name) => !OTHERS.includes(name));
  expect(names).toEqual(expect.arrayContaining([...Object.keys(CALLS), 'signIn', 'signInWithRedirect', 'fetchUserAttributes']));
  const wrong = await page.evaluate(async (calls) => {
    const thrower = () => {
      throw new TypeError('the app’s own');
    };
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const circle = { username: {} };
    circle.username.self = circle;
    const traps = Object.fromEntries(['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'].map((name) => [name, thrower]));
    const fake = Object.create(AbortSignal.prototype);
    // What is given, and a word that the message has to have.
    const shapes = [null, true, 'text', 7, 7n, Symbol('s'), [], () => {}].map((value) => [value, /must be an object|option that is not known/]);
    const members = [
      [{ get username() { throw new TypeError('the app’s own'); } }, /username/],
      [new Proxy({ username: 'x' }, traps), /input|request|options/],
      [new Proxy({ username: 'x' }, { get: thrower }), /username/],
      [revoked.proxy, /input|request|options/],
      [{ username: new Proxy({}, traps) }, /username/],
      [{ username: revoked.proxy }, /username/],
      [{ username: { toJSON: thrower } }, /username/],
      [{ username: { get deep() { throw new TypeError('the app’s own'); } } }, /username\.deep|username/],
      [{ username: () => {} }, /username/],
      [{ username: Symbol('s') }, /username/],
      [{ username: 1n }, /username/],
      [{ username: NaN }, /username/],
      [{ username: 'half \ud83d' }, /username/],
      [{ username: [['\udc00']] }, /username(\[0\]\[0\])?/],
      [{ 'half \ud83d': 1 }, /input|half/],
      [circle, /username/],
      [{ signal: 7 }, /signal/],
      [{ signal: fake }, /signal/],
      [{ signal: new Proxy(AbortSignal.timeout(60_000), {}) }, /signal/],
    ];
    const found = [];
    for (const [path, before = [], ...more] of Object.values(calls)) {
      const method = path.split('.').reduce((object, name) => (typeof object[name] === 'function' ? object[name].bind(object) : object[name]), auth);
      for (const [value, word] of [...shapes, ...members]) {
        for (const given of [before, ...more]) {
          const outcome = await (async () => method(...given, value))().then(async (result) => (result?.ready ? result.ready : result)).then(
            () => 'no error',
            (error) => (error?.constructor.name === 'PoolpassError' && error.code === 'bad_input' && word.test(error.message) ? undefined : `${error?.constructor.name} ${error?.code}: ${error?.message}`),
          );
          if (outcome) found.push(`${path}(…, ${typeof value} ${members.findIndex(([other]) => other === value)}): ${outcome}`);
        }
      }
    }
    return found;
  }, Object.fromEntries(names.map((name) => [name, CALLS[name] ?? [name]])));
  expect(wrong).toEqual([]);
  expect(await emulator.counts()).toEqual({});
});

test('inputs beside the options are named too', async ({ context }) => {
  const page = await kitPage(context);
  const told = await page.evaluate(async () => {
    const { createAuth } = await import('/poolpass/index.js');
    const revoked = Proxy.revocable([], {});
    revoked.revoke();
    const throwing = { get userPoolId() { throw new TypeError('the app’s own'); } };
    const locked = new ReadableStream();
    locked.getReader();
    const calls = {
      config: () => createAuth(null),
      userPoolId: () => createAuth({ userPool: throwing }),
      'userPool.userPoolId': () => createAuth({ userPool: { userPoolId: 'eu-west-1_\ud800', userPoolClientId: 'c' } }),
      storage: () => createAuth({ userPool: {}, storage: Symbol('s') }),
      request: () => auth.presign(7),
      body: () => auth.sign({ url: 'https://a.example/', method: 'POST', body: locked }),
      headers: () => auth.sign({ url: 'https://a.example/', headers: new Headers({ a: '1' }) }),
      payloadHash: () => auth.sign({ url: 'https://a.example/', method: 'POST', body: 'x', payloadHash: '00'.repeat(32) }),
      query: () => auth.graphql({ query: revoked.proxy }),
      'variables.half': () => auth.graphql({ query: '{ x }', variables: { half: '\udfff' } }),
      events: () => auth.events.publish('/x', revoked.proxy),
      'events[1].a': () => auth.events.publish('/x', [1, { a: 1n }]),
      channel: () => auth.events.subscribe('/\ud800').ready,
      event: () => auth.on(Symbol('signedIn'), () => {}),
      handler: () => auth.on('signedIn', {}),
      'options.scopes': () => auth.signInWithRedirect({ options: { get scopes() { throw new TypeError('the app’s own'); } } }),
      'customState.when': () => auth.signInWithRedirect({ customState: { when: new Map().set } }),
      unknown: () => auth.handleRedirect({ unknown: 1 }),
      url: () => auth.handleRedirect({ url: null }),
    };
    const plainOf = async ([name, work]) => [name, await (async () => work())().then(() => 'no error', (error) => `${error.code}: ${error.message}`)];
    return Promise.all(Object.entries(calls).map(plainOf));
  });
  for (const [name, error] of told) {
    expect(error, name).toMatch(/^bad_input: /);
    expect(error).toContain(name);
  }
});

test('plain data come through as JSON has them', async ({ context }) => {
  const page = await kitPage(context);
  const seen = await page.evaluate(async () => {
    const { createAuth } = await import('/poolpass/index.js');
    const { endpoint, region, userPoolId, userPoolClientId } = JSON.parse(document.body.textContent);
    const oauth = { domain: 'auth.example.com', redirectSignIn: [location.href], redirectSignOut: [location.href] };
    // Amplify's forms may have functions in what is not ours.
    const app = await createAuth({ Auth: { Cognito: { userPoolId, userPoolClientId, loginWith: { oauth: { ...oauth, scopes: ['openid'], responseType: 'code' } } } }, API: { REST: { x: { headers: () => ({}) } } }, region, endpoint });
    const given = { date: new Date(0), url: new URL('https://a.example/'), text: new String('boxed'), number: new Number(1), gone: undefined, pair: '😀', list: [null, -0, 1e21] };
    const written = [];
    Storage.prototype.setItem = (key, text) => {
      written.push(text);
      throw new DOMException('full', 'QuotaExceededError'); // the page stays
    };
    await app.signInWithRedirect({ customState: given }).catch(() => {});
    return [JSON.parse(written[0]).customState, JSON.parse(JSON.stringify(given))];
  });
  expect(seen[0]).toEqual(seen[1]);
});
