// Signing in with each external provider’s stand-in.
import { arrival, installApp, leave, openApp, openTab } from './support/app.mjs';
import { HostedPages } from './support/hosted.mjs';
import { expect, test } from './support/test.mjs';

const PROVIDERS = [
  { button: 'Google', name: 'Google', cancelled: 'access_denied' },
  { button: 'Facebook', name: 'Facebook', cancelled: 'access_denied' },
  { button: 'Amazon', name: 'LoginWithAmazon', cancelled: 'access_denied' },
  { button: 'Apple', name: 'SignInWithApple', cancelled: 'access_denied', isPosted: true },
  { button: 'ExampleSAML', name: 'ExampleSAML', type: 'SAML', cancelled: 'access_denied', isPosted: true },
];

/** At the stand-in: chooses somebody, or presses Cancel. */
async function choose(page, name, { isPosted }) {
  const hosted = new HostedPages(page);
  await hosted.expectPage('Choose a test person');
  await page.getByRole('button', { name }).click();
  if (isPosted) await hosted.button('Continue').click();
}

for (const provider of PROVIDERS) {
  test(`${provider.name}: signed in as one of its users`, async ({ page, demo }) => {
    await demo.open('#/notes/3');
    await demo.button(provider.button).click();
    await choose(page, /^Zoë/, provider);
    await expect(demo.heading(`Hello, ${provider.name.toLowerCase()}_`)).toBeVisible();
    await expect(demo.fact('Sign-in method')).toHaveText(`${provider.name}, through the hosted page`);
    await expect(demo.fact('App state')).toContainText(`"way":"${provider.button}"`);
    const claims = page.getByRole('table', { name: 'Claims of the ID token' });
    await expect(claims.getByRole('row', { name: 'email zoe@example.com' })).toBeVisible();
    await expect(claims.getByRole('row', { name: /^identities/ })).toContainText(`providerName: ${provider.name}, providerType: ${provider.type ?? provider.name}`);
    await demo.expectReadable();
    await expect(page).toHaveURL(/\/#\/notes\/3$/);
    await demo.button('Call userInfo').click();
    await expect(page.getByRole('region', { name: 'userInfo response' })).toContainText('zoe@example.com');
    await demo.button('Call GetUser').click();
    await expect(page.getByRole('region', { name: 'GetUser response' })).toContainText('zoe@example.com');
    await demo.expectReadable();
    await demo.button('Refresh now').click();
    await expect(demo.notice).toHaveText('Your tokens were refreshed.');
    await demo.signOutThere();
  });

  test(`${provider.name}: Cancel returns an error with the app’s state`, async ({ context }) => {
    const page = await openApp(context, { query: '?x=1' });
    await leave(page, { provider: provider.name, customState: { kept: 'ü' } });
    await choose(page, 'Cancel', provider);
    expect(await arrival(page)).toMatchObject({
      failed: true,
      isError: true,
      code: 'oauth',
      reason: provider.cancelled,
      customState: { kept: 'ü' },
      returnTo: '/config.json?x=1',
    });
  });
}

test('the demo says in words that the sign-in was canceled', async ({ page, demo }) => {
  await demo.open('#/notes/3');
  await demo.button('Google').click();
  await choose(page, 'Cancel', {});
  await expect(demo.problem).toContainText('The sign-in was denied or canceled.');
  await expect(demo.problem).toContainText('oauth · access_denied');
  await expect(demo.problem).toContainText('Start the sign-in again.');
  await expect(page.getByText('Sign in to read note 3.')).toBeVisible();
  await demo.button('Google').click();
  await choose(page, /^Ada/, {});
  await expect(demo.heading('Hello, google_')).toBeVisible();
  await expect(page.getByRole('region', { name: 'The page you requested' })).toContainText('note 3');
});

test('a provider chosen on the hosted page, by an identifier, and in a popup', async ({ context }) => {
  await installApp(context);
  const page = await openTab(context);
  const hosted = new HostedPages(page);
  await leave(page);
  await hosted.expectPage('Sign in');
  await hosted.link('Continue with Google').click();
  await choose(page, /^Noor/, {});
  expect(await arrival(page)).toMatchObject({ user: { username: expect.stringMatching(/^google_/i) } });

  await leave(page, { provider: { idpIdentifier: 'example.com' } });
  await choose(page, /^Ada/, { isPosted: true });
  expect(await arrival(page)).toMatchObject({ user: { username: expect.stringMatching(/^examplesaml_/i) } });

  const opened = page.waitForEvent('popup');
  const outcome = page.evaluate(() => auth.signInWithPopup({ provider: 'Facebook' }).catch(plain));
  await choose(await opened, /^Ada/, {});
  expect(await outcome).toMatchObject({ user: { username: expect.stringMatching(/^facebook_/i) } });
});

test('the claims hold the identity, and a group names the provider', async ({ context }) => {
  const page = await openApp(context);
  await leave(page, { provider: 'Apple' });
  await choose(page, /^Ada/, { isPosted: true });
  await arrival(page);
  const claims = await page.evaluate(async () => (await auth.fetchAuthSession()).tokens.idToken.payload);
  expect(claims).toMatchObject({
    email: 'ada@example.com',
    given_name: 'Ada',
    identities: [{ providerName: 'SignInWithApple', providerType: 'SignInWithApple', userId: expect.any(String), primary: 'true' }],
    'cognito:groups': expect.arrayContaining([expect.stringContaining('SignInWithApple')]),
  });
});
