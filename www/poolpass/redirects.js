// Sign-in at a sign-in page, by redirect and in a window.
import { answerHere, restore } from './answer.js';
import { leave } from './leave.js';
import { blocked, closed, comesBack } from './popup.js';
import { aborted, explained, jwt, members, noWindow } from './shared.js';

export function redirects({ perform, statePrefixes, hear }) {
  /** Finishes the flow whose answer a URL carries. */
  async function finish(input) {
    const { isSignedIn, error, ...answer } = await perform('handleRedirect', input);
    if (error) throw Object.assign(await explained(error), answer);
    return isSignedIn ? answer : null;
  }

  async function signInWithRedirect(input = {}) {
    if (!globalThis.location?.assign) throw await explained(noWindow('signInWithRedirect'));
    const { url } = await perform('signInWithRedirect', { ...members(input), pageUrl: location.href, inPopup: false });
    leave(url, hear);
  }

  return {
    finish,
    signInWithRedirect,

    /** Finishes the flow whose answer this page's URL had. */
    handleHere: () =>
      answerHere(statePrefixes, async (url) => {
        const answer = await finish({ url });
        if (answer?.returnTo) restore(answer.returnTo);
        return answer;
      }),

    /** Signs in in a window that hosted_ui.js has opened, if the browser let it. */
    async signInInWindow(popup, fallback, { signal, ...input }) {
      if (!popup && fallback === 'redirect') return signInWithRedirect({ ...input, signal });
      if (!popup) throw blocked();
      try {
        const flow = { ...input, pageUrl: location.href, inPopup: true };
        const { url, state } = await perform('signInWithRedirect', { ...flow, signal });
        if (popup.closed) throw closed();
        popup.location.replace(url);
        const late = (url) => void finish({ url }).catch(() => {}); // the listeners are notified
        return await finish({ url: await comesBack(popup, state, { signal, aborted, late }), signal });
      } finally {
        popup.close();
      }
    },

    fetchProviderSession: async (input) => ({ idToken: jwt((await perform('fetchProviderSession', input)).idToken) }),
  };
}
