// What aws-amplify's API category takes in Node.js, behind a certificate that nobody has signed.
import { WebSocket } from 'ws';
import { endpoint } from './emulator.mjs';

/** Lets this process believe any certificate, and gives it the WebSocket that browsers and newer Node.js have. */
export function trustEverybody() {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  globalThis.WebSocket ??= WebSocket;
}

/**
 * What an observable or a channel of Amplify's brings, from the moment on when the emulator has the subscription: a function that waits
 * for the next message. Rejects with the error that ends it.
 */
export async function listen(t, observable, ...options) {
  const before = await subscriptions();
  const messages = [];
  let wake = () => {};
  let failure;
  const observer = { next: (message) => wake(messages.push(message)), error: (error) => wake((failure = error)) };
  const subscription = observable.subscribe(observer, ...options);
  t.after(() => subscription.unsubscribe());
  while ((await subscriptions()) === before) {
    if (failure) throw failure;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return async () => {
    while (messages.length === 0) {
      if (failure) throw failure;
      await new Promise((resolve) => (wake = resolve));
    }
    return messages.shift();
  };
}

/** How many the emulator has. */
async function subscriptions() {
  const sockets = await (await fetch(`${endpoint}/_poolpass/sockets`)).json();
  return sockets.flatMap(({ subscriptions: ids }) => ids).length;
}
