// Subscriptions over AppSync's real-time WebSocket, for GraphQL and for Events.
import { Connection } from './connection.js';

/** The connections of one client. `proves` asks the wasm where to connect and with which credential. */
export class Realtime {
  #proves;
  #connections = [];
  #wake = () => {
    for (const connection of this.#connections) connection.wake();
  };
  #shown = () => {
    if (globalThis.document.visibilityState === 'visible') this.#wake();
  };

  constructor(proves) {
    this.#proves = proves;
    globalThis.addEventListener?.('online', this.#wake);
    globalThis.document?.addEventListener?.('visibilitychange', this.#shown);
  }

  /** Returns an async iterable of messages. `break`, `return()` and the signal end it; it throws the error that ends it otherwise. */
  subscribe(api, body, { authMode, authToken, ...options }) {
    this.#connections = this.#connections.filter((connection) => !connection.isOver);
    let connection = this.#connections.find((connection) => connection.takes(api, authMode, authToken));
    if (!connection) {
      connection = new Connection(this.#proves, api, authMode, authToken);
      this.#connections.push(connection);
    }
    return connection.subscribe(body, options);
  }

  /** Another user is signed in, or none. */
  reauthenticate() {
    for (const connection of this.#connections) connection.reauthenticate();
  }

  close() {
    globalThis.removeEventListener?.('online', this.#wake);
    globalThis.document?.removeEventListener?.('visibilitychange', this.#shown);
    for (const connection of this.#connections) connection.close();
  }
}
