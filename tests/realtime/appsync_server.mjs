// A scripted AppSync: its real-time protocol to the letter, and whatever HTTP answer a test wants. What a client may not
// send is noted in `violations`, which has to be empty in the end.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { WebSocketServer } from 'ws';

const PROTOCOLS = { '/graphql/realtime': 'graphql-ws', '/event/realtime': 'aws-appsync-event-ws' };
const OPENERS = { 'graphql-ws': 'start', 'aws-appsync-event-ws': 'subscribe' };
const CLOSERS = { 'graphql-ws': 'stop', 'aws-appsync-event-ws': 'unsubscribe' };

/** Starts one that lives as long as the test. `answers` has functions for what is not to be answered as usual. */
export async function appSync(test, answers = {}) {
  const server = new AppSyncServer(answers);
  await server.listen();
  test.after(() => {
    server.close();
    assert.deepEqual(server.violations, []);
  });
  return server;
}

class AppSyncServer {
  violations = [];
  /** All that have connected, in order. */
  connections = [];
  requests = [];
  #http = createServer((request, response) => void this.#answer(request, response));
  #sockets = new WebSocketServer({
    server: this.#http,
    handleProtocols: (offered) => Object.values(PROTOCOLS).find((protocol) => offered.has(protocol)) ?? false,
  });
  #arrivals = new Mailbox();

  constructor(answers) {
    this.answers = answers;
    this.#sockets.on('connection', (socket, request) => {
      const connection = new Connection(this, socket, request);
      this.connections.push(connection);
      this.#arrivals.put(connection);
    });
  }

  async listen() {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
    this.host = `localhost:${this.#http.address().port}`;
  }

  /** The next that connects. */
  connection() {
    return this.#arrivals.take();
  }

  close() {
    for (const client of this.#sockets.clients) client.terminate();
    this.#http.closeAllConnections();
    this.#http.close();
  }

  async #answer(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const { method, url, headers } = request;
    this.requests.push({ method, url, headers, body });
    const { status = 200, headers: more = {}, json, text } = (await this.answers.http?.({ method, url, headers, body })) ?? { status: 404 };
    response.writeHead(status, { 'content-type': 'application/json', ...more });
    response.end(text ?? JSON.stringify(json));
  }
}

/** One WebSocket, from the service's end. */
class Connection {
  #server;
  #socket;
  #inbox = new Mailbox();
  #ids = new Set();
  #state = 'new';
  isOpen = true;
  /** The subscriptions that it serves. */
  active = new Map();

  constructor(server, socket, request) {
    this.#server = server;
    this.#socket = socket;
    this.path = request.url;
    this.key = request.socket.remotePort;
    this.protocol = socket.protocol;
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/, ?/);
    this.#expect(PROTOCOLS[request.url] === socket.protocol, `${socket.protocol} at ${request.url}`);
    this.#expect(offered.length === 2 && offered[0] === socket.protocol, `offers ${offered.length} protocols`);
    this.proof = this.#proof(offered[1] ?? '');
    this.closed = once(socket, 'close').then(() => (this.isOpen = false));
    socket.on('message', (data) => this.#hear(JSON.parse(data.toString())));
  }

  /** The next message of a type; any other one is an error. */
  async next(type) {
    const message = await this.#inbox.take();
    assert.equal(message.type, type);
    return message;
  }

  /** What has come and has not been taken. */
  get unread() {
    return this.#inbox.size;
  }

  send(message) {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  ack(connectionTimeoutMs = 300_000) {
    this.#state = 'ready';
    const isEvents = this.protocol !== 'graphql-ws';
    this.send({ type: 'connection_ack', ...(isEvents ? { connectionTimeoutMs } : { payload: { connectionTimeoutMs } }) });
  }

  started(id) {
    this.send({ type: this.protocol === 'graphql-ws' ? 'start_ack' : 'subscribe_success', id });
  }

  /** Refuses a subscription, or cuts it off. */
  refused(id, errors) {
    this.active.delete(id);
    if (this.protocol === 'graphql-ws') this.send({ type: 'error', id, payload: { errors } });
    else this.send({ type: 'subscribe_error', id, errors });
  }

  stopped(id) {
    this.active.delete(id);
    this.send({ type: this.protocol === 'graphql-ws' ? 'complete' : 'unsubscribe_success', id });
  }

  /** Data for all subscriptions that it serves. */
  publish(data) {
    for (const id of this.active.keys()) this.send({ type: 'data', id, payload: { data } });
  }

  drop() {
    this.#socket.terminate();
    return this.closed;
  }

  hangUp() {
    this.#socket.close(1000);
    return this.closed;
  }

  /** All that was sent either way has been read: a ping goes behind it, its pong too. */
  async settled() {
    const pong = once(this.#socket, 'pong');
    this.#socket.ping();
    await pong;
    await new Promise(setImmediate);
  }

  #hear(message) {
    const { type, id } = message;
    const { answers } = this.#server;
    if (type === 'connection_init') {
      this.#expect(this.#state === 'new', 'connection_init twice');
      this.#state = 'introduced';
      if (answers.init) answers.init(this, message);
      else this.ack();
    } else if (type === OPENERS[this.protocol]) {
      this.#expect(this.#state === 'ready', `${type} before connection_ack`);
      this.#expect(/^[a-zA-Z0-9_+-]{1,128}$/.test(id) && !this.#ids.has(id), `id ${id}`);
      this.#expect(this.#isStart(message), `malformed ${type}`);
      this.#ids.add(id);
      this.active.set(id, message);
      if (answers.start) answers.start(this, message);
      else this.started(id);
    } else if (type === CLOSERS[this.protocol]) {
      this.#expect(this.active.delete(id), `${type} of ${id}, which is not active`);
      if (answers.stop) answers.stop(this, message);
      else this.stopped(id);
    } else this.#expect(false, `unknown message ${type}`);
    this.#inbox.put(message);
  }

  #isStart({ payload, authorization, channel }) {
    if (this.protocol !== 'graphql-ws') return typeof channel === 'string' && typeof authorization?.host === 'string';
    const { query, variables } = JSON.parse(payload.data);
    return typeof query === 'string' && typeof variables === 'object' && typeof payload.extensions.authorization.host === 'string';
  }

  #proof(protocol) {
    this.#expect(/^header-[A-Za-z0-9_-]+$/.test(protocol), 'no header- protocol');
    const proof = JSON.parse(Buffer.from(protocol.slice('header-'.length), 'base64url').toString());
    this.#expect(typeof proof.host === 'string', 'the proof names no host');
    return proof;
  }

  #expect(isRight, violation) {
    if (!isRight) this.#server.violations.push(violation);
  }
}

/** What comes, for who waits for it. */
class Mailbox {
  #items = [];
  #takers = [];

  get size() {
    return this.#items.length;
  }

  put(item) {
    const taker = this.#takers.shift();
    if (taker) taker(item);
    else this.#items.push(item);
  }

  take() {
    return this.#items.length > 0 ? Promise.resolve(this.#items.shift()) : new Promise((resolve) => this.#takers.push(resolve));
  }
}
