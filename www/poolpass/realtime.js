// Subscriptions over AppSync's real-time WebSocket, for GraphQL and for Events.
import { Connection } from './connection.js';

/** The connections of one client. `prove` asks the wasm where to connect and with what. */
export class Realtime {
  #prove;
  #connections = [];
  #wake = () => {
    for (const connection of this.#connections) connection.wake();
  };
  #shown = () => {
    if (globalThis.document.visibilityState === 'visible') this.#wake();
  };

  constructor(prove) {
    this.#prove = prove;
    globalThis.addEventListener?.('online', this.#wake);
    globalThis.document?.addEventListener?.('visibilitychange', this.#shown);
  }

  /** An async iterable of what comes. It ends by `break`, `return()` or the signal, and throws what ends it otherwise. */
  subscribe(api, body, { authMode, authToken, ...options }) {
    this.#connections = this.#connections.filter((connection) => !connection.isOver);
    let connection = this.#connections.find((connection) => connection.takes(api, authMode, authToken));
    if (!connection) {
      connection = new Connection(this.#prove, api, authMode, authToken);
      this.#connections.push(connection);
    }
    return connection.subscribe(body, options);
  }

  /** Somebody else is signed in, or nobody. */
  proveAnew() {
    for (const connection of this.#connections) connection.proveAnew();
  }

  close() {
    globalThis.removeEventListener?.('online', this.#wake);
    globalThis.document?.removeEventListener?.('visibilitychange', this.#shown);
    for (const connection of this.#connections) connection.close();
  }
}
