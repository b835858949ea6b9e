// The whole story, on a phone and a desktop, in light and dark, with a picture of each step.
import { ALICE } from './support/emulator.mjs';
import { Demo } from './support/demo.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } };

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark']) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme, hasTouch: size === 'phone', reducedMotion: 'reduce' });

      test('sign up, confirm, sign in, look around, reload, sign out', async ({ page, demo }, testInfo) => {
        const user = Demo.newUser();
        let pictures = 0;
        const picture = async (name) => {
          pictures += 1;
          await fitsTheScreen(page);
          await page.evaluate(() => scrollTo(0, 0));
          await page.screenshot({ path: testInfo.outputPath(`${pictures}-${name}.png`), fullPage: true });
        };

        await demo.open();
        await expect(page.getByRole('button', { name: /^alice/ })).toBeVisible();
        await picture('sign-in');

        await page.getByRole('link', { name: 'Sign up' }).click();
        await expect(demo.heading('Sign up')).toBeFocused();
        await picture('sign-up');
        await demo.signUp(user);

        await expect(demo.heading('Confirm your sign-up')).toBeFocused();
        await expect(demo.username).toHaveValue(user.username);
        await demo.button('Check the inbox').click();
        await expect(demo.button('Use this code')).toBeVisible();
        await picture('confirm');
        await demo.button('Use this code').click();
        await expect(demo.code).toHaveValue(/^\d{6}$/);
        await demo.button('Confirm').click();

        await expect(demo.heading('Sign in')).toBeFocused();
        await expect(demo.username).toHaveValue(user.username);
        await picture('confirmed');
        await demo.password.fill(user.password);
        await demo.button('Sign in').click();

        await demo.expectSignedIn(user);
        const claims = page.getByRole('table', { name: 'Claims of the ID token' });
        await expect(claims.getByRole('row', { name: `email ${user.email}` })).toBeVisible();
        await expect(claims.getByRole('row', { name: 'token_use id' })).toBeVisible();
        await picture('signed-in');

        await demo.button('Call GetUser').click();
        const attributes = page.getByRole('table', { name: 'User attributes' });
        await expect(attributes.getByRole('row', { name: 'email_verified true' })).toBeVisible();
        await page.getByText('Show the token').first().click();
        await expect(page.locator('pre.raw').first()).toHaveText(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
        await picture('get-user-and-token');

        await page.reload();
        await demo.expectSignedIn(user);
        await picture('reloaded');

        await demo.button('Sign out').click();
        await expect(demo.heading('Sign in')).toBeFocused();
        await expect(demo.notice).toHaveText('You are signed out.');
        await picture('signed-out');
        await page.reload();
        await expect(demo.heading('Sign in')).toBeVisible();
      });

      test('to the hosted page and back', async ({ page, demo, hosted }, testInfo) => {
        const picture = async (name) => {
          await fitsTheScreen(page);
          await page.evaluate(() => scrollTo(0, 0));
          await page.screenshot({ path: testInfo.outputPath(`${name}.png`), fullPage: true });
        };
        await demo.open('#/notes/3?x=1');
        await expect(page.getByRole('button', { name: /^alice/ })).toBeVisible();
        await picture('1-a-page-for-members');
        await demo.button('Google').click();
        await hosted.button('Cancel').click();
        await expect(demo.problem).toContainText('access_denied');
        await picture('2-cancelled');
        await demo.button('Sign in with the hosted page').click();
        await hosted.signIn(ALICE);
        await demo.expectSignedIn(ALICE);
        await demo.button('Call userInfo').click();
        await expect(page.getByRole('region', { name: 'userInfo response' })).toBeVisible();
        await picture('3-back-signed-in');
      });

      test('errors, and a missing emulator', async ({ page, demo, troubles }, testInfo) => {
        troubles.expect(REFUSED, /ERR_FAILED/);
        await demo.open();
        await demo.signIn({ ...ALICE, password: 'not the password' });
        await expect(demo.problem).toContainText('Incorrect username or password.');
        await fitsTheScreen(page);
        await page.screenshot({ path: testInfo.outputPath('1-wrong-password.png'), fullPage: true });

        await page.route(`${process.env.POOLPASS_ENDPOINT}/**`, (route) => route.abort());
        await page.reload();
        await expect(demo.heading('poolpass-local isn’t responding')).toBeVisible();
        await expect(page.getByText('cargo xtask demo')).toBeVisible();
        await fitsTheScreen(page);
        await page.screenshot({ path: testInfo.outputPath('2-no-emulator.png'), fullPage: true });

        await demo.button('Try again').click();
        await expect(demo.notice).toContainText('still isn’t responding');
        await page.unrouteAll();
        await demo.button('Try again').click();
        await expect(demo.heading('Sign in')).toBeFocused();
      });
    });
  }
}

/** Nothing may stick out to the side. */
async function fitsTheScreen(page) {
  const { needed, there } = await page.evaluate(() => ({
    needed: document.documentElement.scrollWidth,
    there: document.documentElement.clientWidth,
  }));
  expect(needed).toBeLessThanOrEqual(there);
}
