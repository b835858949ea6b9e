// The part of the hosted UI that cannot wait for the rest of the package: taking a response from the URL, opening a window.
import { answerHere, catchArrival, hasArrival, popupChannel, restore, takeFrom } from './arrival.js';
import { aborted } from './error.js';
import { badOption, members, plain, signalOf } from './input.js';
import { openWindow } from './popup_window.js';
import { settled } from './settled.js';
import { hasFlow } from './stored.js';

export const hostedUi = {
  shared: { answerHere, popupChannel, restore, takeFrom },

  begin: catchArrival,

  /** Whether this page has a response to handle, or a flow that a former page has left. */
  isPending: (prefix) => hasArrival() || hasFlow(prefix),

  methods: ({ call, isPending }) => ({
    async signInWithPopup(input = {}) {
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
      catchArrival();
      return isPending() ? settled(call('handleHere', []), signal) : null;
    },
  }),
};
