// A model of a service that sends each message to all registered subscriptions, in time that the test moves. Messages take
// their time, subscriptions are registered late, connections are cut. Messages of one connection keep their order.
const OPEN = 1;
const CLOSED = 3;

/** Numbers from 0 to 1 that are the same in every run with the same seed (mulberry32). */
export function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The service. `chance` draws its times: a message takes up to `lag` ms, a registration up to `registration` ms, and the
 * acknowledgement may be sent `early` ms before it.
 */
export class FanOut {
  connections = [];

  constructor(chance, { lag, registration, early }) {
    this.chance = chance;
    this.times = { lag, registration, early };
  }

  upTo(ms) {
    return this.chance() * ms;
  }

  publish(text) {
    for (const connection of this.connections) connection.bring(text);
  }

  /** The class that the kit opens connections with. */
  get WebSocket() {
    const service = this;
    return class {
      readyState = 0;

      constructor() {
        this.connection = new Connection(service, this);
        service.connections.push(this.connection);
        setTimeout(() => {
          if (this.readyState === CLOSED) return;
          this.readyState = OPEN;
          this.onopen?.();
        }, service.upTo(service.times.lag));
      }

      send(text) {
        this.connection.receive(JSON.parse(text));
      }

      close() {
        this.connection.cut();
      }
    };
  }
}

class Connection {
  #service;
  #socket;
  /** How long this connection takes, apart from chance. */
  #lag;
  /** When the last message that was sent arrives. */
  #arrivesAt = 0;
  #isCut = false;
  #registered = new Set();

  constructor(service, socket) {
    this.#service = service;
    this.#socket = socket;
    this.#lag = service.upTo(service.times.lag / 2);
  }

  /** A message for all its subscriptions. */
  bring(text) {
    for (const id of this.#registered) this.#send({ type: 'data', id, payload: { data: text } });
  }

  receive({ type, id }) {
    const { lag, registration, early } = this.#service.times;
    setTimeout(() => {
      if (type === 'connection_init') this.#send({ type: 'connection_ack', payload: { connectionTimeoutMs: 100_000_000 } });
      if (type === 'start') {
        const registeredIn = this.#service.upTo(registration);
        const acknowledgedIn = Math.max(registeredIn + this.#service.upTo(registration / 4) - this.#service.upTo(early), 0);
        setTimeout(() => this.#registered.add(id), registeredIn);
        setTimeout(() => this.#send({ type: 'start_ack', id }), acknowledgedIn);
      }
      if (type === 'stop') {
        this.#registered.delete(id);
        this.#send({ type: 'complete', id });
      }
    }, this.#service.upTo(lag));
  }

  /** Cuts the connection. Messages that are under way on it are lost. */
  cut() {
    if (this.#isCut) return;
    this.#isCut = true;
    this.#registered.clear();
    this.#socket.readyState = CLOSED;
    setTimeout(() => this.#socket.onclose?.());
  }

  #send(message) {
    const { lag } = this.#service.times;
    this.#arrivesAt = Math.max(this.#arrivesAt, Date.now() + this.#lag + this.#service.upTo(lag / 2));
    setTimeout(() => !this.#isCut && this.#socket.onmessage?.({ data: JSON.stringify(message) }), this.#arrivesAt - Date.now());
  }
}
