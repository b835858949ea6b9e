// A visit to an app in Chromium.
import assert from 'node:assert/strict';
import { openPage } from '../../interop/browser.mjs';

/** Opens the app, and returns how its sign-in ended: `{ user }`, or `{ error }`. */
export async function visit(t, url) {
  return endedOn(await openPage(t), url);
}

/** The same on a page that the test has prepared. */
export async function endedOn(page, url) {
  const logged = [];
  page.on('console', (message) => logged.push(message.text()));
  await page.goto(url);
  try {
    const handle = await page.waitForFunction(() => globalThis.ended, undefined, { timeout: 60_000 });
    return await handle.jsonValue();
  } catch (cause) {
    throw new Error(`the app did not come to an end: ${logged.join('\n')}`, { cause });
  }
}

/** Fails unless the app has signed in. */
export async function signsIn(t, url) {
  assert.deepEqual(await visit(t, url), { user: 'alice' });
}
