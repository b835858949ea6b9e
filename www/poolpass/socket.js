// A WebSocket to AppSync that knows whether it lives.
import { connectionRefusal } from './appsync_error.js';
import { errorsOf, isObject, parsed } from './dialect.js';
import { unreachable } from './network_error.js';
import { PoolpassError } from './shared.js';
import { STEP_MS } from './timers.js';

const ANSWER_WITHIN_MS = 15_000;
const USUAL_SILENCE_MS = 300_000;
/** AppSync says something every minute. Who has slept and heard nothing for so long may have been forgotten meanwhile. */
const DOUBTFUL_SILENCE_MS = 70_000;
const OPEN = 1;

export class Socket {
  #socket;
  #waiting = new Set();
  #silenceMs = USUAL_SILENCE_MS;
  #heardAt;
  #pulse;
  isLost = false;
  /** Gets each message that is no answer, and its length. */
  onMessage = () => {};
  onLost = () => {};

  constructor(url, protocols) {
    if (!globalThis.WebSocket) throw unopened('no_websocket', 'There is no WebSocket here.');
    try {
      this.#socket = new WebSocket(url, protocols);
    } catch {
      // The cause is not told: it may quote the sub-protocol, which is a secret.
      throw unopened('no_websocket', 'The browser does not open a WebSocket to this address.');
    }
    this.#socket.onmessage = ({ data }) => this.#hear(parsed(data), data.length);
    this.#socket.onclose = () => this.lose();
    this.#socket.onerror = () => {}; // onclose follows
  }

  /** Introduces itself and waits to be let in. */
  async open() {
    this.#socket.onopen = () => this.send({ type: 'connection_init' });
    const answer = await this.#answer(({ type }) => /^(connection_ack|connection_error|error)$/.test(type));
    if (answer.type !== 'connection_ack') throw connectionRefusal(errorsOf(answer));
    const told = answer.payload?.connectionTimeoutMs ?? answer.connectionTimeoutMs;
    if (told > 0) this.#silenceMs = told;
    this.#watch();
  }

  /** Sends, and waits for the answer: what has the id, or is an error without one where it can be meant for no other. */
  ask(message, types) {
    const answer = this.#answer(({ type, id }) => {
      const isMine = id === message.id || (id === undefined && this.#waiting.size === 1);
      return isMine && types.test(type);
    });
    this.send(message);
    return answer;
  }

  send(message) {
    if (this.#socket.readyState === OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Finds out whether it may have died while the page slept. */
  check() {
    if (Date.now() - this.#heardAt >= Math.min(this.#silenceMs, DOUBTFUL_SILENCE_MS)) this.lose();
  }

  close() {
    this.onLost = () => {};
    this.lose();
  }

  lose() {
    if (this.isLost) return;
    this.isLost = true;
    clearTimeout(this.#pulse);
    for (const { reject } of [...this.#waiting]) reject(unreachable('network', undefined, this.#socket.url));
    this.#socket.close();
    this.onLost();
  }

  #hear(message, size) {
    if (this.isLost) return;
    this.#heardAt = Date.now(); // whatever it is
    if (!isObject(message) || typeof message.type !== 'string') return;
    for (const { isIt, resolve } of this.#waiting) if (isIt(message)) return resolve(message);
    this.onMessage(message, size);
  }

  /** Silence for longer than the service lets happen shows that it is dead. Timers that are late show that the machine slept. */
  #watch(expectedAt = Infinity) {
    const now = Date.now();
    this.#heardAt = Math.min(this.#heardAt, now); // the clock may have been set back
    if (now - expectedAt > STEP_MS) this.check();
    const left = this.#heardAt + this.#silenceMs - now;
    if (left <= 0) this.lose();
    if (this.isLost) return;
    const wait = Math.min(left, STEP_MS);
    this.#pulse = setTimeout(() => this.#watch(now + wait), wait);
  }

  #answer(isIt) {
    return new Promise((resolve, reject) => {
      const settling = (settle) => (value) => {
        this.#waiting.delete(entry);
        clearTimeout(timer);
        settle(value);
      };
      const entry = { isIt, resolve: settling(resolve), reject: settling(reject) };
      const timer = setTimeout(() => entry.reject(unreachable('timeout', undefined, this.#socket.url)), ANSWER_WITHIN_MS);
      this.#waiting.add(entry);
    });
  }
}

function unopened(code, message) {
  return new PoolpassError({ name: 'WebSocketException', code, message });
}
