// The whole story without a mouse.
import { Demo } from './support/demo.mjs';
import { tabTo } from './support/keyboard.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

test('sign up, confirm, sign in, look at a token and sign out by keyboard', async ({ page, demo, troubles }) => {
  troubles.expect(REFUSED);
  const { keyboard } = page;
  const user = Demo.newUser();
  await demo.open();
  await expect(demo.heading('Sign in')).toBeVisible();

  await tabTo(page, page.getByRole('link', { name: 'Sign up' }));
  await keyboard.press('Enter');
  await expect(demo.heading('Sign up')).toBeFocused();
  await tabTo(page, demo.username);
  await keyboard.type(user.username);
  await tabTo(page, demo.email);
  await keyboard.type(user.email);
  await tabTo(page, demo.password);
  await keyboard.type('weak');
  await keyboard.press('Enter');
  await expect(demo.problem).toBeFocused();
  await expect(demo.problem).toContainText('InvalidPasswordException');
  await tabTo(page, demo.password);
  await keyboard.press('Control+A');
  await keyboard.type(user.password);
  await tabTo(page, demo.button('Show password'));
  await keyboard.press('Space');
  await expect(demo.password).toHaveAttribute('type', 'text');
  await tabTo(page, demo.button('Sign up'));
  await keyboard.press('Enter');

  await expect(demo.heading('Confirm your sign-up')).toBeFocused();
  await tabTo(page, demo.button('Check the inbox'));
  await keyboard.press('Enter');
  await tabTo(page, demo.button('Use this code'));
  await keyboard.press('Space');
  await expect(demo.button('Confirm')).toBeFocused();
  await keyboard.press('Enter');

  await expect(demo.heading('Sign in')).toBeFocused();
  await tabTo(page, demo.password);
  await keyboard.type(user.password);
  await tabTo(page, page.locator('summary', { hasText: 'Flow and code' }));
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('radio', { name: 'SRP', exact: true }));
  await keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Send the password' })).toBeChecked();
  await keyboard.press('ArrowLeft');
  await tabTo(page, demo.button('Sign in'));
  await keyboard.press('Space');

  await expect(demo.heading(`Hello, ${user.username}`)).toBeFocused();
  await tabTo(page, demo.button('Call GetUser'));
  await keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'GetUser response' })).toContainText(user.email);
  await expect(demo.button('Call GetUser')).toBeFocused();
  await tabTo(page, page.locator('summary').first());
  await keyboard.press('Enter');
  await expect(page.locator('pre.raw').first()).toBeVisible();
  await keyboard.press('Shift+Tab');
  await expect(demo.button('Sign out everywhere')).toBeFocused();
  for (let button = 0; button < 3; button += 1) await keyboard.press('Shift+Tab');
  await expect(demo.button('Sign out')).toBeFocused();
  await keyboard.press('Enter');
  await expect(demo.heading('Sign in')).toBeFocused();
});

test('Back and Forward go through the steps', async ({ page, demo }) => {
  await demo.open();
  await page.getByRole('link', { name: 'Sign up' }).click();
  await demo.username.fill('kept');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await expect(demo.heading('Sign in')).toBeFocused();
  await page.goBack();
  await expect(demo.heading('Sign up')).toBeFocused();
  await expect(demo.username).toHaveValue('kept');
  await page.goForward();
  await expect(demo.heading('Sign in')).toBeFocused();
  await expect(page).toHaveTitle('Sign in · Poolpass demo');
});
