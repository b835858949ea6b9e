// AppSync: queries, mutations and subscriptions of a GraphQL API, and channels of an Event API, in each authorization mode.
import { channelCards } from './channels.js';
import { graphqlCards } from './graphql.js';
import { modeChooser } from './modes.js';

export function appSyncScenario(tools) {
  const mode = modeChooser(tools.auth);
  const parts = [...graphqlCards(tools, mode), ...channelCards(tools, mode)];
  return {
    name: 'appsync',
    title: 'AppSync',
    lead: 'GraphQL over HTTP, live updates over a WebSocket, and event channels. Some fields are restricted.',
    cards: [mode.element, ...parts.map((part) => part.element)],
    clear(user) {
      mode.reset(user);
      parts.forEach((part) => part.clear());
    },
  };
}
