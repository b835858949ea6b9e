// The hidden setup of each snippet: the names that it uses but does not declare, and how a test runs it. A setup belongs to
// the snippet of its page that contains its words.
import assert from 'node:assert/strict';
import { WEB, endpoint, lastCode, userPoolId } from '../interop/emulator.mjs';
import { APP, ended, snippetPage, visit } from './page.mjs';

const POOLPASS = "import { createAuth } from 'poolpass';";
const AUTH = "import type { Auth } from 'poolpass'; declare const auth: Auth;";
const SHOW = 'declare function show(value: unknown): void;';

/** `before` are declarations for the compiler; `run` has the code with the emulator's address, ready for a module. */
export const SETUPS = [
  {
    page: 'README.md',
    has: "username: 'alice'",
    async run(t, code) {
      const { page, asked } = await snippetPage(t, code);
      for (const visits of [1, 2]) {
        assert.equal(await visit(page), 'well');
        const requests = asked.filter((request) => request.url() === `${APP}/api/notes`);
        assert.equal(requests.length, visits);
        assert.match(requests.at(-1).headers().authorization, /^Bearer eyJ/);
      }
    },
  },
  {
    page: 'README.md',
    has: 'auth.confirmSignUp(',
    before: AUTH,
    async run(t, code) {
      const userPool = JSON.stringify({ userPoolId, userPoolClientId: WEB });
      const opened = `${POOLPASS}
        const auth = await createAuth({ userPool: ${userPool}, endpoint: '${endpoint}' });
        ${code}
        shown.push((await auth.getCurrentUser()).username);`;
      const { page } = await snippetPage(t, opened);
      let asked = 0;
      page.on('dialog', async (dialog) => {
        asked += 1;
        await dialog.accept(await lastCode('ada@example.com'));
      });
      // At the second load the user exists already.
      for (const _ of [1, 2]) {
        assert.equal(await visit(page), 'well');
        assert.deepEqual(await page.evaluate(() => shown), ['ada']);
      }
      assert.equal(asked, 1);
    },
  },
  {
    page: 'README.md',
    has: 'auth.handleRedirect()',
    before: `${POOLPASS} declare const button: HTMLButtonElement;`,
    async run(t, code) {
      const { page } = await snippetPage(t, `${POOLPASS}\n${code}`);
      const logged = [];
      page.on('console', (message) => logged.push(message.text()));
      assert.equal(await visit(page), 'well');
      assert.deepEqual(logged, []);
      await page.locator('#button').click();
      await page.waitForURL((url) => url.origin === endpoint);
      await page.getByRole('button', { name: 'Ada' }).click();
      await page.waitForURL((url) => url.origin === APP);
      assert.equal(await ended(page), 'well');
      assert.match(logged.join(), /Google_.*cart: 7/);
    },
  },
  {
    page: 'README.md',
    has: 'new S3Client(',
    before: `${POOLPASS} ${SHOW}`,
    async run(t, code) {
      const kept = code.replace('const s3 =', 'const s3 = globalThis.s3 =');
      const { page } = await snippetPage(t, await bundled(`${POOLPASS}\nconst show = (value) => shown.push(value);\n${kept}`));
      const signed = [];
      const answer = (body) => async (route) => {
        signed.push(route.request().headers().authorization);
        await route.fulfill({ headers: { 'access-control-allow-origin': '*' }, body });
      };
      await page.route('https://notes.s3.eu-west-1.amazonaws.com/**', answer('Welcome'));
      await page.route(/appsync-api\.eu-west-1\.amazonaws\.com\/graphql$/, answer('{"data":{"listNotes":{"items":[]}}}'));
      await page.routeWebSocket(/appsync-realtime-api/, subscribed({ onCreateNote: { id: '1', title: 'First' } }));
      await page.goto(`${APP}/`);
      await page.waitForFunction(() => shown.length > 0 || globalThis.ended);
      assert.deepEqual(await page.evaluate(() => [globalThis.ended, shown]), [undefined, [{ onCreateNote: { id: '1', title: 'First' } }]]);
      assert.equal(signed.length, 2);
      for (const authorization of signed) assert.match(authorization, /^AWS4-HMAC-SHA256 Credential=/);
      assert.match((await page.evaluate(() => globalThis.s3.config.credentials())).accessKeyId, /^\w{16,}$/);
    },
  },
];

/** Declarations for the examples in the types' comments. */
export const EXAMPLES = `
  ${AUTH} ${SHOW} import { createAuth, load } from 'poolpass';
  interface Note { id: string; text: string }
  declare const signal: AbortSignal; declare function getAll(): Promise<void>;
`;

/** A module with the AWS SDK in it, and poolpass beside it. */
async function bundled(code) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname ?? '.' },
    bundle: true, format: 'esm', platform: 'browser', external: ['poolpass'], write: false, logLevel: 'silent',
  });
  return outputFiles[0].text;
}

/** An AppSync that sends one message to each subscription. */
function subscribed(data) {
  return (socket) => {
    const send = (message) => socket.send(JSON.stringify(message));
    socket.onMessage((text) => {
      const { type, id } = JSON.parse(text);
      if (type === 'connection_init') send({ type: 'connection_ack', payload: { connectionTimeoutMs: 300_000 } });
      if (type === 'start') {
        send({ type: 'start_ack', id });
        send({ type: 'data', id, payload: { data } });
      }
    });
  };
}
