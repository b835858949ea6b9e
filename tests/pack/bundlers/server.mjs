// A static web server: files with their types, 404 for what is missing, and the headers that a test wants.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** Serves a folder until the test ends; its origin, and the paths that were asked for. */
export async function serve(t, folder, headers = {}) {
  const asked = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    asked.push(pathname);
    const name = pathname === '/' ? '/index.html' : pathname;
    const content = read(join(folder, name));
    if (content === undefined) return response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such file.');
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream', ...headers }).end(content);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://localhost:${server.address().port}`, asked };
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
