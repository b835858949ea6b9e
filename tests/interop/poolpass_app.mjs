// An app on our own kit in Chromium.
import { readFile } from 'node:fs/promises';
import { filesOf, serveApp } from './app_server.mjs';
import { leave, openPage } from './browser.mjs';
import { packageFolder } from './package_folder.mjs';

export const app = await serveApp({
  page: await readFile(new URL('./apps/poolpass.html', import.meta.url)),
  files: await filesOf(packageFolder, '/poolpass/'),
});

/** Its one callback URL. */
export const HOME = `${app}/`;

/** The app, opened by somebody new at some address of it. */
export async function openApp(t, configuration, address = HOME) {
  const page = await openPage(t, { configuration });
  await page.goto(address);
  await started(page);
  return page;
}

const started = (page) => page.waitForFunction(() => globalThis.auth);

/** Leaves for a sign-in page. */
export const signInWithRedirect = (page, input, isThere) =>
  leave(page, `() => auth.signInWithRedirect(${JSON.stringify(input)})`, isThere);

/** Waits until the browser is back at the app, and gives what the kit makes of it: its output or its error. */
export async function comeBack(page) {
  await page.waitForURL(({ origin }) => origin === app);
  await started(page);
  return page.evaluate(() =>
    auth.handleRedirect().then(
      (output) => output,
      ({ code, reason, message, customState }) => ({ code, reason, message, customState }),
    ),
  );
}
