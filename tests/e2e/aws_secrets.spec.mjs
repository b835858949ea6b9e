// AWS credentials and the tokens behind them are in the requests that need them and in two records, and nowhere else.
import { BOB, WEB_CLIENT } from './support/emulator.mjs';
import { IDENTITY_POOL, awsPage } from './support/identity.mjs';
import { credentialsKeys, sessionKey, storedSession } from './support/stored.mjs';
import { call } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const PROVIDER = `poolpass.v1.${IDENTITY_POOL}.provider.example`;
const TOLD = [/status of 40[013]/, /blocked by CORS policy/, /ERR_FAILED/];
const SIGNED_URL = 'Presign a URL and use it';

test('the demo shows and leaves no secret', async ({ page, demo, hosted, emulator, troubles }) => {
  troubles.expect(...TOLD);
  const addresses = [];
  page.on('request', (request) => addresses.push(request.url()));
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  page.on('websocket', (socket) => addresses.push(socket.url()));
  await demo.open('#guests');
  await demo.button('Sign in with the provider').click();
  await hosted.choosePerson(/^Ada/);
  await expect(demo.notice).toHaveText('You are signed in at the provider.');
  await demo.show('Users');
  await demo.signIn(BOB);
  await demo.expectSignedIn(BOB);

  const shown = [];
  for (const scenario of ['Your server', 'API Gateway', 'AWS services', 'Guests & third parties']) {
    await demo.show(scenario);
    const panel = page.getByRole('tabpanel', { name: scenario });
    for (const button of await panel.locator('.trial button, .who button').all()) {
      if ((await button.textContent()) === SIGNED_URL) continue;
      await button.click();
      await expect(button).not.toHaveAttribute('aria-busy');
    }
    shown.push(await panel.innerHTML());
  }
  await demo.show('AppSync');
  const panel = page.getByRole('tabpanel', { name: 'AppSync' });
  for (const mode of ['API key', 'User pool', 'IAM', 'Lambda token']) {
    await panel.getByRole('radio', { name: mode, exact: true }).check();
    for (const button of await panel.locator('.trial button, .live button').all()) {
      await button.click();
      await expect(button).not.toHaveAttribute('aria-busy');
    }
    await expect(panel.getByText('Live', { exact: true })).toHaveCount(2);
    shown.push(await panel.innerHTML());
    for (const button of await panel.locator('.live button').all()) await button.click();
  }
  const stores = await page.evaluate(() => ({ local: { ...localStorage }, tab: { ...sessionStorage } }));
  const session = await sessionKey(page);
  const { accessToken, idToken, refreshToken } = JSON.parse(stores.local[session]);
  const [outside] = await credentialsKeys(page, IDENTITY_POOL);
  const [own] = await credentialsKeys(page);
  const secrets = { accessToken, idToken, refreshToken, providerToken: JSON.parse(stores.local[PROVIDER]).idToken };
  for (const [whose, key] of Object.entries({ user: own, outsider: outside })) {
    const { secretAccessKey, sessionToken } = JSON.parse(stores.local[key]);
    Object.assign(secrets, { [`${whose}’s secret key`]: secretAccessKey, [`${whose}’s session token`]: sessionToken });
  }
  const check = async () => {
    const places = {
      addresses: addresses.join('\n'),
      'history, cookies': await page.evaluate(() => JSON.stringify([navigation.entries().map((entry) => [entry.url, entry.getState()]), history.state, document.cookie])),
      consoles: troubles.consoleTexts.join('\n'),
      'the emulator’s journal': JSON.stringify(await emulator.requests()),
      'scenarios, activity': `${shown.join('\n')}${await demo.activity.innerHTML()}`,
      'other records': JSON.stringify([stores.tab, Object.entries(stores.local).filter(([key]) => ![session, PROVIDER, own, outside].includes(key))]),
    };
    return Object.entries(places).flatMap(([place, text]) => Object.entries(secrets).filter(([, secret]) => holds(text, secret)).map(([name]) => `${name} in ${place}`));
  };
  for (const [name, secret] of Object.entries(secrets)) expect(secret.length, name).toBeGreaterThan(20);
  expect(await check()).toEqual([]);
  expect(await page.evaluate(async () => [await indexedDB.databases(), await caches.keys()])).toEqual([[], []]);

  // A signed URL carries the session token by its nature. It is sent, and shown without it.
  await demo.show('AWS services');
  const url = page.waitForRequest(/X-Amz-Signature=/);
  await demo.tries(SIGNED_URL, '200, allowed');
  const token = new URL((await url).url()).searchParams.get('X-Amz-Security-Token');
  expect(token).toBe(secrets['user’s session token']);
  addresses.splice(0);
  shown.push(await page.getByRole('tabpanel', { name: 'AWS services' }).innerHTML());
  expect(await check()).toEqual([]);

  await demo.show('Users');
  await demo.button('Sign out').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  const left = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(['accessToken', 'idToken', 'refreshToken', 'user’s secret key', 'user’s session token'].filter((name) => holds(left, secrets[name]))).toEqual([]);
});

test('errors on the way to credentials hold no secret', async ({ context, emulator, troubles }) => {
  troubles.expect(REFUSED, ...TOLD);
  const page = await awsPage(context);
  await call(page, 'signIn', BOB);
  const { secretAccessKey, sessionToken } = await call(page, 'getCredentials', {});
  const secret = `hush-${crypto.randomUUID()}`;
  await emulator.fault({ operation: 'UnlinkIdentity', kind: 'error', status: 400, type: 'NotAuthorizedException', message: 'No.' });
  const texts = await page.evaluate(async (secret) => {
    const attempts = [
      () => auth.getCredentials({ logins: { 'accounts.google.com': secret } }),
      () => auth.getCredentials({ logins: { 'accounts.google.com': { secret } } }),
      () => auth.getCredentials({ roleArn: 'arn:aws:iam::000000000000:role/poolpass-editors' }),
      () => auth.unlinkIdentity({ providers: ['x'] }),
      () => auth.sign({ url: `http://localhost/${secret}` }),
      () => auth.presign(`http://localhost/${secret}`, { expiresIn: 0, service: 's3', region: 'eu-west-1' }),
      () => auth.fetch(`http://localhost:1/?${secret}`),
    ];
    const texts = [];
    for (const attempt of attempts) {
      const error = await attempt().then(() => undefined, (error) => error);
      const members = Object.getOwnPropertyNames(error).map((name) => error[name]);
      texts.push([String(error), error.stack, JSON.stringify(error), ...members].join('\n'));
    }
    return [...texts, JSON.stringify(auth)];
  }, secret);
  expect(texts).toHaveLength(8);
  const { accessToken, idToken, refreshToken } = JSON.parse(await storedSession(page));
  for (const text of texts) {
    for (const each of [secret, secretAccessKey, sessionToken, accessToken, idToken, refreshToken]) expect(holds(text, each), text).toBe(false);
  }
});

/** As it is, in a URL, or in JSON or HTML. */
function holds(text, secret) {
  return [secret, encodeURIComponent(secret), secret.replace(/\//g, '\\/')].some((form) => text.includes(form));
}
