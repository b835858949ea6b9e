// axe-core's default rules (WCAG A and AA, best practices) on every step, in light and in dark.
import { AxeBuilder } from '@axe-core/playwright';
import { ALICE } from './support/emulator.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

for (const [size, viewport] of Object.entries({ phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } })) {
  for (const colorScheme of ['light', 'dark']) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme, reducedMotion: 'reduce' });

      test('axe finds nothing', async ({ page, demo, hosted, troubles }) => {
        troubles.expect(REFUSED, /ERR_FAILED/);
        const check = async (step) => {
          const { violations, passes } = await new AxeBuilder({ page }).analyze();
          const found = violations.map(({ id, nodes }) => `${step}: ${id}: ${nodes.map(({ target }) => target).join(' ')}`);
          expect(found).toEqual([]);
          expect(passes.length).toBeGreaterThan(10);
        };

        await demo.open();
        await expect(page.getByRole('button', { name: /^erin/ })).toBeVisible();
        await check('sign in');
        await demo.tryAs('frank');
        await demo.code.fill('000000');
        await demo.button('Continue').click();
        await expect(demo.problem).toBeVisible();
        await demo.button('Look at the app').click();
        await expect(demo.button('Use this code')).toBeVisible();
        await check('a wrong code');
        await demo.button('Start again').click();
        await demo.tryAs('nina', 'Strict pool');
        await page.getByRole('radio', { name: 'Authenticator app' }).check();
        await check('a choice of factors');
        await demo.button('Continue').click();
        await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
        await check('setting up an app');
        await demo.button('Switch to alice').click();
        await demo.expectSignedIn(ALICE);
        await demo.show('Account & security');
        await expect(page.getByRole('button', { name: 'Change email', exact: true })).toBeVisible();
        await demo.button('Set up an authenticator app').click();
        await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
        await check('account');
        await demo.button('Switch to guest').click();
        await demo.show('Users');
        await page.locator('summary', { hasText: 'Pool with every factor' }).click();
        await page.goto('#reset');
        await check('reset');
        await page.goto('#sign-in');
        await demo.signIn({ ...ALICE, password: 'wrong' });
        await expect(demo.problem).toBeVisible();
        await check('a problem');
        await page.getByRole('link', { name: 'Sign up' }).click();
        await check('sign up');
        await page.goto('#confirm');
        await demo.username.fill('carol');
        await demo.button('Send a new code').click();
        await expect(demo.notice).toContainText('was sent to');
        await demo.button('Check the inbox').click();
        await expect(demo.button('Use this code')).toBeVisible();
        await check('confirm');
        await page.goto('#sign-in');
        await demo.signIn(ALICE);
        await demo.expectSignedIn(ALICE);
        await demo.button('Call GetUser').click();
        await expect(page.getByRole('region', { name: 'GetUser response' })).toBeVisible();
        await page.getByText('Show the token').first().click();
        await check('signed in');
        await demo.button('Sign out').click();
        await expect(demo.heading('Sign in')).toBeVisible();
        await page.goto('#/notes/3');
        await demo.button('Google').click();
        await hosted.button('Cancel').click();
        await expect(demo.problem).toBeVisible();
        await check('cancelled elsewhere');
        await demo.button('Sign in with the hosted page').click();
        await hosted.signIn(ALICE);
        await demo.expectSignedIn(ALICE);
        await demo.button('Call userInfo').click();
        await expect(page.getByRole('region', { name: 'userInfo response' })).toBeVisible();
        await check('back from the hosted page');
        await demo.button('Sign out of this app only').click();
        await expect(demo.heading('Sign in')).toBeVisible();
        await page.route(`${process.env.POOLPASS_ENDPOINT}/**`, (route) => route.abort());
        await page.reload();
        await expect(demo.heading('poolpass-local isn’t responding')).toBeVisible();
        await check('no emulator');
      });
    });
  }
}
