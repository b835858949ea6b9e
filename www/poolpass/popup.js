// A sign-in page in a window of its own.
import { popupChannel } from './arrival.js';
import { PoolpassError, noWindow } from './error.js';

const LIFE_MS = 600_000;
const LOOK_EVERY_MS = 250;
const CLOSED_FOR_MS = 1500;

/** Opens the window. To be called before anything is waited for, or the browser takes it for an advertisement's. */
export function openWindow({ width = 500, height = 650 } = {}) {
  if (!globalThis.open) throw noWindow('signInWithPopup');
  const left = Math.max(0, (globalThis.screenX ?? 0) + ((globalThis.outerWidth ?? width) - width) / 2);
  const top = Math.max(0, (globalThis.screenY ?? 0) + ((globalThis.outerHeight ?? height) - height) / 2);
  return globalThis.open('', '_blank', `popup,width=${width},height=${height},left=${left},top=${top}`) ?? undefined;
}

export function blocked() {
  return failure('popup_blocked', 'The browser blocked the window.', "Call it in a click's handler, or use fallback: 'redirect'.");
}

/**
 * The URL that the window comes back with. `closed` is also true of a window that left our browsing context group
 * (Cross-Origin-Opener-Policy); so it counts only once the user is back at this page and no answer comes.
 */
export function comesBack(popup, state, signal, aborted) {
  return new Promise((resolve, reject) => {
    const channel = popupChannel(state);
    const began = Date.now();
    let closedAt;
    const look = setInterval(() => {
      if (Date.now() - began > LIFE_MS) settle(reject, failure('popup_closed', 'The sign-in took too long.', RETRY));
      if (!popup.closed || !document.hasFocus()) closedAt = undefined;
      else closedAt ??= Date.now();
      if (Date.now() - closedAt > CLOSED_FOR_MS) settle(reject, failure('popup_closed', 'The window was closed.', RETRY));
    }, LOOK_EVERY_MS);
    const giveUp = () => settle(reject, aborted(signal));
    function settle(how, value) {
      clearInterval(look);
      signal?.removeEventListener('abort', giveUp);
      channel.close();
      how(value);
    }
    signal?.addEventListener('abort', giveUp, { once: true });
    channel.onmessage = ({ data }) => {
      channel.postMessage('taken');
      settle(resolve, data);
    };
  });
}

const RETRY = 'Start the sign-in again.';

function failure(code, message, recoverySuggestion) {
  return new PoolpassError({ name: 'PopupException', code, message, recoverySuggestion });
}
