// A page in Chromium with nothing but a snippet. There is no server: this file answers the browser's requests, and forwards
// those for Cognito to poolpass-local.
import { endpoint } from '../interop/emulator.mjs';
import { openPage } from '../interop/browser.mjs';
import { files } from '../pack/tarball.mjs';

/** Where the app is: a callback URL of the seed's app client. */
export const APP = 'http://localhost:9401';
const TYPES = { js: 'text/javascript', wasm: 'application/wasm' };
const HTML = `<!doctype html><title>A snippet</title>
<script type="importmap">{ "imports": { "poolpass": "/poolpass/index.js" } }</script>
<button id="button">Sign in</button>
<script type="module">
  try { await import('/snippet.js'); globalThis.ended = 'well'; } catch (error) { globalThis.ended = String(error?.stack ?? error); }
</script>`;
const packaged = files();

/** The empty page, and the requests to the app's origin. `visit` runs the snippet. */
export async function snippetPage(t, code) {
  const page = await openPage(t, { shown: [] });
  const asked = [];
  await page.route(`${APP}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(route.request());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: HTML });
    if (pathname === '/snippet.js') return route.fulfill({ contentType: TYPES.js, body: code });
    const file = packaged.get(pathname.replace('/poolpass/', ''));
    if (!file) return route.fulfill({ json: {} });
    return route.fulfill({ contentType: TYPES[pathname.split('.').pop()], body: file });
  });
  await page.route(/^https:\/\/cognito-(idp|identity)\.eu-west-1\.amazonaws\.com\//, toEmulator);
  // Chromium blocks fetches to local addresses from a page without a local server, but not navigations.
  await page.route(`${endpoint}/**`, (route) => (route.request().resourceType() === 'document' ? route.continue() : toEmulator(route)));
  return { page, asked };
}

/** Loads the page, and returns how the snippet ended. */
export async function visit(page) {
  await page.goto(`${APP}/`);
  return ended(page);
}

/** How the snippet ended: 'well', or with an error. */
export async function ended(page) {
  const handle = await page.waitForFunction(() => globalThis.ended);
  return handle.jsonValue();
}

async function toEmulator(route) {
  const request = route.request();
  const { pathname, search } = new URL(request.url());
  const sent = request.headers();
  const headers = Object.fromEntries(['content-type', 'x-amz-target'].filter((name) => sent[name]).map((name) => [name, sent[name]]));
  const response = await fetch(endpoint + pathname + search, { method: request.method(), headers, body: request.postData() ?? undefined });
  await route.fulfill({ status: response.status, headers: { 'access-control-allow-origin': '*' }, body: await response.text() });
}
