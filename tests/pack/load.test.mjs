// Where the wasm cannot be loaded, or there is no page, the error says which file, what came instead, and what to do.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { tarball } from './tarball.mjs';

const { createAuth, isPoolpassError, load } = await import(pathToFileURL(join(dirname(tarball), 'index.js')));

/** A server with one answer; its origin. */
async function serving(t, status, headers, body = '') {
  const server = createServer((_, response) => response.writeHead(status, headers).end(body));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://localhost:${server.address().port}`;
}

/** The error of a load that fails for this reason. */
async function failure(source, reason, { retryable = false } = {}) {
  const error = await load(source).catch((error) => error);
  assert.ok(isPoolpassError(error), String(error));
  assert.deepEqual([error.name, error.code, error.reason, error.retryable], ['WasmLoadException', 'wasm_load', reason, retryable]);
  return error;
}

test('a page instead of the wasm is named by URL, status and type, with the line for Vite', async (t) => {
  const origin = await serving(t, 200, { 'content-type': 'text/html' }, '<!doctype html>');
  const error = await failure(`${origin}/deps/poolpass_bg.wasm?v=s3cret#x`, 'not_found');
  assert.equal(error.message, `The wasm file cannot be loaded: ${origin}/deps/poolpass_bg.wasm answered with status 200, content type text/html.`);
  assert.match(error.recoverySuggestion, /optimizeDeps: { exclude: \['poolpass'\] }/);
  assert.equal(error.status, 200);
});

test('a file that is missing is named by URL and status', async (t) => {
  const origin = await serving(t, 404, { 'content-type': 'text/plain' });
  for (const source of [`${origin}/a.wasm`, new URL('/a.wasm', origin), new Request(`${origin}/a.wasm`), await fetch(`${origin}/a.wasm`)]) {
    const error = await failure(source, 'not_found');
    assert.match(error.message, new RegExp(`${origin}/a\\.wasm answered with status 404, content type text/plain`));
    assert.match(error.recoverySuggestion, /import { createAuth } from 'poolpass\/inline'/);
  }
});

for (const [status, retryable] of [[403, false], [408, true], [429, true], [500, true], [503, true]]) {
  test(`status ${status} is ${retryable ? 'worth another try' : 'final'}`, async (t) => {
    const origin = await serving(t, status, { 'content-type': 'text/html' });
    const error = await failure(`${origin}/a.wasm`, 'http_error', { retryable });
    assert.equal(error.status, status);
    assert.match(error.message, new RegExp(`status ${status}, content type text/html`));
  });
}

test('a file that is not the wasm is named by URL, status and type', async (t) => {
  const origin = await serving(t, 200, { 'content-type': 'application/wasm' }, 'not really');
  const error = await failure(`${origin}/a.wasm`, 'invalid_wasm');
  assert.match(error.message, /answered with status 200, content type application\/wasm/);
  assert.match(error.recoverySuggestion, /of the same version/);
});

test('the wasm of another version is called that, and not a lost connection', async (t) => {
  // Empty but for an import that the script does not have.
  const other = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0);
  const origin = await serving(t, 200, { 'content-type': 'application/wasm' }, other);
  await failure(`${origin}/a.wasm`, 'invalid_wasm');
});

test('a download that breaks off is worth another try', async (t) => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/wasm', 'content-length': 1_000 });
    response.write(Uint8Array.of(0, 97, 115, 109), () => response.destroy());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  await failure(`http://localhost:${server.address().port}/a.wasm`, 'unreachable', { retryable: true });
});

test('a policy that forbids WebAssembly is told by the words of each browser', async (t) => {
  // Chromium's, Firefox's (ruffle-rs/ruffle, issue 7356) and Safari's (cryptpad/cryptpad, issue 1750).
  const words = [
    "WebAssembly.instantiate(): Refused to compile or instantiate WebAssembly module because 'unsafe-eval' is not an allowed source of script",
    'call to WebAssembly.instantiate() blocked by CSP',
    "Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script",
  ];
  for (const message of words) {
    t.mock.method(WebAssembly, 'instantiate', () => Promise.reject(new WebAssembly.CompileError(message)), { times: 1 });
    assert.match((await failure(new Uint8Array(8), 'blocked_by_policy')).recoverySuggestion, /'wasm-unsafe-eval' to script-src/);
  }
});

