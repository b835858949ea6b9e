// The scenarios beyond signing in, each in a panel of its own.
import { element } from '../dom.js';
import { appSyncScenario } from './appsync.js';
import { gatewayScenario } from './gateway.js';
import { guestsScenario } from './guests.js';
import { serverScenario } from './server.js';
import { servicesScenario } from './services.js';

/** What the page needs of them. Nothing is asked of Cognito until somebody presses a button. */
export function scenarioPanels(tools) {
  const guests = guestsScenario(tools);
  const scenarios = [serverScenario(tools), gatewayScenario(tools), servicesScenario(tools), guests, appSyncScenario(tools)];
  const tabs = scenarios.map(({ name, title, show = () => {}, ...scenario }) => ({ name, title, show, panel: panel({ name, title, ...scenario }) }));
  return {
    tabs,
    panels: tabs.map((tab) => tab.panel),
    /** Somebody else is signed in, or nobody: what is shown was another's. */
    changed() {
      for (const scenario of scenarios) scenario.clear();
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
