// TLS before the emulator: aws-amplify takes a hosted UI by https alone, and subscriptions by wss.
import { request as ask } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { generate } from 'selfsigned';
import { listening } from './app_server.mjs';

/** Passes on what comes by https, until the file's tests end. Returns the host, for a client that believes any certificate. */
export async function tlsBefore(endpoint) {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const { hostname, port } = new URL(endpoint);
  const server = createServer({ key, cert }, (request, response) => {
    const { method, url: path, headers } = request;
    const passed = ask({ hostname, port, method, path, headers: { ...headers, 'x-forwarded-proto': 'https' } }, (reply) => {
      response.writeHead(reply.statusCode, reply.rawHeaders);
      reply.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  server.on('upgrade', ({ method, url: path, httpVersion, rawHeaders }, socket, head) => {
    const passed = connect(port, hostname, () => {
      passed.write(`${method} ${path} HTTP/${httpVersion}\r\n`);
      for (let index = 0; index < rawHeaders.length; index += 2) passed.write(`${rawHeaders[index]}: ${rawHeaders[index + 1]}\r\n`);
      passed.write('\r\n');
      passed.write(head);
      passed.pipe(socket).pipe(passed);
    });
    for (const [one, other] of [[passed, socket], [socket, passed]]) one.on('error', () => other.destroy()).on('close', () => other.destroy());
  });
  return new URL(await listening(server, 'https')).host;
}