test('without WebAssembly the error says so', async (t) => {
  const { WebAssembly } = globalThis;
  t.after(() => Object.assign(globalThis, { WebAssembly }));
  delete globalThis.WebAssembly;
  await failure(new Uint8Array(8), 'no_webassembly');
});

test('a URL without a host, as a bundle has it on a server, points at the browser', async () => {
  const error = await failure('/_next/static/media/poolpass_bg.wasm', 'no_browser');
  assert.match(error.recoverySuggestion, /useEffect/);
});

test('a server that is not there is named by URL', async (t) => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  const error = await failure(`http://localhost:${port}/a.wasm`, 'unreachable', { retryable: true });
  assert.equal(error.message, `The wasm file cannot be loaded: http://localhost:${port}/a.wasm cannot be fetched.`);
  assert.equal(error.status, undefined);
});

test('a fetch that is missing or throws is named too', async (t) => {
  const { fetch } = globalThis;
  t.after(() => (globalThis.fetch = fetch));
  const thrower = () => {
    throw new TypeError('replaced');
  };
  for (const replaced of [undefined, thrower]) {
    globalThis.fetch = replaced;
    const error = await failure('http://localhost:1/a.wasm?s3cret', 'unreachable', { retryable: true });
    assert.equal(error.message, 'The wasm file cannot be loaded: http://localhost:1/a.wasm cannot be fetched.');
  }
});

test('something that is no wasm is refused, and the next call loads it', async () => {
  const error = await failure(new Uint8Array([1, 2, 3]), 'invalid_wasm');
  assert.match(error.message, /the source is not the wasm of this version/);
  await load();
});

test('what needs a page says so where there is none', async (t) => {
  const auth = await createAuth({ userPool: { userPoolId: 'eu-west-1_A', userPoolClientId: 'c', oauth: { domain: 'a.example.com' } }, storage: 'memory' });
  t.after(() => auth.dispose());
  for (const method of ['signInWithPopup', 'signInWithRedirect']) {
    await assert.rejects(auth[method](), ({ name, code, message }) => {
      assert.deepEqual([name, code], ['NoWindowException', 'no_window']);
      assert.match(message, new RegExp(method));
      return true;
    });
  }
});

test('on a server, createAuth with a storage of browsers says what to do, before anything is loaded', async () => {
  const userPool = { userPoolId: 'eu-west-1_A', userPoolClientId: 'c' };
  for (const storage of [undefined, 'local', 'session']) {
    await assert.rejects(createAuth({ userPool, storage }), ({ name, code, recoverySuggestion }) => {
      assert.deepEqual([name, code], ['NoWindowException', 'no_window']);
      assert.match(recoverySuggestion, /useEffect.*storage: 'memory'/);
      return true;
    });
  }
});

test('a host that gives no answer is named, and nothing else of the address', async (t) => {
  const auth = await createAuth({
    userPool: { userPoolId: 'eu-west-1_A', userPoolClientId: 'c' },
    graphql: { endpoint: 'http://localhost:1/graphql-s3cret', defaultAuthMode: 'none' },
    endpoint: 'http://localhost:2',
    storage: 'memory',
  });
  t.after(() => auth.dispose());
  const named = (host) => ({ name, code, message }) => {
    assert.deepEqual([name, code], ['NetworkError', 'network']);
    assert.equal(message, `A network error has occurred. There was no answer from ${host}.`);
    return true;
  };
  await assert.rejects(auth.graphql({ query: '{ x }' }), named('localhost:1'));
  await assert.rejects(auth.signIn({ username: 'ada', password: 'x' }), named('localhost:2'));
});

test('a configuration of Amplify\'s is blamed in Amplify\'s words', async () => {
  await assert.rejects(createAuth({ Auth: { Cognito: { userPoolId: 'nope', userPoolClientId: 'c' } }, storage: 'memory' }), {
    code: 'bad_config',
    message: /^Configuration: Auth\.Cognito\.userPoolId /,
  });
});
