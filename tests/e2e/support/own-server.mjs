// A server of a test's own, which notes what it is sent.
import { createServer } from 'node:http';
import { once } from 'node:events';

const OPEN = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, x-amz-date, x-amz-security-token',
  'access-control-allow-methods': 'GET, PUT, POST',
};

/**
 * Starts one; `answer(request, count)` gives `{status, headers, body, isEndless}`, or a promise of it: an endless body only
 * begins. `seen` are the requests but the preflights.
 */
export async function startServer(answer) {
  const seen = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.method === 'OPTIONS') return response.writeHead(204, OPEN).end();
    seen.push({ method: request.method, path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
    const { status = 200, headers = {}, body = '', isEndless = false } = await answer(seen.at(-1), seen.length);
    response.writeHead(status, { ...OPEN, connection: 'close', ...headers });
    if (isEndless) response.write(body);
    else response.end(body);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${server.address().port}`,
    seen,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => {});
    },
  };
}
