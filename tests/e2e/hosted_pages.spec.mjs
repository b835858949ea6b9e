// The hosted pages themselves: for everybody, on every screen, without a mouse, without scripts; a picture of each.
import { AxeBuilder } from '@axe-core/playwright';
import { ALICE, DAVE, FRANK } from './support/emulator.mjs';
import { arrival, installApp, leave, openApp, openTab, ready } from './support/app.mjs';
import { Demo } from './support/demo.mjs';
import { HostedPages } from './support/hosted.mjs';
import { tabTo } from './support/keyboard.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 900 };

for (const [screen, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  test.describe(screen, () => {
    test.use({ viewport, reducedMotion: 'reduce' });

    test('every page fits, by day and by night, and passes axe', async ({ context, emulator, troubles }, testInfo) => {
      troubles.expect(REFUSED);
      await installApp(context);
      const page = await openTab(context);
      const hosted = new HostedPages(page);
      const show = async (name) => {
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), name).toBe(true);
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: testInfo.outputPath(`${name}-${colorScheme}.png`), fullPage: true });
        }
        // What a phone shows by day and a desktop by night: each colour and each layout is seen once.
        await page.emulateMedia({ colorScheme: viewport === PHONE ? 'light' : 'dark' });
        const { violations, passes } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([]);
        expect(passes.length).toBeGreaterThan(8);
      };
      const begin = async (input) => {
        await page.goto('config.json');
        await ready(page);
        await leave(page, input);
      };

      await begin();
      await hosted.expectPage('Sign in');
      await show('login');
      await hosted.signIn({ ...ALICE, password: 'wrong' });
      await expect(hosted.problem).toBeVisible();
      await show('login-problem');
      await begin({ options: { page: 'signUp' } });
      await hosted.expectPage('Create an account');
      await show('signup');
      await hosted.signUp(Demo.newUser());
      await hosted.expectPage('Confirm your account');
      await show('confirm');
      await begin({ options: { page: 'forgotPassword' } });
      await hosted.expectPage('Forgot your password?');
      await show('forgot-password');
      await hosted.username.fill('alice');
      await hosted.button('Send the code').click();
      await hosted.expectPage('Set a new password');
      await show('set-password');
      await begin();
      await hosted.signIn(DAVE);
      await hosted.expectPage('Change your password');
      await show('change-password');
      await begin();
      await hosted.signIn(FRANK);
      await hosted.expectPage('Enter your code');
      await show('mfa');
      await begin({ provider: 'Google' });
      await hosted.expectPage('Choose a test person');
      await show('chooser-google');
      await begin({ provider: { custom: 'ExampleSAML' } });
      await hosted.expectPage('Choose a test person');
      await show('chooser-saml');
      await page.getByRole('button', { name: /^Ada/ }).click();
      await hosted.expectPage('Continue to the app');
      await show('go-on');
      await page.goto(`${emulator.endpoint}/oauth2/authorize?client_id=nobody`);
      await hosted.expectPage('Something went wrong');
      await show('error');
    });
  });
}

test('a sign-in with a code of an authenticator app, by keyboard alone', async ({ context, emulator }) => {
  const page = await openApp(context);
  const hosted = new HostedPages(page);
  await leave(page);
  await hosted.expectPage('Sign in');
  // The first field has the focus already.
  await expect(hosted.username).toBeFocused();
  await page.keyboard.type(FRANK.username);
  await tabTo(page, hosted.password);
  await page.keyboard.type(FRANK.password);
  await tabTo(page, hosted.button('Sign in'));
  await page.keyboard.press('Enter');
  await hosted.expectPage('Enter your code');
  await expect(hosted.code).toBeFocused();
  await page.keyboard.type(await emulator.totp('frank'));
  await page.keyboard.press('Enter');
  expect(await arrival(page)).toMatchObject({ user: { username: 'frank' } });
});

test('a provider and a person are chosen by keyboard alone', async ({ context }) => {
  const page = await openApp(context);
  const hosted = new HostedPages(page);
  await leave(page);
  await hosted.expectPage('Sign in');
  await tabTo(page, hosted.link('Continue with Apple'));
  await page.keyboard.press('Enter');
  await hosted.expectPage('Choose a test person');
  await tabTo(page, page.getByRole('button', { name: /^Zoë/ }));
  await page.keyboard.press('Space');
  await hosted.expectPage('Continue to the app');
  await expect(hosted.button('Continue')).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await arrival(page)).toMatchObject({ user: { username: expect.stringMatching(/^signinwithapple_/i) } });
});

test('fields say what they are for to password managers', async ({ context }) => {
  const page = await openApp(context);
  const hosted = new HostedPages(page);
  await leave(page);
  await hosted.expectPage('Sign in');
  await expect(hosted.username).toHaveAttribute('autocomplete', 'username');
  await expect(hosted.password).toHaveAttribute('autocomplete', 'current-password');
  await hosted.link('Create an account').click();
  await hosted.expectPage('Create an account');
  await expect(hosted.email).toHaveAttribute('type', 'email');
  await expect(hosted.password).toHaveAttribute('autocomplete', 'new-password');
  await hosted.signUp(Demo.newUser());
  await expect(hosted.code).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(hosted.code).toHaveAttribute('inputmode', 'numeric');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the pages work up to the redirect back, and so do the stand-ins', async ({ page, emulator, hosted }) => {
    const state = 'without-scripts';
    const start = (more) => {
      const query = new URLSearchParams({
        client_id: 'poolpasslocalwebclient0001', redirect_uri: new URL('config.json', process.env.POOLPASS_DEMO_URL).href,
        response_type: 'code', state, code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', ...more,
      });
      return page.goto(`${emulator.endpoint}/oauth2/authorize?${query}`);
    };
    const isBack = (url) => url.pathname === '/config.json' && url.searchParams.get('state') === state && /^[\w-]{20,}$/.test(url.searchParams.get('code'));

    await start();
    await hosted.signIn(FRANK);
    await hosted.code.fill(await emulator.totp('frank'));
    await hosted.button('Continue').click();
    await page.waitForURL(isBack);
    // The hosted session answers for itself now.
    await start();
    await page.waitForURL(isBack);
    await start({ identity_provider: 'ExampleSAML' });
    await page.getByRole('button', { name: /^Noor/ }).click();
    await hosted.button('Continue').click();
    await page.waitForURL(isBack);
  });
});
