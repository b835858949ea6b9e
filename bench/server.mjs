// Serves the bench page and the bundles on loopback, from memory.
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** `folders` maps a prefix to a folder; resolves to the address and a way to stop. */
export async function serve(folders) {
  const files = new Map();
  for (const [prefix, folder] of Object.entries(folders)) {
    for (const name of await readdir(folder, { recursive: true })) {
      if (extname(name)) files.set(prefix + name, await readFile(join(folder, name)));
    }
  }
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = pathname === '/' ? '/index.html' : pathname;
    const body = files.get(path);
    response.writeHead(body ? 200 : 404, {
      'content-type': TYPES[extname(path)] ?? 'text/plain',
      'cache-control': 'no-store',
      // Isolated pages get a finer clock.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://localhost:${server.address().port}`, stop: () => server.close() };
}
