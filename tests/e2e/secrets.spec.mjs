// Passwords, codes and tokens are where they must be and nowhere else.
import { ALICE, WEB_CLIENT } from './support/emulator.mjs';
import { Demo } from './support/demo.mjs';
import { kitPage } from './support/kit.mjs';
import { storedSession } from './support/stored.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED, UNREACHED } from './support/troubles.mjs';


test('no secret in an address, the history, a console, a store or an error’s text', async ({ page, demo, emulator, troubles }) => {
  troubles.expect(REFUSED, UNREACHED);
  const user = Demo.newUser();
  const wrong = 'Wr0ng-but-secret!';
  const addresses = [];
  page.on('request', (request) => addresses.push(request.url()));
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  const bodies = [];
  page.on('request', (request) => bodies.push([request.headers()['x-amz-target'], request.postData() ?? '']));
  const shown = [];
  const noteProblem = async () => shown.push(await demo.problem.textContent());

  await demo.open('#sign-up');
  await emulator.fault({ operation: 'SignUp', kind: 'dropBefore' });
  await demo.signUp(user);
  await noteProblem();
  await demo.button('Sign up').click();
  await expect(demo.heading('Confirm your sign-up')).toBeVisible();
  const [code] = await emulator.codes(user.username);
  await demo.code.fill(code);
  await emulator.fault({ operation: 'ConfirmSignUp', kind: 'error', status: 400, type: 'CodeMismatchException', message: 'Wrong.' });
  await demo.button('Confirm').click();
  await noteProblem();
  await demo.button('Confirm').click();
  await demo.signIn({ ...user, password: wrong });
  await noteProblem();
  await demo.signIn(user);
  await demo.expectSignedIn(user);
  const record = await storedSession(page);
  const { accessToken, idToken, refreshToken } = JSON.parse(record);
  await demo.button('Call GetUser').click();
  await demo.button('Refresh now').click();
  await expect(demo.notice).toHaveText('Your tokens were refreshed.');
  const leftBehind = await page.evaluate(() => JSON.stringify([navigation.entries().map((entry) => [entry.url, entry.getState()]), history.state, document.cookie, document.title]));
  const stores = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  await demo.button('Sign out').click();
  await expect(demo.heading('Sign in')).toBeVisible();

  const secrets = { password: user.password, wrong, code, accessToken, idToken, refreshToken };
  for (const [name, secret] of Object.entries(secrets)) expect(secret.length, name).toBeGreaterThan(5);
  const places = {
    addresses: addresses.join('\n'),
    'history, cookies, title': leftBehind,
    consoles: troubles.consoleTexts.join('\n'),
    problems: shown.join('\n'),
  };
  expect(shown).toHaveLength(3);
  expect(secretsIn(places, secrets)).toEqual([]);
  // Tokens are stored, what the user typed is not.
  expect(stores).toContain(refreshToken);
  expect(secretsIn({ stores }, { password: user.password, wrong, code })).toEqual([]);
  // By SRP the password itself goes over the wire once: when the user is made.
  const withPassword = bodies.filter(([, body]) => body.includes(user.password) || body.includes(wrong));
  expect(new Set(withPassword.map(([target]) => target?.split('.').pop()))).toEqual(new Set(['SignUp']));
  // After signing out the page holds no token any more.
  expect(await page.content()).not.toContain(refreshToken);
  // A tombstone is all that stays: random ids and a time.
  const left = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(left).not.toMatch(/eyJ|Token|session/);
  for (const secret of [accessToken, idToken, refreshToken]) expect(left).not.toContain(secret);
});

test('the kit’s errors hold no secret in any of their members', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED, UNREACHED);
  const page = await kitPage(context);
  await emulator.fault({ operation: 'ConfirmSignUp', kind: 'dropBefore' });
  const secret = 'Hush-hush-7!';
  const texts = await page.evaluate(async (secret) => {
    const attempts = [
      ['signIn', { username: 'alice', password: secret }],
      ['signIn', { username: 'alice', password: secret, options: { authFlowType: 'USER_PASSWORD_AUTH' } }],
      ['signIn', { username: 'alice', password: secret, options: { authFlowType: secret } }],
      ['signIn', { username: 'alice', password: { secret } }],
      ['signIn', { username: 'alice', password: secret.repeat(40) }],
      ['signUp', { username: 'alice', password: secret }],
      ['confirmSignUp', { username: 'carol', confirmationCode: secret }],
      ['confirmSignUp', { username: 'carol', confirmationCode: secret }],
    ];
    const texts = [];
    for (const [method, input] of attempts) {
      const error = await auth[method](input).then(() => undefined, (error) => error);
      const members = Object.getOwnPropertyNames(error).map((name) => error[name]);
      texts.push([String(error), error.stack, JSON.stringify(error), ...members, error.cause?.stack].join('\n'));
    }
    return texts;
  }, secret);
  expect(texts).toHaveLength(8);
  for (const text of texts) expect(text).not.toContain(secret);
  expect(await page.evaluate(() => JSON.stringify(auth))).not.toContain(secret);
});

test('the page shows the tokens, and never the refresh token', async ({ page, demo }) => {
  await demo.openSignedIn(ALICE);
  const record = JSON.parse(await storedSession(page));
  await expect(page.locator('pre.raw').nth(0)).toHaveText(record.accessToken);
  await expect(page.locator('pre.raw').nth(1)).toHaveText(record.idToken);
  expect(await page.content()).not.toContain(record.refreshToken);
});

/** Which secret is in which place. */
function secretsIn(places, secrets) {
  return Object.entries(places).flatMap(([place, text]) =>
    Object.entries(secrets)
      .filter(([, secret]) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
      .map(([name]) => `${name} in ${place}`),
  );
}
