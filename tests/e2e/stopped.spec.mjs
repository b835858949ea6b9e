// The local server really stopped in the middle of things, and started again.
import { ALICE } from './support/emulator.mjs';
import { startEmulator } from './support/own-emulator.mjs';
import { expect, test } from './support/test.mjs';
import { UNREACHED } from './support/troubles.mjs';

test('the server stops while the user types: a network error, nothing is lost, and a retry works', async ({ page, demo, troubles }) => {
  troubles.expect(UNREACHED);
  let own = await startEmulator();
  try {
    await page.route('**/config.json', async (route) => {
      const settings = await (await route.fetch()).json();
      await route.fulfill({ json: { ...settings, endpoint: own.endpoint } });
    });
    await demo.open();
    await expect(demo.heading('Sign in')).toBeVisible();
    await own.stop();
    await demo.signIn(ALICE);
    await expect(demo.problem).toContainText('A network error has occurred.');
    await expect(demo.problem).toContainText('NetworkError');
    await expect(demo.username).toHaveValue(ALICE.username);
    await expect(demo.password).toHaveValue(ALICE.password);

    own = await startEmulator(own.port);
    await demo.button('Sign in').click();
    await demo.expectSignedIn(ALICE);

    // Signed in, it is stopped again: a reload still opens the session, and a refresh fails without ending it.
    await own.stop();
    await page.reload();
    await demo.expectSignedIn(ALICE);
    await demo.button('Refresh now').click();
    await expect(demo.problem).toContainText('NetworkError');
    await demo.expectSignedIn(ALICE);
  } finally {
    await own.stop();
  }
});
