// The channel between a popup and its opener. It works across Cross-Origin-Opener-Policy, where `opener` does not.
const OPENER_PATIENCE_MS = 2000;
const TAKEN = 'taken';

/** The popup's side: hands its URL to the opener, and closes when the opener has confirmed it. */
export function handOver(state, url) {
  const channel = popupChannel(state, (message) => {
    if (message !== TAKEN) return;
    clearTimeout(closeChannel);
    channel.close();
    globalThis.close();
  });
  const closeChannel = setTimeout(() => channel?.close(), OPENER_PATIENCE_MS);
  channel?.postMessage(url);
}

/** The channel, if the browser gives one. `hear` gets the texts of the other side. */
export function popupChannel(state, hear) {
  try {
    const channel = new BroadcastChannel(`poolpass.v1.${state}`);
    channel.onmessage = ({ data }) => {
      if (typeof data === 'string') hear(data);
    };
    return channel;
  } catch {
    return undefined;
  }
}

/** The opener's side: confirms a popup's answer. `false` if the message is not one. */
export function takeFrom(channel, state, message) {
  const query = message.split('#')[0].replace(/^[^?]*/, '');
  const isAnswer = message !== TAKEN && new URLSearchParams(query).get('state') === state;
  if (isAnswer) channel.postMessage(TAKEN);
  return isAnswer;
}
