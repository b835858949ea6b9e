// AppSync: queries, mutations and subscriptions of a GraphQL API, and channels of an Event API, in each way to prove who asks.
import { channelCards } from './channels.js';
import { graphqlCards } from './graphql.js';
import { modeChooser } from './modes.js';

export function appSyncScenario(tools) {
  const mode = modeChooser(tools.auth);
  const parts = [...graphqlCards(tools, mode), ...channelCards(tools, mode)];
  return {
    name: 'appsync',
    title: 'AppSync',
    lead: 'GraphQL over HTTP, what changes over a WebSocket, and channels of events. Some fields are not for everybody.',
    cards: [mode.element, ...parts.map((part) => part.element)],
    clear: () => parts.forEach((part) => part.clear()),
  };
}
