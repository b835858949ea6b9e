// Subscriptions begin at once, before the part that serves them is loaded.
import { arriving } from './arriving.js';
import { attempt } from './input.js';

export const subscriptions = {
  shared: [arriving],

  methods: (call, open, isPending, importRest, loaded) => {
    const begin = (subscribe, input) => {
      if (loaded()) return subscribe(loaded());
      return arriving(open().then(subscribe), attempt('signal', () => input?.signal));
    };
    return {
      subscribe: (input) => begin((rest) => rest.subscribe(input), input),
      events: Object.freeze({
        publish: (...inputs) => call('publishEvents', inputs),
        subscribe: (channel, options) => begin((rest) => rest.subscribeEvents(channel, options), options),
      }),
    };
  },
};
