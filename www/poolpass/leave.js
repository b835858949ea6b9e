// Leaving the page for a sign-in page.

/** Goes to another page. If the browser shows this page again from its back/forward cache, the user returned without an answer. */
export function leave(url, hear) {
  const comeBack = ({ persisted }) => {
    if (!persisted) return;
    const error = { name: 'OAuthSignInException', code: 'redirect_flow', reason: 'flow_cancelled', message: 'The user came back.' };
    hear(JSON.stringify({ event: 'signInWithRedirect_failure', data: { error } }), false);
  };
  globalThis.addEventListener('pageshow', comeBack, { once: true });
  globalThis.location.assign(url);
}
