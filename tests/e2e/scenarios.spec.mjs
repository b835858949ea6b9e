// The tabs of the demo: by keyboard and by address, in light and dark, on a phone and a desktop, with pictures and axe-core.
import { AxeBuilder } from '@axe-core/playwright';
import { ALICE, BOB } from './support/emulator.mjs';
import { Demo } from './support/demo.mjs';
import { tabTo } from './support/keyboard.mjs';
import { expect, test } from './support/test.mjs';

const TOLD = [/status of 40[013]/, /blocked by CORS policy/, /ERR_FAILED/];
const SCENARIOS = { 'Your server': 'server', 'API Gateway': 'api-gateway', 'AWS services': 'aws', 'Guests & third parties': 'guests', AppSync: 'appsync' };

for (const [size, viewport] of Object.entries({ phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } })) {
  for (const colorScheme of ['light', 'dark']) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme, hasTouch: size === 'phone', reducedMotion: 'reduce' });

      test('every scenario fits the screen, reads well and passes axe', async ({ page, demo, troubles }, testInfo) => {
        test.slow();
        troubles.expect(...TOLD);
        await demo.openSignedIn(BOB);
        for (const [scenario, name] of Object.entries(SCENARIOS)) {
          await demo.show(scenario);
          const panel = page.getByRole('tabpanel', { name: scenario });
          for (const button of await panel.locator('.who .primary, .live button, .trial button').all()) {
            await button.click();
            await expect(button).not.toHaveAttribute('aria-busy');
          }
          await expect(panel.getByRole('heading', { level: 1 })).toHaveText(scenario);
          await demo.expectReadable();
          const { needed, there } = await page.evaluate(() => ({
            needed: document.documentElement.scrollWidth,
            there: document.documentElement.clientWidth,
          }));
          expect(needed, scenario).toBeLessThanOrEqual(there);
          const { violations, passes } = await new AxeBuilder({ page }).analyze();
          expect(violations.map(({ id, nodes }) => `${scenario}: ${id}: ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([]);
          expect(passes.length).toBeGreaterThan(10);
          await page.evaluate(() => scrollTo(0, 0));
          await page.screenshot({ path: testInfo.outputPath(`${name}.png`), fullPage: true });
        }
      });
    });
  }
}

test('tabs and a request by keyboard', async ({ page, demo }) => {
  const { keyboard } = page;
  await demo.openSignedIn(ALICE);
  const tab = (name) => page.getByRole('tab', { name, exact: true });
  await page.evaluate(() => document.activeElement.blur());
  await tabTo(page, tab('Users'));
  await keyboard.press('ArrowRight');
  await expect(tab('Account & security')).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(tab('Your server')).toBeFocused();
  await expect(tab('Your server')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('tabpanel', { name: 'Your server' })).toBeVisible();
  await expect(page.getByRole('tabpanel')).toHaveCount(1);
  await keyboard.press('End');
  await expect(tab('AppSync')).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(tab('Users')).toBeFocused();
  await expect(demo.heading('Hello, alice')).toBeVisible();
  await keyboard.press('ArrowLeft');
  await keyboard.press('Home');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  // One stop for all tabs, then the panel.
  await tabTo(page, demo.button('Send my ID token'));
  await keyboard.press('Enter');
  const trial = demo.trial('Send my ID token');
  await expect(trial.getByRole('status')).toHaveText('200, allowed');
  await expect(demo.button('Send my ID token')).toBeFocused();
  await tabTo(page, trial.getByRole('group', { name: 'Send my ID token: response' }));
});

test('a tab has an address for links, reloads, Back and Forward', async ({ page, demo }) => {
  await demo.open('#aws');
  await expect(demo.heading('AWS services')).toBeVisible();
  await expect(page).toHaveTitle('AWS services · Poolpass demo');
  await page.reload();
  await expect(demo.heading('AWS services')).toBeVisible();
  await demo.show('Users');
  await expect(demo.heading('Sign in')).toBeVisible();
  await expect(page).toHaveTitle('Sign in · Poolpass demo');
  await page.getByRole('link', { name: 'Sign up' }).click();
  await demo.username.fill('kept');
  await demo.show('API Gateway');
  await expect(page).toHaveURL(/#api-gateway$/);
  await demo.show('Users');
  await expect(demo.heading('Sign up')).toBeVisible();
  await expect(demo.username).toHaveValue('kept');
  await page.goBack();
  await expect(demo.heading('API Gateway')).toBeVisible();
  await page.goBack();
  await expect(demo.heading('Sign up')).toBeVisible();
  await page.goForward();
  await expect(demo.heading('API Gateway')).toBeVisible();
});

test('a sign-in or sign-out from another tab keeps the scenario', async ({ context, page, demo }) => {
  await demo.open('#server');
  await expect(page.getByText('Nobody is signed in.')).toBeVisible();
  const other = new Demo(await context.newPage());
  await other.openSignedIn(ALICE);
  await expect(page.getByRole('row', { name: 'Groups editors' })).toBeVisible();
  await expect(demo.notice).toHaveText('You signed in from another tab.');
  await expect(page).toHaveURL(/#server$/);
  await demo.toFront();
  await demo.tries('Send my ID token', '200, allowed');
  await other.toFront();
  await other.button('Sign out').click();
  await expect(page.getByText('Nobody is signed in.')).toBeVisible();
  await expect(page.getByText('200, allowed')).toHaveCount(0);
  await expect(page).toHaveURL(/#server$/);
  await demo.toFront();
  await demo.show('Users');
  await expect(demo.heading('Sign in')).toBeVisible();
});

test('each scenario says that poolpass-local isn’t responding', async ({ page, demo, troubles }) => {
  troubles.expect(/ERR_FAILED/);
  await demo.openSignedIn(BOB);
  await page.route(`${process.env.POOLPASS_ENDPOINT}/**`, (route) => route.abort());
  await demo.show('AWS services');
  await demo.button('Get AWS credentials').click();
  await expect(demo.problem).toContainText('network');
  await expect(await demo.tries('Read the shared note', 'Not sent')).toContainText('NetworkError');
  await demo.show('AppSync');
  await expect(await demo.tries('List the notes', 'Not sent')).toContainText('NetworkError');
});
