// What the kit's events do to the page. They are the only way in and out of the signed-in step, so that
// it makes no difference which tab it was.
const HERE = { signedIn: 'You are signed in.', signedOut: 'You are signed out.', tokenRefresh: 'New tokens have come.' };
const ELSEWHERE = {
  signedIn: 'You signed in in another tab.',
  signedOut: 'You signed out in another tab.',
  tokenRefresh: 'Another tab has fetched new tokens.',
};

const UNSTORED = 'The browser stores nothing for this page: the session lives in this tab until it is reloaded.';

/** `changed` is called when somebody else is signed in, or nobody. */
export function followEvents(auth, { activity, changed, go, notice, session }) {
  let isStored = true;

  function said({ event, origin }) {
    const words = (origin === 'remote' ? ELSEWHERE : HERE)[event];
    const warning = isStored ? '' : ` ${UNSTORED}`;
    isStored = true;
    return words + warning;
  }

  const reactions = {
    signedIn(payload) {
      go.signedIn({ notice: said(payload) });
      changed();
    },
    signedOut(payload) {
      changed();
      const problem = payload.data?.error;
      go.signedOut({ problem, notice: problem ? 'Your session is over.' : said(payload) });
    },
    tokenRefresh(payload) {
      notice.say(said(payload));
      session.show();
    },
    // Whoever asked for the refresh is told by the error.
    tokenRefresh_failure() {},
    sessionSetAside: () => notice.say('What was stored of a session cannot be read. It was put aside.'),
    // Who comes back from the hosted page is told by the answer to handleRedirect; these are for the list of activity.
    signInWithRedirect() {},
    customOAuthState() {},
    signInWithRedirect_failure({ data }) {
      if (data.error.reason === 'flow_cancelled') notice.say('You came back without signing in.');
    },
    // The sign-in or the refresh that could not be stored is told next.
    sessionNotStored() {
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
