// The web server of an app, on a free port of loopback.
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { after } from 'node:test';

const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm' };

/**
 * Serves `files`, bytes or text by path, and the HTML `page` at every other path, as single-page apps are. Ends with the
 * file's tests. Returns the origin.
 */
export async function serveApp({ page, files }) {
  const server = createServer(({ url }, response) => {
    const path = url.split('?')[0];
    const file = files[path];
    const missing = file === undefined && extname(path) !== '';
    response.writeHead(missing ? 404 : 200, { 'content-type': file === undefined ? 'text/html' : TYPES[extname(path)] });
    response.end(missing ? '' : (file ?? page));
  });
  return listening(server, 'http');
}

/** Has a server listen until the file's tests end. Returns its origin. */
export async function listening(server, scheme) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `${scheme}://localhost:${server.address().port}`;
}

/** The files of a folder, by path below `prefix`. */
export async function filesOf(folder, prefix) {
  const names = (await readdir(folder)).filter((name) => extname(name) in TYPES);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [prefix + name, await readFile(new URL(name, folder))])));
}
