// The part of the hosted UI that cannot wait for the rest of the package: taking a response from the URL, opening a window.
import { arrival, catchArrival, hasArrival, show } from './arrival.js';
import { aborted, noWindow } from './error.js';
import { explained } from './explained.js';
import { badOption, members, plain, signalOf } from './input.js';
import { openWindow } from './popup_window.js';
import { settled } from './settled.js';
import { hasFlow } from './stored.js';

export const hostedUi = {
  operations: 'userInfo verifyToken',
  calls: 'signInWithRedirect fetchProviderSession',
  shared: [arrival, show],

  begin: catchArrival,

  /** Whether this page has a response to handle, or a flow that a former page has left. */
  isPending: (prefix) => hasArrival() || hasFlow(prefix),

  methods: (call, open, isPending, importRest) => ({
    async signInWithPopup(input = {}) {
      if (!globalThis.open) throw await explained(noWindow('signInWithPopup'));
      const { options = {}, signal, ...rest } = members(input);
      const { fallback, width, height, ...flow } = members(options, 'options');
      plain({ ...rest, options: flow }, ''); // before the window opens
      const popup = openWindow({ width, height });
      return call('signInInWindow', [popup, fallback, { ...rest, signal, options: flow }]);
    },

    async handleRedirect(input = {}) {
      const { url, signal, ...unknown } = members(input);
      if (url === null) throw badOption('url');
      if (url !== undefined) return call('finish', [{ url, signal, ...unknown }]);
      for (const name of Object.keys(unknown)) throw badOption(name);
      if (signalOf(signal)?.aborted) throw aborted(signal);
      catchArrival(importRest);
      return isPending() ? settled(call('handleHere', []), signal) : null;
    },
  }),
};
