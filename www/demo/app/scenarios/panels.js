// The scenarios beyond signing in, each in its own panel.
import { element } from '../dom.js';
import { appSyncScenario } from './appsync.js';
import { gatewayScenario } from './gateway.js';
import { guestsScenario } from './guests.js';
import { serverScenario } from './server.js';
import { servicesScenario } from './services.js';

/**
 * Makes the panels and their tabs, after those of `first`. Of its own, no panel sends a request until a button is pressed.
 */
export function scenarioPanels(tools, first) {
  const guests = guestsScenario(tools);
  const scenarios = [...first, serverScenario(tools), gatewayScenario(tools), servicesScenario(tools), guests, appSyncScenario(tools)];
  const tabs = scenarios.map(({ name, title, show = () => {}, leave, ...scenario }) => ({ name, title, show, leave, panel: panel({ name, title, ...scenario }) }));
  return {
    tabs,
    panels: tabs.map((tab) => tab.panel),
    /** Another user signed in, or the user signed out: removes the previous user's results. */
    changed(user) {
      for (const scenario of scenarios) scenario.clear(user);
      for (const { panel, show } of tabs) if (!panel.hidden) show();
    },
    arrived: guests.arrived,
  };
}

function panel({ name, title, lead, cards }) {
  return element(
    'div',
    { id: `panel-${name}`, role: 'tabpanel', 'aria-labelledby': `tab-${name}`, class: 'stack', hidden: true },
    element('header', { class: 'introduction' }, element('h1', {}, title), element('p', { class: 'lead' }, lead)),
    ...cards,
  );
}
