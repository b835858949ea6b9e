// Subscriptions begin at once, before the part that serves them is loaded.
import { arriving } from './arriving.js';

export const subscriptions = {
  shared: { arriving },

  methods: ({ call, open, loaded }) => {
    const begin = (subscribe, signal) => (loaded() ? subscribe(loaded()) : arriving(open().then(subscribe), signal));
    return {
      subscribe: (input) => begin((rest) => rest.subscribe(input), input?.signal),
      events: Object.freeze({
        publish: (...inputs) => call('publishEvents', inputs),
        subscribe: (channel, options) => begin((rest) => rest.subscribeEvents(channel, options), options?.signal),
      }),
    };
  },
};
