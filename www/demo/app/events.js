// What the kit's events do to the page. Only they lead to the signed-in step and away from it, so it makes no difference which
// tab an event comes from.
const HERE = { signedIn: 'You are signed in.', signedOut: 'You are signed out.', tokenRefresh: 'Your tokens were refreshed.' };
const ELSEWHERE = {
  signedIn: 'You signed in from another tab.',
  signedOut: 'You signed out from another tab.',
  tokenRefresh: 'Another tab refreshed your tokens.',
};

const UNSTORED = 'The browser can’t store the session, so it lasts until you reload this tab.';

/** Calls `changed` with the user when another user signs in, and with nothing when the user signs out. */
export function followEvents(auth, { activity, changed, go, notice, session }) {
  let isStored = true;

  /** The notice of an event. A warning about the storage stays longer. */
  function noticeOf({ event, origin }) {
    const text = (origin === 'remote' ? ELSEWHERE : HERE)[event];
    const result = isStored ? { notice: text } : { warning: `${text} ${UNSTORED}` };
    isStored = true;
    return result;
  }

  const reactions = {
    signedIn(payload) {
      go.signedIn(noticeOf(payload));
      changed(payload.data);
    },
    signedOut(payload) {
      changed();
      const problem = payload.data?.error;
      go.signedOut(problem ? { problem, notice: 'Your session has ended.' } : noticeOf(payload));
    },
    tokenRefresh(payload) {
      const { notice: text, warning } = noticeOf(payload);
      if (warning) notice.keep(warning);
      else notice.say(text);
      session.show();
    },
    // The caller that asked for the refresh gets the error.
    tokenRefresh_failure() {},
    sessionCorrupted: () => notice.keep('The stored session could not be read, so it was set aside.'),
    // These appear in the list of activity only: handleRedirect returns the result of coming back.
    signInWithRedirect() {},
    customOAuthState() {},
    signInWithRedirect_failure({ data }) {
      if (data.error.reason === 'flow_cancelled') notice.say('You came back without signing in.');
    },
    confirmDevice_failure: () => notice.keep('You are signed in, but this device is not remembered.'),
    // The kit emits signedIn or tokenRefresh next.
    sessionPersistFailed() {
      isStored = false;
    },
  };
  for (const [event, react] of Object.entries(reactions)) {
    auth.on(event, (payload) => {
      activity.event(payload);
      react(payload);
    });
  }
}
