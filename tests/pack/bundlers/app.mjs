// An app that signs in, in a folder of its own with the package installed, as a bundler gets it.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { alice, endpoint, WEB, userPoolId } from '../../interop/emulator.mjs';
import { files } from '../tarball.mjs';

export { endpoint };
const packaged = files();

/** The app's settings. */
export const settings = { userPool: { userPoolId, userPoolClientId: WEB }, endpoint };

/**
 * The app: it signs in and leaves `ended`, the user's name or the error. `from` is the entry point that it imports. `before`
 * is code that runs first.
 */
export const script = (from, before = '') => `
import { createAuth, load } from '${from}';
async function signIn() {
  ${before}
  const auth = await createAuth(${JSON.stringify(settings)});
  await auth.signIn(${JSON.stringify({ username: alice.username, password: alice.password })});
  return (await auth.getCurrentUser()).username;
}
const ended = ({ name, code, reason, message, recoverySuggestion, retryable, status }) =>
  ({ error: { name, code, reason, message, recoverySuggestion, retryable, status } });
void signIn().then((user) => ({ user }), ended).then((result) => { globalThis.ended = result; });
void load;
`;

/** A page that runs a script. */
export const html = (src, type = 'type="module"') => `<!doctype html><title>App</title><script ${type} src="${src}"></script>`;

/**
 * Makes an app of these files, by name, with the package in its node_modules. The folder is below the folder `near`, so that the app finds
 * the packages which are installed there. It is removed after the test.
 */
export function makeApp(t, near, name, contents) {
  const folder = join(near, 'built', name);
  rmSync(folder, { recursive: true, force: true });
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const manifest = JSON.stringify({ name, private: true, type: 'module', dependencies: { poolpass: '*' } });
  write(folder, { 'package.json': manifest, ...contents });
  write(join(folder, 'node_modules/poolpass'), Object.fromEntries(packaged));
  return folder;
}

function write(folder, contents) {
  for (const [name, content] of Object.entries(contents)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
