// A real Chromium, one for a file of tests, and what a person does in it.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { chromiumOptions } from '../chromium.mjs';

const browser = await chromium.launch(chromiumOptions);
after(() => browser.close());

/**
 * A page in a browser profile of its own, for one test. `given` are constants for the scripts of every page in it. An error
 * that nobody catches fails the test.
 */
export async function openPage(t, given = {}) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  context.setDefaultTimeout(15_000);
  const uncaught = [];
  context.on('weberror', (webError) => uncaught.push(webError.error().stack));
  t.after(async () => {
    await context.close();
    assert.deepEqual(uncaught, []);
  });
  await context.addInitScript((constants) => Object.assign(globalThis, constants), given);
  return context.newPage();
}

/** Does what leaves the page, and waits until it has come to an address that will do, were it the same as before. */
export async function leave(page, work, isThere) {
  const arrived = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame() && isThere(new URL(frame.url())));
  await page.evaluate(`void (${work})()`); // what it promises may never come, as the page is gone
  await arrived;
  await page.waitForLoadState();
}

/** Fills the hosted UI's sign-in page in and sends it. */
export async function signInAtHostedUi(page, { username, password }) {
  await page.locator('[name=username]').fill(username);
  await page.locator('[name=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
