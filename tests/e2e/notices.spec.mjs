// Notices of the demo: they disappear, and screen readers still find them.
import { Demo } from './support/demo.mjs';
import { ALICE } from './support/emulator.mjs';
import { tabTo } from './support/keyboard.mjs';
import { expect, test } from './support/test.mjs';
import { UNREACHED } from './support/troubles.mjs';

const LONG_MS = 60_000;

test('a notice disappears after some seconds, and screen readers still find it', async ({ page, demo }) => {
  await page.clock.install();
  await demo.openSignedIn(ALICE);
  await demo.expectNotice('You are signed in.');
  await page.clock.fastForward(LONG_MS);
  await demo.expectNoNotice();
  await expect(page.getByRole('main').getByRole('status').first()).toHaveText('You are signed in.');
  await demo.button('Refresh now').click();
  await demo.expectNotice(/token/);
  await page.clock.fastForward(LONG_MS);
  await demo.expectNoNotice();
});

test('the next action removes a notice, by mouse and by keyboard', async ({ page, demo }) => {
  await demo.openSignedIn(ALICE);
  await demo.expectNotice('You are signed in.');
  await demo.show('API Gateway');
  await demo.expectNoNotice();
  await demo.show('Users');
  await demo.button('Refresh now').click();
  await demo.expectNotice(/token/);
  await tabTo(page, page.getByRole('tab', { name: 'Users' }));
  await page.keyboard.press('ArrowRight');
  await demo.expectNoNotice();
});

test('nothing on the page moves when a notice comes or goes', async ({ page, demo }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.clock.install();
  await demo.openSignedIn(ALICE);
  const place = () => demo.heading('Hello, alice').evaluate((heading) => heading.getBoundingClientRect().top);
  await demo.expectNotice('You are signed in.');
  const before = await place();
  await page.clock.fastForward(LONG_MS);
  await demo.expectNoNotice();
  expect(await place()).toBe(before);
});

test('a tab in the background keeps its notice until somebody looks', async ({ context, page, demo }) => {
  await page.clock.install();
  await demo.openSignedIn(ALICE);
  const setHidden = (isHidden) =>
    page.evaluate((isHidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
  await setHidden(true);
  const other = new Demo(await context.newPage());
  await other.open();
  await other.button('Sign out').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  await page.clock.fastForward(LONG_MS);
  await demo.expectNotice(/another tab/);
  await setHidden(false);
  await page.clock.fastForward(LONG_MS);
  await demo.expectNoNotice();
});

test('a warning stays until the next action', async ({ page, demo, emulator, troubles }) => {
  troubles.expect(UNREACHED);
  await page.clock.install();
  await demo.openSignedIn(ALICE);
  await emulator.fault({ operation: 'RevokeToken', kind: 'dropBefore', times: 20 });
  await demo.button('Sign out').click();
  await demo.expectNotice(/A network error has occurred/);
  await page.clock.fastForward(LONG_MS);
  await demo.expectNotice(/A network error has occurred/);
  await demo.username.fill('alice');
  await demo.expectNoNotice();
});

test('the notice about an open popup stays as long as the popup', async ({ page, demo }) => {
  await page.clock.install();
  await demo.open();
  const opened = page.waitForEvent('popup');
  await demo.button('Sign in with a popup').click();
  await opened;
  await page.clock.fastForward(LONG_MS);
  await page.getByLabel('App state').fill('something else');
  await demo.expectNotice('Continue in the popup.');
  await demo.button('Cancel the popup').click();
  await expect(demo.notice).toBeEmpty();
});

test('the inbox’s advice goes when it has been followed', async ({ demo }) => {
  await demo.open('#confirm');
  await demo.button('Check the inbox').click();
  const status = demo.page.getByRole('region', { name: /inbox$/ }).getByRole('status');
  await expect(status).toHaveText('Enter the user name first.');
  await demo.username.fill('carol');
  await expect.poll(() => Demo.isSeen(status)).toBe(false);
});

test('“Copied.” disappears like any notice', async ({ context, page, demo }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.clock.install();
  await demo.openSignedIn(ALICE);
  const token = page.getByRole('region', { name: 'Access token' });
  await token.locator('summary').click();
  await token.getByRole('button', { name: 'Copy' }).click();
  const status = token.getByRole('status');
  await expect(status).toHaveText('Copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await token.locator('pre').textContent());
  await page.clock.fastForward(LONG_MS);
  await expect.poll(() => Demo.isSeen(status)).toBe(false);
});
