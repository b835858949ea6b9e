// A sign-in page in a window of its own.
import { popupChannel, takeFrom } from './popup_channel.js';
import { PoolpassError } from './shared.js';

const LIFE_MS = 600_000;
const LOOK_EVERY_MS = 250;
const CLOSED_FOR_MS = 1500;

export function blocked() {
  return failure('popup_blocked', 'The browser blocked the window.', "Call it in a click's handler, or use fallback: 'redirect'.");
}

export function closed() {
  return failure('popup_closed', 'The window was closed.', RETRY);
}

/**
 * The URL that the window comes back with.
 *
 * Under Cross-Origin-Opener-Policy a window reports `closed` while the user is signing in there, and nothing distinguishes
 * it from a window that is closed. So when the user is back at this page without an answer, this rejects with
 * `popup_unanswered`, and an answer that comes later goes to `late`.
 */
export function comesBack(popup, state, { signal, aborted, late }) {
  return new Promise((resolve, reject) => {
    let take = resolve;
    const channel = popupChannel(state, (message) => {
      if (!takeFrom(channel, state, message)) return;
      stop();
      take(message);
    });
    if (!channel) return reject(failure('popup_blocked', 'This browser has no channel between windows.', "Use fallback: 'redirect', or signInWithRedirect."));
    let closedAt;
    const look = setInterval(() => {
      if (!popup.closed || !document.hasFocus()) closedAt = undefined;
      else closedAt ??= Date.now();
      if (!(Date.now() - closedAt > CLOSED_FOR_MS)) return;
      clearInterval(look);
      take = late;
      reject(failure('popup_unanswered', 'The user came back, and the window has not answered.', 'Start the sign-in again, or go on in the window if it is open.'));
    }, LOOK_EVERY_MS);
    const end = setTimeout(() => {
      stop();
      reject(failure('popup_closed', 'The sign-in took too long.', RETRY));
    }, LIFE_MS);
    const giveUp = () => {
      stop();
      reject(aborted(signal));
    };
    function stop() {
      clearInterval(look);
      clearTimeout(end);
      signal?.removeEventListener('abort', giveUp);
      channel.close();
    }
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}

const RETRY = 'Start the sign-in again.';

function failure(code, message, recoverySuggestion) {
  return new PoolpassError({ name: 'PopupException', code, message, recoverySuggestion });
}
