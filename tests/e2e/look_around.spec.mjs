// The emulator's own page: what it shows, what its controls do, on a phone and on a desktop.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/test.mjs';

const endpoint = process.env.POOLPASS_ENDPOINT;
const WEB = 'poolpasslocalwebclient0001';

/** Asks for a code of a forgotten password. */
async function forget(username) {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityProviderService.ForgotPassword' };
  const reply = await fetch(`${endpoint}/`, { method: 'POST', headers, body: JSON.stringify({ ClientId: WEB, Username: username }) });
  expect(reply.status).toBe(200);
}

for (const [size, viewport] of Object.entries({ phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } })) {
  for (const colorScheme of ['light', 'dark']) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme, reducedMotion: 'reduce' });

      test('axe finds nothing, and nothing is wider than the screen', async ({ page }) => {
        await forget('alice');
        await page.goto(`${endpoint}/`);
        await expect(page.getByRole('cell', { name: 'alice@example.com' })).toBeVisible();
        await expect(page.getByText('Your password reset code is')).toBeVisible();
        const { violations, passes } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([]);
        expect(passes.length).toBeGreaterThan(10);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      });
    });
  }
}

test('a code comes by itself and can be copied; focus stays where it is', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(endpoint).origin });
  await page.goto(`${endpoint}/`);
  await expect(page.getByText('No messages yet.')).toBeVisible();
  await page.getByLabel('Search').fill('bo');
  await expect(page.getByRole('cell', { name: 'bob', exact: true })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'alice', exact: true })).toBeHidden();
  await forget('alice');
  const code = page.locator('#inbox .code');
  await expect(code).toHaveText(/^\d{6}$/);
  await expect(page.getByLabel('Search')).toBeFocused();
  await page.locator('#inbox').getByRole('button', { name: /^Copy/ }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code.textContent());
});

test('clock, faults and reset do what they say', async ({ page, emulator }) => {
  await page.goto(`${endpoint}/`);
  await page.getByRole('button', { name: '+1 day' }).click();
  await expect(page.locator('#offset')).toHaveText('(+1 d from the real time)');
  await page.getByLabel('Operation or path').fill('SignUp');
  await page.getByLabel('Status of the error').fill('429');
  await page.getByRole('button', { name: 'Order' }).click();
  await expect(page.getByText('SignUp: error')).toBeVisible();
  await forget('alice');
  await page.getByRole('button', { name: 'Reset…' }).click();
  await page.getByRole('button', { name: 'Press again to reset' }).click();
  await expect(page.getByText('No messages yet.')).toBeVisible();
  await expect(page.getByText('No faults are waiting.')).toBeVisible();
  await expect(page.locator('#offset')).toHaveText('(the real time)');
  expect(emulator.endpoint).toBe(endpoint);
});
