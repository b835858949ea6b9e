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

async function failure(source) {
  const error = await load(source).catch((error) => error);
  assert.ok(isPoolpassError(error), String(error));
  assert.deepEqual([error.name, error.code], ['WasmLoadException', 'wasm_load']);
  return error;
}

test('a page instead of the wasm is named by URL, status and type, with the line for Vite', async (t) => {
  const origin = await serving(t, 200, { 'content-type': 'text/html' }, '<!doctype html>');
  const error = await failure(`${origin}/deps/poolpass_bg.wasm?v=s3cret#x`);
  assert.equal(error.message, `The wasm file cannot be loaded: ${origin}/deps/poolpass_bg.wasm answered with status 200, content type text/html.`);
  assert.match(error.recoverySuggestion, /optimizeDeps: { exclude: \['poolpass'\] }/);
  assert.equal(error.status, 200);
});

test('a file that is missing is named by URL and status', async (t) => {
  const origin = await serving(t, 404, { 'content-type': 'text/plain' });
  for (const source of [`${origin}/a.wasm`, new URL('/a.wasm', origin), new Request(`${origin}/a.wasm`), await fetch(`${origin}/a.wasm`)]) {
    const error = await failure(source);
    assert.match(error.message, new RegExp(`${origin}/a\\.wasm answered with status 404, content type text/plain`));
    assert.match(error.recoverySuggestion, /beside index\.js/);
  }
});

test('a wasm file that the page may not compile points at the policy', async (t) => {
  const origin = await serving(t, 200, { 'content-type': 'application/wasm' }, 'not really');
  const error = await failure(`${origin}/a.wasm`);
  assert.match(error.message, /answered with status 200, content type application\/wasm/);
  assert.match(error.recoverySuggestion, /'wasm-unsafe-eval'/);
});

test('a server that is not there is named by URL', async (t) => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  const error = await failure(`http://localhost:${port}/a.wasm`);
  assert.equal(error.message, `The wasm file cannot be loaded: http://localhost:${port}/a.wasm cannot be fetched.`);
  assert.equal(error.status, undefined);
});

test('something that is no wasm is refused, and the next call loads it', async () => {
  assert.match((await failure(new Uint8Array([1, 2, 3]))).message, /load\(\) was given something else/);
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
  await assert.rejects(createAuth({ Auth: { Cognito: { userPoolId: 'nope', userPoolClientId: 'c' } } }), {
    code: 'bad_config',
    message: /^Configuration: Auth\.Cognito\.userPoolId /,
  });
});
